package dev.gateline.store;

import dev.gateline.internal.Each;
import dev.gateline.internal.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * The parts of something, by name. A key belongs to the shard whose name makes the greatest number with it: rendezvous
 * hashing (Thaler and Ravishankar, 1998). The order of the names makes no difference, and a new name takes keys from
 * all others alike. Nodes of different versions have to agree, so the numbers never change. Immutable.
 */
final class Shards<T> {
    /** The place of things that every shard keeps. */
    static final int EVERYWHERE = -1;

    private final List<T> all;
    private final long[] seeds;

    private Shards(List<T> all, long[] seeds) {
        this.all = all;
        this.seeds = seeds;
    }

    /** Names the parts. */
    static <T> Shards<T> of(Map<String, T> parts) {
        long[] seeds = parts.keySet().stream().mapToLong(Shards::seed).toArray();
        return new Shards<>(List.copyOf(parts.values()), seeds);
    }

    private static long seed(String name) {
        byte[] digest = Sha256.start().digest(name.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.wrap(digest).getLong();
    }

    /** Another kind of part for each of the same names. */
    <U> Shards<U> map(Function<T, U> part) {
        return new Shards<>(all.stream().map(part).toList(), seeds);
    }

    List<T> all() {
        return all;
    }

    /** The shard of a key. */
    T of(String key) {
        return all.get(placeOf(key));
    }

    /** The place of a key's shard among all shards. */
    int placeOf(String key) {
        long hash = key.hashCode() * 0x9e3779b97f4a7c15L;
        int best = 0;
        long greatest = mix(seeds[0] + hash);
        for (int i = 1; i < seeds.length; i++) {
            long number = mix(seeds[i] + hash);
            if (number > greatest) {
                best = i;
                greatest = number;
            }
        }
        return best;
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood, 2014). */
    private static long mix(long seed) {
        long z = (seed ^ (seed >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /**
     * Does something at each shard with those of many things that it keeps, if there are any.
     *
     * @param placeOf the place of the shard that keeps a thing, or {@link #EVERYWHERE}
     * @throws RuntimeException as {@link Each#of} does
     */
    <K> void divide(Collection<K> things, ToIntFunction<K> placeOf, BiConsumer<T, List<K>> action) {
        List<Integer> places = IntStream.range(0, all.size()).boxed().toList();
        Each.of(places, place -> {
            List<K> kept = things.stream()
                    .filter(it -> isAt(placeOf.applyAsInt(it), place))
                    .toList();
            if (!kept.isEmpty()) {
                action.accept(all.get(place), kept);
            }
        });
    }

    private static boolean isAt(int placeOfThing, int place) {
        return placeOfThing == place || placeOfThing == EVERYWHERE;
    }
}
