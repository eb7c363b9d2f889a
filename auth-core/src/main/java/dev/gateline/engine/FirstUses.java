package dev.gateline.engine;

import dev.gateline.LoginId;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The times at which this node first saw the access token that was signed beside a ticket. The holder of the token has
 * the ticket, too. A bounded number of logins has an entry, each until another login needs its place. A missing entry
 * only allows a client to repeat a renewal for longer. It lets nobody in. Thread-safe.
 */
final class FirstUses {
    private static final int PLACES = 1 << 14;

    private final AtomicReferenceArray<@Nullable Use> places = new AtomicReferenceArray<>(PLACES);

    private record Use(LoginId id, int generation, Instant at) {}

    /** Notes that an access token was seen which was signed beside the ticket of a generation. */
    void note(LoginId id, int generation, Instant now) {
        places.accumulateAndGet(
                placeOf(id), new Use(id, generation, now), (known, use) -> isNewer(use, known) ? use : known);
    }

    private static boolean isNewer(Use use, @Nullable Use known) {
        return known == null || known.generation < use.generation || !known.id.equals(use.id);
    }

    /** The time at which an access token of a ticket's generation was first seen, if it is known. */
    Optional<Instant> of(LoginId id, int generation) {
        Use known = places.get(placeOf(id));
        return known != null && known.generation == generation && known.id.equals(id)
                ? Optional.of(known.at)
                : Optional.empty();
    }

    private static int placeOf(LoginId id) {
        return id.hashCode() & (PLACES - 1);
    }
}
