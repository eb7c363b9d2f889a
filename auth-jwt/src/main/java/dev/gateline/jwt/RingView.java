package dev.gateline.jwt;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A ring as it is between two instants at which something changes. Which key is in which state follows from when each
 * becomes active, and from nothing else. Immutable.
 */
final class RingView {
    private final long version;
    private final List<RingKey> keys;
    private final Map<String, RingKey> byId = new LinkedHashMap<>();
    private final Map<String, Optional<VerificationKey>> verifying = new HashMap<>();
    private final RingKey active;
    private final Instant until;

    /**
     * The view at an instant.
     *
     * @param version of the document
     * @param all at least one, in the order of publication, some of them perhaps long dead
     * @param retiredFor how long a key verifies after the next has become active
     */
    RingView(long version, List<RingKey> all, Duration retiredFor, Instant now) {
        this.version = version;
        List<RingKey> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparing(RingKey::activeFrom));
        List<RingKey> live = new ArrayList<>();
        RingKey signing = sorted.get(0);
        Instant change = Instant.MAX;
        for (int i = 0; i < sorted.size(); i++) {
            RingKey key = sorted.get(i);
            boolean last = i + 1 == sorted.size();
            Instant dropAt = last ? Instant.MAX : sorted.get(i + 1).activeFrom().plus(retiredFor);
            if (dropAt.isAfter(now)) {
                live.add(key);
                byId.put(key.id(), key);
                verifying.put(key.id(), Optional.of(key.key().verification()));
                change = earlier(change, dropAt);
            }
            if (key.activeFrom().isAfter(now)) {
                change = earlier(change, key.activeFrom());
            } else {
                signing = key;
            }
        }
        keys = List.copyOf(live);
        active = signing;
        until = change;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    long version() {
        return version;
    }

    /** In the order in which they become active; retired, active and pending, no dead ones. */
    List<RingKey> keys() {
        return keys;
    }

    /** On the path of every request, so made once. */
    Optional<VerificationKey> verifying(String id) {
        return verifying.getOrDefault(id, Optional.empty());
    }

    Optional<RingKey> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    RingKey active() {
        return active;
    }

    Optional<RingKey> pending() {
        RingKey newest = keys.get(keys.size() - 1);
        return newest.id().equals(active.id()) ? Optional.empty() : Optional.of(newest);
    }

    /** When another view takes over, exclusive. */
    Instant until() {
        return until;
    }
}
