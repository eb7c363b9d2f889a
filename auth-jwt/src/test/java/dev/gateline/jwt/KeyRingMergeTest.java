package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.kit.MutableClock;
import dev.gateline.kit.Race;
import dev.gateline.store.KeyRingStore;
import dev.gateline.store.KeyRingStore.Document;
import dev.gateline.store.Written;
import io.jsonwebtoken.security.Jwks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nodes that change a ring apart from each other, because its store forgets what was written last or an operator edits
 * it.
 */
@Tag("slow")
@Tag("once")
class KeyRingMergeTest {
    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final int RUNS = 5;
    private static final int STEPS = 60;

    private final MutableClock clock = new MutableClock();
    private final MemoryKeyRingStore store = new MemoryKeyRingStore();
    private final List<Optional<Document>> written = new ArrayList<>();
    private final List<KeyRing> nodes = new ArrayList<>();
    private final List<Set<String>> removed = new ArrayList<>();

    private KeyRingBuilder ring() {
        return KeyRing.builder(Algorithm.EdDSA)
                .store(store)
                .rotateEvery(Duration.ofDays(30))
                .publishAhead(Duration.ofHours(1))
                .tokensLiveFor(Duration.ofMinutes(5))
                .clock(clock);
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 20_261_124})
    void nodes_storeLosesWrites_agreeAndNobodyTrustsARemovedKey(long seed) {
        Random random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            start(List.of(ring(), ring(), ring()));
            goOn(random);
            settle();

            assertRemovedAndQuiet("run " + run);
            List<KeyInfo> keys = nodes.get(0).keys();
            assertThat(nodes)
                    .as("run " + run)
                    .allSatisfy(node -> assertThat(node.keys()).isEqualTo(keys));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 20_261_124})
    void nodes_clocksAndLifetimesDiffer_signWithOneKeyAndStopWriting(long seed) {
        Random random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            start(List.of(
                    ring(),
                    ring().tokensLiveFor(Duration.ofMinutes(20)).clock(Clock.offset(clock, Duration.ofSeconds(40))),
                    ring().tokensLiveFor(Duration.ofHours(24)).clock(Clock.offset(clock, Duration.ofSeconds(-40)))));
            goOn(random);
            clock.advance(Duration.ofMinutes(2));
            settle();

            assertRemovedAndQuiet("run " + run);
            String active = activeId(nodes.get(0));
            assertThat(nodes)
                    .as("run " + run)
                    .allSatisfy(node -> assertThat(activeId(node)).isEqualTo(active));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 20_261_124})
    void nodes_oneClockJumps_agreeOnceItIsRightAndNoKeyWaitsForLong(long seed) {
        Random random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            AtomicReference<Duration> wrong = new AtomicReference<>(Duration.ZERO);
            Clock jumping = new JumpingClock(clock, wrong);
            start(List.of(ring(), ring().clock(jumping), ring()));
            for (int i = 0; i < 5; i++) {
                wrong.set(Duration.ofMinutes(random.nextInt(400 * 24 * 60) - 200 * 24 * 60));
                goOn(random, 12);
            }
            wrong.set(Duration.ZERO);
            settle();

            List<KeyInfo> keys = nodes.get(0).keys();
            Instant latest = clock.instant().plus(Duration.ofMinutes(61));
            assertThat(nodes).as("run " + run).allSatisfy(node -> {
                assertThat(node.keys()).isEqualTo(keys);
                assertThat(node.keys())
                        .allSatisfy(key -> assertThat(key.activeFrom()).isBeforeOrEqualTo(latest));
            });
            clock.advance(Duration.ofMinutes(61));
            settle();
            assertRemovedAndQuiet("run " + run);
        }
    }

    /** A clock that is off by a span that changes. */
    private static final class JumpingClock extends Clock {
        private final Clock right;
        private final AtomicReference<Duration> off;

        JumpingClock(Clock right, AtomicReference<Duration> off) {
            this.right = right;
            this.off = off;
        }

        @Override
        public Instant instant() {
            return right.instant().plus(off.get());
        }

        @Override
        public ZoneId getZone() {
            return right.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    void nodes_haveRemovedAllKeysBetweenThem_agreeOnANewOne() {
        start(List.of(ring(), ring()));
        String first = activeId(nodes.get(0));
        nodes.get(0).rotate();
        String second = nodes.get(0).keys().get(1).id();
        Optional<Document> before = store.load();
        nodes.get(1).remove(second);
        store.failOverTo(before);
        clock.advance(Duration.ofHours(1));
        // has not heard of that removal, and so sees another key to sign with
        KeyRing late = ring().build();
        late.remove(first);
        nodes.add(late);

        settle();

        assertThat(nodes).allSatisfy(node -> {
            assertThat(node.keys()).isEqualTo(late.keys());
            assertThat(node.keys()).singleElement().extracting(KeyInfo::id).isNotIn(first, second);
        });
    }

    @Test
    void find_removedWhileTheStoreCanOnlyBeRead_isNotTrusted() {
        AtomicBoolean readOnly = new AtomicBoolean();
        KeyRing here = ring().store(new KeyRingStore() {
                    @Override
                    public Optional<Document> load() {
                        return store.load();
                    }

                    @Override
                    public Written replace(Document next, long tag) {
                        if (readOnly.get()) {
                            throw new IllegalStateException("read only, as it was told to be");
                        }
                        return store.replace(next, tag);
                    }
                })
                .build();
        KeyRing there = ring().build();
        String leaked = activeId(there);
        Optional<Document> before = store.load();
        here.rotateNow();
        store.failOverTo(before);
        there.remove(leaked);
        readOnly.set(true);

        clock.advance(LOOK);

        assertThat(here.find(leaked)).isEmpty();
    }

    @Test
    void rotateNow_afterAFailOverAndAsManyWritesAsWereLost_doesNotOverwriteTheRemoval() {
        KeyRing here = ring().build();
        KeyRing there = ring().build();
        String leaked = activeId(here);
        Optional<Document> before = store.load();
        here.rotateNow();

        store.beforeReplace(() -> {
            store.failOverTo(before);
            there.remove(leaked);
        });
        here.rotateNow();

        assertThat(store.load().orElseThrow().text()).contains("gateline_removed", leaked);
    }

    @Test
    void remove_whileTheSameNodeLooks_isNeverUndone() {
        for (int i = 0; i < 200; i++) {
            store.failOverTo(Optional.empty());
            KeyRing ring = ring().build();
            String leaked = activeId(ring);
            clock.advance(LOOK);

            Optional<VerificationKey> found = Race.run(
                            () -> {
                                ring.remove(leaked);
                                return ring.find(leaked);
                            },
                            () -> ring.find("nobody's"),
                            () -> {
                                ring.rotateNow();
                                return Optional.<VerificationKey>empty();
                            })
                    .get(0);

            assertThat(found).isEmpty();
            assertThat(ring.find(leaked)).isEmpty();
        }
    }

    @Test
    void document_madeByHand_isNotWrittenAndItsDeadKeyStaysDead() {
        SigningKey one = SigningKey.generate(Algorithm.EdDSA);
        SigningKey two = SigningKey.generate(Algorithm.EdDSA);
        String text = "{\"keys\":[" + Jwks.UNSAFE_JSON(one.jwk().build()) + ","
                + Jwks.UNSAFE_JSON(two.jwk().build()) + "]}";
        Optional<Document> byHand = Optional.of(new Document(1, text));
        store.failOverTo(byHand);
        KeyRing ring = ring().build();
        List<KeyInfo> keys = ring.keys();
        assertThat(keys).extracting(KeyInfo::state).containsExactly(KeyInfo.State.RETIRED, KeyInfo.State.ACTIVE);

        clock.advance(Duration.ofMinutes(6));

        assertThat(ring.keys()).containsExactly(keys.get(1));
        clock.advance(LOOK);
        assertThat(ring.keys()).containsExactly(keys.get(1));
        assertThat(store.load()).isEqualTo(byHand);
    }

    @Test
    void document_removedByHand_isNotTrustedAndANewKeySigns() {
        start(List.of(ring(), ring()));
        String leaked = activeId(nodes.get(0));
        Document document = store.load().orElseThrow();
        String text = document.text().replace("\n]}", "\n],\"gateline_removed\":[\"" + leaked + "\"]}");
        store.failOverTo(Optional.of(new Document(document.tag(), text)));

        settle();

        assertThat(nodes).allSatisfy(node -> {
            assertThat(node.find(leaked)).isEmpty();
            assertThat(node.keys()).isEqualTo(nodes.get(0).keys());
        });
        assertThat(ring().build().keys()).isEqualTo(nodes.get(0).keys());
    }

    @Test
    void document_restored_bringsNoRemovedKeyBack() {
        start(List.of(ring(), ring()));
        String leaked = activeId(nodes.get(0));
        Document backup = store.load().orElseThrow();
        nodes.get(0).remove(leaked);
        look();

        store.failOverTo(Optional.of(new Document(99, backup.text())));
        settle();

        assertThat(nodes).allSatisfy(node -> assertThat(node.find(leaked)).isEmpty());
        assertThat(ring().build().find(leaked)).isEmpty();
    }

    private static String activeId(KeyRing ring) {
        return ring.active().verification().id();
    }

    private void start(List<KeyRingBuilder> builders) {
        store.failOverTo(Optional.empty());
        written.clear();
        nodes.clear();
        removed.clear();
        for (KeyRingBuilder builder : builders) {
            nodes.add(builder.build());
            removed.add(new HashSet<>());
        }
    }

    private void goOn(Random random) {
        goOn(random, STEPS);
    }

    private void goOn(Random random, int steps) {
        for (int step = 0; step < steps; step++) {
            int node = random.nextInt(nodes.size());
            clock.advance(someTime(random));
            switch (random.nextInt(5)) {
                case 0 -> nodes.get(node).rotate();
                case 1 -> nodes.get(node).rotateNow();
                case 2 -> remove(node, random);
                case 3 -> loseWrites(random);
                default -> nodes.get(node).keys();
            }
            written.add(store.load());
            assertThat(nodes.get(node).keys()).extracting(KeyInfo::id).noneMatch(removed.get(node)::contains);
        }
    }

    /** Mostly nothing or seconds, and now and then so long that keys become active or die. */
    private static Duration someTime(Random random) {
        return switch (random.nextInt(10)) {
            case 0 -> Duration.ofMinutes(random.nextInt(10));
            case 1 -> Duration.ofMinutes(random.nextInt(70));
            case 2, 3, 4 -> Duration.ZERO;
            default -> Duration.ofSeconds(random.nextInt(12));
        };
    }

    /** Removes a key after a look at all of them. */
    private void remove(int node, Random random) {
        clock.advance(LOOK);
        List<KeyInfo> keys = nodes.get(node).keys();
        String leaked = keys.get(random.nextInt(keys.size())).id();
        nodes.get(node).remove(leaked);
        removed.get(node).add(leaked);
    }

    private void loseWrites(Random random) {
        int kept = written.size() - 1 - random.nextInt(6);
        store.failOverTo(kept < 0 ? Optional.empty() : written.get(kept));
    }

    private void settle() {
        look();
        look();
    }

    private void look() {
        clock.advance(LOOK);
        nodes.forEach(KeyRing::keys);
    }

    private void assertRemovedAndQuiet(String run) {
        Optional<Document> settled = store.load();
        for (int i = 0; i < 30; i++) {
            look();
            clock.advance(Duration.ofSeconds(i));
        }
        assertThat(store.load()).as(run).isEqualTo(settled);
        Set<String> all = removed.stream().flatMap(Set::stream).collect(Collectors.toSet());
        assertThat(nodes)
                .as(run)
                .allSatisfy(
                        node -> assertThat(node.keys()).extracting(KeyInfo::id).noneMatch(all::contains));
    }
}
