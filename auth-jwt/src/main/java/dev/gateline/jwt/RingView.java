package dev.gateline.jwt;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A ring as it is between two instants at which something changes. Which key is in which state follows from when each
 * becomes active, and from nothing else. Immutable.
 */
final class RingView {
    private final RingKeys ring;
    private final Map<String, Optional<VerificationKey>> verifying = new HashMap<>();
    private final RingKey active;
    private final Instant until;

    /**
     * The view at an instant.
     *
     * @param live at least one key, and none that is dead by then
     * @param retiredFor how long a key verifies after the next has become active
     */
    RingView(RingKeys live, Duration retiredFor, Instant now) {
        ring = live;
        RingKey signing = live.keys().get(0);
        Instant change = Instant.MAX;
        for (int i = 0; i < live.keys().size(); i++) {
            RingKey key = live.keys().get(i);
            verifying.put(key.id(), Optional.of(key.key().verification()));
            change = earlier(change, live.deadFrom(i, retiredFor));
            if (key.activeFrom().isAfter(now)) {
                change = earlier(change, key.activeFrom());
            } else {
                signing = key;
            }
        }
        active = signing;
        until = change;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** What it is a view of, without dead keys. */
    RingKeys ring() {
        return ring;
    }

    /** In the order in which they become active; retired, active and pending, no dead ones. */
    List<RingKey> keys() {
        return ring.keys();
    }

    /** On the path of every request, so made once. */
    Optional<VerificationKey> verifying(String id) {
        return verifying.getOrDefault(id, Optional.empty());
    }

    RingKey active() {
        return active;
    }

    Optional<RingKey> pending() {
        RingKey newest = keys().get(keys().size() - 1);
        return newest.id().equals(active.id()) ? Optional.empty() : Optional.of(newest);
    }

    /** When another view takes over, exclusive. */
    Instant until() {
        return until;
    }
}
