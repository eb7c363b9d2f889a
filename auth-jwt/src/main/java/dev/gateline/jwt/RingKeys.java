package dev.gateline.jwt;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/**
 * The content of a ring: its keys, and the ids of those that were ever removed from it. Rings can be merged in any
 * order and any number of times with the same result. Nodes that have read the same rings therefore agree, even if
 * their store has lost some of them. A node that has heard of a removal never trusts the key again. Immutable.
 *
 * @param keys the keys in the order in which they become active; some may be dead or removed
 * @param removed the ids of removed keys, which stay for ever, because removals are rare and ids are short
 */
record RingKeys(List<RingKey> keys, Set<String> removed) {
    static final RingKeys NONE = new RingKeys(List.of(), Set.of());

    /**
     * The number of dead keys that are kept. They come back if a wrong clock, by which they were dead, is put right.
     */
    private static final int DEAD_KEPT = 8;

    RingKeys {
        keys = keys.stream().sorted().toList();
        removed = Set.copyOf(removed);
    }

    /**
     * Merges two rings. Keys in the same state stay the same objects, and of two states of a key the earlier one
     * counts.
     */
    RingKeys merge(RingKeys other) {
        Map<String, RingKey> byId = new HashMap<>();
        Stream.concat(keys.stream(), other.keys.stream())
                .forEach(key -> byId.merge(key.id(), key, BinaryOperator.minBy(Comparator.naturalOrder())));
        Set<String> gone = new HashSet<>(removed);
        gone.addAll(other.removed);
        return new RingKeys(List.copyOf(byId.values()), gone);
    }

    boolean has(String keyId) {
        return keys.stream().anyMatch(key -> key.id().equals(keyId));
    }

    RingKeys with(RingKey key) {
        return merge(new RingKeys(List.of(key), Set.of()));
    }

    /** The ring whose keys sign and check by a provider, which has not tried them yet. */
    RingKeys with(SignatureProvider provider) {
        return new RingKeys(keys.stream().map(key -> key.with(provider)).toList(), removed);
    }

    RingKeys without(String keyId) {
        return merge(new RingKeys(List.of(), Set.of(keyId)));
    }

    /**
     * The ring without the keys that are dead at an instant, and without the removed keys. The dead keys are found
     * first, so that a removed key does not bring earlier keys back to life.
     *
     * @param retiredFor how long a key verifies after the next has become active
     */
    RingKeys at(Instant now, Duration retiredFor) {
        List<RingKey> live = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            RingKey key = keys.get(i);
            if (deadFrom(i, retiredFor).isAfter(now) && !removed.contains(key.id())) {
                live.add(key);
            }
        }
        return new RingKeys(live, removed);
    }

    /**
     * The ring without the removed keys, and without most of the dead keys. A dead key would come back to life with the
     * removal of the key that took its place, and so it goes with that key.
     *
     * @param retiredFor as for {@link #at}
     */
    RingKeys kept(Instant now, Duration retiredFor) {
        List<RingKey> kept = new ArrayList<>();
        boolean nextGoes = false;
        int dead = 0;
        for (int i = keys.size() - 1; i >= 0; i--) {
            boolean isDead = !deadFrom(i, retiredFor).isAfter(now);
            dead += isDead ? 1 : 0;
            nextGoes = removed.contains(keys.get(i).id()) || (isDead && (nextGoes || dead > DEAD_KEPT));
            if (!nextGoes) {
                kept.add(keys.get(i));
            }
        }
        return new RingKeys(kept, removed);
    }

    /**
     * The ring with earlier dates for keys that would become active after an instant, because a wrong clock has written
     * their dates. The order of the keys stays, and dates only become earlier, as in a merge. Nodes that do this at
     * different times therefore agree.
     *
     * @param latest the latest date of the last key
     * @param first the latest date of the first key, which signs in any case
     */
    RingKeys noLaterThan(Instant latest, Instant first) {
        List<RingKey> dated = new ArrayList<>();
        Instant bound = latest;
        for (int i = keys.size() - 1; i >= 0; i--) {
            RingKey key = keys.get(i);
            boolean late = key.activeFrom().isAfter(bound);
            dated.add(late ? key.noLaterThan(bound) : key);
            bound = late ? bound.minusMillis(1) : bound;
        }
        int last = dated.size() - 1;
        if (last >= 0) {
            dated.set(last, dated.get(last).noLaterThan(first));
        }
        return new RingKeys(dated, removed);
    }

    /** The time from which a key is dead. The last key never dies. */
    Instant deadFrom(int index, Duration retiredFor) {
        int next = index + 1;
        return next < keys.size() ? keys.get(next).activeFrom().plus(retiredFor) : Instant.MAX;
    }
}
