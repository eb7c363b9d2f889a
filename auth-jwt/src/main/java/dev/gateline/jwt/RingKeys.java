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
 * What a ring consists of: its keys, and the ids of those that were ever removed from it. Two of them are merged, in any
 * order and as often as one likes, with the same outcome. So nodes that have read the same agree, whatever their store has
 * lost in between, and none that has heard of a removal trusts the key again. Immutable.
 *
 * @param keys in the order in which they become active; some of them perhaps dead or removed
 * @param removed for ever: removals are rare, and 43 characters each
 */
record RingKeys(List<RingKey> keys, Set<String> removed) {
    static final RingKeys NONE = new RingKeys(List.of(), Set.of());

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

    RingKeys with(RingKey key) {
        return merge(new RingKeys(List.of(key), Set.of()));
    }

    RingKeys without(String keyId) {
        return merge(new RingKeys(List.of(), Set.of(keyId)));
    }

    /**
     * Without the keys that are dead at an instant, and without the removed ones. The dead are found first: a removed key
     * does not bring those before it back to life.
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

    /** The last one never dies. */
    Instant deadFrom(int index, Duration retiredFor) {
        int next = index + 1;
        return next < keys.size() ? keys.get(next).activeFrom().plus(retiredFor) : Instant.MAX;
    }
}
