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
 * The content of a ring: its keys, and the ids of those that were ever removed from it. Two of them are merged, in any
 * order and as often as one likes, with the same outcome. So nodes that have read the same agree, whatever their store
 * has lost in between, and none that has heard of a removal trusts the key again. Immutable.
 *
 * @param keys in the order in which they become active; some of them perhaps dead or removed
 * @param removed for ever: removals are rare, and mostly 43 characters each
 */
record RingKeys(List<RingKey> keys, Set<String> removed) {
    static final RingKeys NONE = new RingKeys(List.of(), Set.of());

    /** A clock that was wrong may have declared keys dead. As many are kept as come back when it is put right. */
    private static final int DEAD_KEPT = 8;

    RingKeys {
        keys = keys.stream().sorted().toList();
        removed = Set.copyOf(removed);
    }

    /** Keys that are here in the same state stay the same objects; of two states of a key the earlier counts. */
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

    RingKeys without(String keyId) {
        return merge(new RingKeys(List.of(), Set.of(keyId)));
    }

    /**
     * Without the keys that are dead at an instant, and without the removed ones. The dead are found first: a removed
     * key does not bring those before it back to life.
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
     * Without the removed keys, and without most of the dead ones. A dead key would come back to life with the removal
     * of the key that took its place, and so it goes with that key.
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
     * With earlier dates for the keys that would become active after an instant, which a wrong clock has written. The
     * order of the keys stays, and dates only ever become earlier, as in a merge: so nodes that do this at different
     * times agree.
     *
     * @param latest for the last key
     * @param first for the first key, which signs whatever its date
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

    /** The last one never dies. */
    Instant deadFrom(int index, Duration retiredFor) {
        int next = index + 1;
        return next < keys.size() ? keys.get(next).activeFrom().plus(retiredFor) : Instant.MAX;
    }
}
