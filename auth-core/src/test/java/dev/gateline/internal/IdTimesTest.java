package dev.gateline.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class IdTimesTest {
    private static final long NEVER = Long.MIN_VALUE;

    private final IdTimes ids = new IdTimes();

    private static List<String> random(int count) {
        return Stream.generate(Secrets::id).limit(count).toList();
    }

    private Map<String, Long> held() {
        Map<String, Long> held = new HashMap<>();
        ids.forEach(
                (id, time) -> assertThat(held.put(id, time)).as("seen twice").isNull());
        return held;
    }

    @Test
    void countLaterThan_idsOfBothShapes_countsThoseAndMakesNoObjectForEach() {
        List<String> some = new ArrayList<>(random(50_000));
        some.add("other-1");
        some.add("other-2");
        for (int i = 0; i < some.size(); i++) {
            ids.put(some.get(i), i, NEVER);
        }
        assertThat(ids.countLaterThan(NEVER)).isEqualTo(50_002);
        assertThat(ids.countLaterThan(49_999)).isEqualTo(2);
        assertThat(ids.countLaterThan(50_000)).isEqualTo(1);
        assertThat(ids.countLaterThan(24_999)).isEqualTo(25_002);

        assertThat(allocatedBy(() -> ids.countLaterThan(NEVER))).isLessThan(100_000);
    }

    private static long allocatedBy(Runnable action) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        action.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    /** A map that never forgets is the model. It says which ids must be there, and which time each has. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void put_anyOrder_holdsAllThatLiveAndNothingElse(long seed) {
        Random random = new Random(seed);
        List<String> some = new ArrayList<>(random(3_000));
        IntStream.range(0, 300).forEach(i -> some.add("other-" + i));
        Map<String, Long> model = new HashMap<>();
        long dead = -20_000;

        for (int i = 0; i < 30_000; i++) {
            String id = some.get(random.nextInt(some.size()));
            long time = dead + random.nextInt(3_000) - 100;
            boolean known = ids.has(id);
            assertThat(known || model.getOrDefault(id, NEVER) <= dead).isTrue();
            assertThat(ids.put(id, time, dead)).isNotEqualTo(known);
            // an id that was dropped begins anew
            model.merge(id, time, known ? Math::max : (before, next) -> next);
            dead += random.nextInt(3);
        }

        Map<String, Long> held = held();
        assertThat(model).containsAllEntriesOf(held);
        long end = dead;
        model.forEach((id, time) -> {
            assertThat(ids.has(id)).isEqualTo(held.containsKey(id));
            assertThat(held.containsKey(id) || time <= end).isTrue();
        });
    }

    @Test
    void has_idThatDiffersInOneCharacter_isAnother() {
        String id = Secrets.id();
        ids.put(id, 1, NEVER);

        for (int i = 0; i < id.length(); i++) {
            for (char c : "ABCQgw19-_!=+/.\u00e9\u4e2d".toCharArray()) {
                String other = id.substring(0, i) + c + id.substring(i + 1);
                assertThat(ids.has(other)).as(other).isEqualTo(other.equals(id));
            }
        }
        assertThat(ids.has(id + "A")).isFalse();
        assertThat(ids.has(id.substring(1))).isFalse();
    }

    /** Some of them share a hash as well. */
    @Test
    void has_idsThatShareAHalf_areDifferent() {
        for (long i = 0; i < 1_000; i++) {
            ids.put(RandomId.text(7, i), i, NEVER);
            ids.put(RandomId.text(i << 4, 7), i, NEVER);
        }

        assertThat(held()).hasSize(2_000);
        assertThat(ids.has(RandomId.text(7, 1_001))).isFalse();
        assertThat(ids.has(RandomId.text(1_001 << 4, 7))).isFalse();
    }

    @Test
    void put_again_keepsTheLaterTimeOnly() {
        for (String id : List.of(Secrets.id(), "other")) {
            assertThat(ids.put(id, 5, NEVER)).isTrue();
            assertThat(ids.put(id, 9, NEVER)).isFalse();
            assertThat(ids.put(id, 7, NEVER)).isFalse();

            assertThat(held()).containsEntry(id, 9L);
        }
    }

    @Test
    void put_manyDead_dropsThemByAndByAndNoneThatLives() {
        List<String> dead = new ArrayList<>(random(20_000));
        IntStream.range(0, 100).forEach(i -> dead.add("dead-" + i));
        List<String> live = new ArrayList<>(random(2_000));
        IntStream.range(0, 100).forEach(i -> live.add("live-" + i));
        dead.forEach(id -> ids.put(id, 10, NEVER));
        live.forEach(id -> ids.put(id, 11, 9));
        assertThat(held()).as("one before their time").hasSize(dead.size() + live.size());

        List<String> more = new ArrayList<>(random(20_000));
        IntStream.range(0, 100).forEach(i -> more.add("more-" + i));
        more.forEach(id -> ids.put(id, 12, 10));

        assertThat(held()).hasSize(live.size() + more.size());
        assertThat(live).allMatch(ids::has);
        assertThat(dead).noneMatch(ids::has);
    }

    /** The writer adds, raises and drops, so that each part is copied again and again, while readers look. */
    @Test
    void has_whileOthersWrite_missesNoIdThatWasThereAndFindsNoOther() {
        List<String> live = random(100_000);
        List<String> dying = random(100_000);
        List<String> never = random(1_000);
        AtomicInteger added = new AtomicInteger();
        Random random = new Random();

        List<Boolean> right = whileWriting(live, dying, added, () -> {
            int there = added.get();
            boolean missed = there > 0 && !(ids.has(live.get(there - 1)) && ids.has(live.get(random.nextInt(there))));
            return !missed && !ids.has(never.get(random.nextInt(never.size())));
        });

        assertThat(right).containsOnly(true);
        assertThat(live).allMatch(ids::has);
    }

    @Test
    void forEach_whileOthersWrite_seesWholeEntriesOnly() {
        List<String> live = random(50_000);
        List<String> dying = random(50_000);
        Set<String> all = new HashSet<>(live);
        all.addAll(dying);

        List<Boolean> right = whileWriting(live, dying, new AtomicInteger(), () -> {
            AtomicInteger partly = new AtomicInteger();
            ids.forEach((id, time) -> partly.addAndGet(all.contains(id) && time > 0 ? 0 : 1));
            return partly.get() == 0;
        });

        assertThat(right).containsOnly(true);
    }

    /** Returns for each of three readers whether a check was true each time. */
    private List<Boolean> whileWriting(
            List<String> live, List<String> dying, AtomicInteger added, BooleanSupplier check) {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(live, dying, added), threads);
            Supplier<Boolean> reader = () -> {
                boolean right = true;
                while (!writer.isDone()) {
                    right &= check.getAsBoolean();
                }
                return right;
            };
            List<CompletableFuture<Boolean>> readers = Stream.generate(
                            () -> CompletableFuture.supplyAsync(reader, threads))
                    .limit(3)
                    .toList();
            writer.orTimeout(50, TimeUnit.SECONDS).join();
            return readers.stream().map(CompletableFuture::join).toList();
        } finally {
            threads.shutdownNow();
        }
    }

    private void write(List<String> live, List<String> dying, AtomicInteger added) {
        for (int i = 0; i < live.size(); i++) {
            ids.put(live.get(i), Long.MAX_VALUE, i);
            added.set(i + 1);
            ids.put(dying.get(i), i + 100, i);
            ids.put(live.get(i / 2), 1, i);
        }
    }

    @Test
    void put_manyThreads_losesNone() {
        List<List<String>> each = Stream.generate(() -> random(5_000)).limit(8).toList();
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            CompletableFuture<?>[] all = each.stream()
                    .map(some -> CompletableFuture.runAsync(
                            () -> some.forEach(id -> {
                                assertThat(ids.put(id, 1, NEVER)).isTrue();
                                assertThat(ids.put("x" + id, 1, NEVER)).isTrue();
                                assertThat(ids.has(id) && ids.has("x" + id)).isTrue();
                            }),
                            threads))
                    .toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(all).orTimeout(50, TimeUnit.SECONDS).join();
        } finally {
            threads.shutdownNow();
        }

        assertThat(held()).hasSize(80_000);
    }

    /** An issuer that counts its ids up, or adds them to a constant, must not fill one place. */
    @Test
    void tag_idsThatCount_areSpread() {
        for (int shift = 0; shift <= 48; shift += 4) {
            Set<Integer> ofHigh = new HashSet<>();
            Set<Integer> ofLow = new HashSet<>();
            for (long i = 1; i <= 4_096; i++) {
                ofHigh.add(IdTimes.tag(RandomId.text(i << shift, 7)) >>> 20);
                ofLow.add(IdTimes.tag(RandomId.text(7, i << shift)) >>> 20);
            }
            assertThat(ofHigh).as("shift %s", shift).hasSizeGreaterThan(1_000);
            assertThat(ofLow).as("shift %s", shift).hasSizeGreaterThan(1_000);
        }
    }

    @Test
    void tag_anyText_isNotZero() {
        assertThat(IdTimes.tag("")).isNotZero();
        assertThat(IdTimes.tag("session-1")).isNotZero();
    }

    /** The difference to 37 and 47 bytes is for other work of the process meanwhile. */
    @Test
    void put_manyIds_takesAtMost48BytesEach() {
        int count = 400_000;
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5 && least > 48; i++) {
            long before = heap();
            IdTimes many = new IdTimes();
            for (int each = 0; each < count; each++) {
                many.put(Secrets.id(), each, NEVER);
            }
            least = Math.min(least, (heap() - before) / count);
            assertThat(many.has("none")).isFalse();
        }

        assertThat(least).isBetween(24L, 48L);
    }

    private static long heap() {
        ManagementFactory.getMemoryMXBean().gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
