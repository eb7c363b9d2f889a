package dev.gateline.jwt;

import dev.gateline.AuthUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A ring between two instants at which it changes. The state of each key follows only from the times at which the keys
 * become active. Immutable.
 */
final class RingView {
    private final RingKeys ring;
    private final List<RingKey> keys;
    private final Map<String, LazyKey> verifying = new HashMap<>();
    private final Optional<RingKey> active;
    private final Instant from;
    private final Instant until;

    /**
     * The view at an instant.
     *
     * @param ring the ring; some of its keys may be dead or removed, or all
     * @param retiredFor how long a key verifies after the next has become active
     */
    RingView(RingKeys ring, Duration retiredFor, Instant now) {
        this.ring = ring;
        keys = ring.at(now, retiredFor).keys();
        Optional<RingKey> signing = keys.stream().findFirst();
        for (RingKey key : keys) {
            verifying.put(key.id(), key.key());
            signing = key.activeFrom().isAfter(now) ? signing : Optional.of(key);
        }
        active = signing;
        Instant begun = Instant.MIN;
        Instant change = Instant.MAX;
        for (int i = 0; i < ring.keys().size(); i++) {
            for (Instant turn : List.of(ring.keys().get(i).activeFrom(), ring.deadFrom(i, retiredFor))) {
                change = turn.isAfter(now) && turn.isBefore(change) ? turn : change;
                begun = !turn.isAfter(now) && turn.isAfter(begun) ? turn : begun;
            }
        }
        from = begun;
        until = change;
    }

    /** The ring of this view, with the dead keys that are still kept. */
    RingKeys ring() {
        return ring;
    }

    /** The retired, active and pending keys, in the order in which they become active, without dead keys. */
    List<RingKey> keys() {
        return keys;
    }

    /**
     * The key of an id.
     *
     * @throws AuthUnavailableException if there is one that its provider can't use
     */
    Optional<VerificationKey> verifying(String id) {
        LazyKey key = verifying.get(id);
        return key == null ? Optional.empty() : key.verifying();
    }

    /** The key of an id, if its provider has taken it before. */
    Optional<VerificationKey> verifyingIfPrepared(String id) {
        LazyKey key = verifying.get(id);
        return key == null ? Optional.empty() : key.verifyingIfPrepared();
    }

    /** The key that signs; empty if all keys were removed. */
    Optional<RingKey> active() {
        return active;
    }

    boolean isActive(String id) {
        return active.filter(key -> key.id().equals(id)).isPresent();
    }

    /** The newest of the pending keys. */
    Optional<RingKey> pending() {
        return keys.stream()
                .skip(Math.max(0, keys.size() - 1))
                .filter(newest -> !isActive(newest.id()))
                .findFirst();
    }

    /** The pending key that signs next. */
    Optional<RingKey> next() {
        return keys.stream().dropWhile(key -> !isActive(key.id())).skip(1).findFirst();
    }

    /**
     * Whether this is the view at an instant. Before the view's own instant, to which a clock may be put back, it is
     * not.
     */
    boolean isAt(Instant now) {
        return now.isBefore(until) && !now.isBefore(from);
    }
}
