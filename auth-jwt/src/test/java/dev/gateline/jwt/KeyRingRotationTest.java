package dev.gateline.jwt;

import static dev.gateline.jwt.KeyInfo.State.ACTIVE;
import static dev.gateline.jwt.KeyInfo.State.PENDING;
import static dev.gateline.jwt.KeyInfo.State.RETIRED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthUnavailableException;
import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.kit.MutableClock;
import dev.gateline.store.KeyRingStore;
import dev.gateline.store.Storage;
import dev.gateline.store.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KeyRingRotationTest {
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final Duration MARGIN = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final MutableClock clock = new MutableClock();

    @TempDir
    Path folder;

    private KeyRingBuilder ring() {
        return KeyRing.builder(Algorithm.EdDSA)
                .rotateEvery(Duration.ofDays(30))
                .publishAhead(Duration.ofHours(1))
                .tokensLiveFor(LIFETIME)
                .clock(clock);
    }

    private JwtAuthenticator gate(KeyRing keys) {
        return JwtAuthenticator.builder(Storage.inMemory(100), keys)
                .issuer("https://park.example")
                .audience("park-api")
                .absoluteTimeout(Duration.ofDays(90))
                .idleTimeout(Duration.ofDays(60))
                .accessLifetime(LIFETIME)
                .clock(clock)
                .build();
    }

    private static List<KeyInfo.State> states(KeyRing ring) {
        return ring.keys().stream().map(KeyInfo::state).toList();
    }

    private static String activeId(KeyRing ring) {
        return ring.active().verification().id();
    }

    @Test
    void rotate_newKey_isPublishedBeforeItSigns() {
        KeyRing ring = ring().build();
        String first = activeId(ring);

        ring.rotate();

        assertThat(states(ring)).containsExactly(ACTIVE, PENDING);
        assertThat(activeId(ring)).isEqualTo(first);
        assertThat(ring.jwks()).contains(ring.keys().get(1).id());
        clock.advance(Duration.ofHours(1).minusMillis(1));
        assertThat(activeId(ring)).isEqualTo(first);
        clock.advance(Duration.ofMillis(1));
        assertThat(activeId(ring)).isNotEqualTo(first);
        assertThat(states(ring)).containsExactly(RETIRED, ACTIVE);
    }

    @Test
    void rotate_whileOneIsPending_addsNoOther() {
        KeyRing ring = ring().build();

        ring.rotate();
        ring.rotate();

        assertThat(states(ring)).containsExactly(ACTIVE, PENDING);
    }

    @Test
    void retired_key_verifiesUntilItsLastTokenIsDeadAndIsThenDropped() {
        KeyRing ring = ring().build();
        String first = activeId(ring);
        ring.rotateNow();

        clock.advance(LIFETIME.plus(MARGIN).minusMillis(1));
        assertThat(ring.find(first)).isPresent();
        assertThat(ring.jwks()).contains(first);

        clock.advance(Duration.ofMillis(1));
        assertThat(ring.find(first)).isEmpty();
        assertThat(ring.jwks()).doesNotContain(first);
        assertThat(states(ring)).containsExactly(ACTIVE);
    }

    @Test
    void rotation_tokensSignedBeforeAndAfter_areAccepted() {
        KeyRing ring = ring().build();
        JwtAuthenticator gate = gate(ring);
        Grant before = gate.login(Login.of("ada"));
        ring.rotateNow();
        Grant after = gate.login(Login.of("ada"));

        assertThat(gate.authenticate(before.access()).toOptional()).isPresent();
        assertThat(gate.authenticate(after.access()).toOptional()).isPresent();
    }

    @Test
    void schedule_due_publishesAheadAndRotatesOnTime() {
        KeyRing ring = ring().build();
        String first = activeId(ring);

        clock.advance(Duration.ofDays(30).minusHours(1).minusSeconds(1));
        assertThat(states(ring)).containsExactly(ACTIVE);
        clock.advance(Duration.ofSeconds(1));
        activeId(ring);
        assertThat(states(ring)).containsExactly(ACTIVE, PENDING);
        clock.advance(Duration.ofHours(1));

        assertThat(activeId(ring)).isNotEqualTo(first);
    }

    @Test
    void schedule_missedForLong_stillPublishesBeforeItSigns() {
        KeyRing ring = ring().build();
        String first = activeId(ring);
        clock.advance(Duration.ofDays(300));

        assertThat(activeId(ring)).isEqualTo(first);
        assertThat(states(ring)).containsExactly(ACTIVE, PENDING);
        clock.advance(Duration.ofHours(1));
        assertThat(activeId(ring)).isNotEqualTo(first);
    }

    @Test
    void remove_activeKey_rejectsAllItSignedAtOnceAndSignsWithAnother() {
        KeyRing ring = ring().build();
        JwtAuthenticator gate = gate(ring);
        Grant grant = gate.login(Login.of("ada"));
        assertThat(gate.authenticate(grant.access()).toOptional()).as("cached").isPresent();

        ring.remove(activeId(ring));

        assertThat(gate.authenticate(grant.access())).isEqualTo(Outcome.rejected(Rejection.BAD_SIGNATURE));
        Outcome<Grant> renewed = gate.renew(grant.renewal());
        assertThat(renewed.then(fresh -> gate.authenticate(fresh.access())).toOptional())
                .isPresent();
    }

    @Test
    void remove_unknownKey_leavesAllOthers() {
        KeyRing ring = ring().build();
        List<KeyInfo> before = ring.keys();

        ring.remove("nobody's");

        assertThat(ring.keys()).isEqualTo(before);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void file_reopened_signsWithTheSameKey(Algorithm algorithm) {
        Path file = folder.resolve("ring.json");
        KeyRing first = KeyRing.builder(algorithm).file(file).clock(clock).build();

        KeyRing second = KeyRing.builder(algorithm).file(file).clock(clock).build();

        assertThat(second.keys()).isEqualTo(first.keys());
        Grant grant = gate(first).login(Login.of("ada"));
        JwtVerifier verifier = JwtVerifier.builder(second)
                .issuer("https://park.example")
                .audience("park-api")
                .tokensLiveUntilTheyExpire()
                .clock(clock)
                .build();
        assertThat(verifier.authenticate(grant.access()).toOptional()).isPresent();
    }

    @Test
    void file_afterRotation_keepsEveryStateOverARestart() {
        Path file = folder.resolve("ring.json");
        KeyRing first = ring().file(file).build();
        first.rotateNow();
        first.rotate();

        KeyRing second = ring().file(file).build();

        assertThat(states(second)).containsExactly(RETIRED, ACTIVE, PENDING);
        assertThat(second.keys()).isEqualTo(first.keys());
        second.remove(activeId(second));
        assertThat(ring().file(file).build().keys()).isEqualTo(second.keys());
    }

    @Test
    void file_made_isForItsOwnerOnly() throws IOException {
        Path file = folder.resolve("ring.json");
        ring().file(file).build().rotateNow();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder)) {
            assertThat(files).as("nothing left behind").containsExactly(file);
        }
    }

    @Test
    void file_othersCanRead_isRefused() throws IOException {
        Path file = folder.resolve("ring.json");
        ring().file(file).build();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> ring().file(file).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ring.json")
                .hasMessageContaining("chmod 600");
    }

    @Test
    void file_notARing_isRefusedWithoutItsContent() throws IOException {
        Path file = folder.resolve("ring.json");
        for (String text :
                List.of("", "{}", "{\"keys\":[]}", "secret-content", "{\"keys\":[{\"kty\":\"secret-content\"}]}")) {
            Files.writeString(file, text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

            assertThatThrownBy(() -> ring().file(file).build())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("key ring")
                    .hasMessageNotContaining("secret-content")
                    .hasNoCause();
        }
    }

    @Test
    void store_shared_nodesAgreeOnTheFirstKeyAndOnChanges() {
        KeyRingStore store = new MemoryKeyRingStore();
        KeyRing one = ring().store(store).build();
        KeyRing two = ring().store(store).build();
        assertThat(two.keys()).isEqualTo(one.keys());

        one.rotate();
        clock.advance(Duration.ofSeconds(10));

        assertThat(two.find(one.keys().get(1).id())).isPresent();
        two.remove(activeId(two));
        clock.advance(Duration.ofSeconds(10));
        assertThat(activeId(one)).isEqualTo(activeId(two));
        assertThat(one.keys()).isEqualTo(two.keys());
    }

    @Test
    void store_losesARemoval_isToldAgainAndNobodyTrustsTheKey() {
        MemoryKeyRingStore store = new MemoryKeyRingStore();
        KeyRing one = ring().store(store).build();
        KeyRing two = ring().store(store).build();
        String leaked = activeId(one);
        Optional<KeyRingStore.Document> before = store.load();
        one.rotateNow();
        one.remove(leaked);

        store.failOverTo(before);
        clock.advance(Duration.ofSeconds(10));
        assertThat(two.find(leaked)).as("not told yet").isPresent();
        assertThat(one.find(leaked)).isEmpty();
        clock.advance(Duration.ofSeconds(10));

        assertThat(two.find(leaked)).isEmpty();
        assertThat(two.keys()).isEqualTo(one.keys());
        assertThat(ring().store(store).build().keys()).isEqualTo(one.keys());
    }

    @ParameterizedTest
    @CsvSource({
        "true, 0, true", "true, 0, false", "true, 1, true", "true, 1, false", "true, 2, true", "true, 2, false",
        "false, 0, true", "false, 0, false", "false, 1, true", "false, 1, false", "false, 2, true", "false, 2, false"
    })
    void store_losesARemovalAndTheOtherNodeRotates_nobodyTrustsTheKey(
            boolean isActive, int rotations, boolean removerLooksFirst) {
        MemoryKeyRingStore store = new MemoryKeyRingStore();
        KeyRing one = ring().store(store).build();
        KeyRing two = ring().store(store).build();
        String leaked = activeId(one);
        if (!isActive) {
            one.rotateNow();
            look(List.of(two));
        }
        Optional<KeyRingStore.Document> before = store.load();
        one.remove(leaked);

        store.failOverTo(before);
        rotate(two, rotations);

        assertAgreed(store, leaked, removerLooksFirst ? List.of(one, two) : List.of(two, one));
    }

    @ParameterizedTest
    @CsvSource({"0, true", "0, false", "1, true", "1, false", "2, true", "2, false"})
    void store_losesTheRingAndAnotherNodeStarts_nobodyTrustsARemovedKey(int rotations, boolean removerLooksFirst) {
        MemoryKeyRingStore store = new MemoryKeyRingStore();
        KeyRing one = ring().store(store).build();
        String leaked = activeId(one);
        one.remove(leaked);

        store.failOverTo(Optional.empty());
        KeyRing two = ring().store(store).build();
        rotate(two, rotations);

        assertAgreed(store, leaked, removerLooksFirst ? List.of(one, two) : List.of(two, one));
    }

    @Test
    void remove_keyThatOnlyAnotherNodeKnows_nobodyTrustsTheKey() {
        MemoryKeyRingStore store = new MemoryKeyRingStore();
        KeyRing one = ring().store(store).build();
        KeyRing two = ring().store(store).build();
        Optional<KeyRingStore.Document> before = store.load();
        two.rotateNow();
        String leaked = activeId(two);

        store.failOverTo(before);
        one.remove(leaked);

        assertAgreed(store, leaked, List.of(two, one));
    }

    private static void rotate(KeyRing ring, int times) {
        for (int i = 0; i < times; i++) {
            ring.rotateNow();
        }
    }

    private void assertAgreed(MemoryKeyRingStore store, String removed, List<KeyRing> nodes) {
        look(nodes);
        look(nodes);
        Optional<KeyRingStore.Document> settled = store.load();
        look(nodes);

        KeyRing first = nodes.get(0);
        assertThat(nodes).allSatisfy(node -> {
            assertThat(node.find(removed)).isEmpty();
            assertThat(node.keys()).isEqualTo(first.keys());
            assertThat(activeId(node)).isEqualTo(activeId(first));
        });
        assertThat(store.load()).as("not written any more").isEqualTo(settled);
    }

    private void look(List<KeyRing> nodes) {
        clock.advance(LOOK);
        nodes.forEach(KeyRing::keys);
    }

    @Tag("slow")
    @Test
    void store_losesTheRing_getsItBackWithTheNextChange() {
        MemoryKeyRingStore store = new MemoryKeyRingStore();
        KeyRing ring = ring().store(store).build();
        for (int i = 0; i < 30; i++) {
            ring.rotateNow();
        }
        store.failOverTo(Optional.empty());

        ring.rotate();

        assertThat(states(ring)).endsWith(ACTIVE, PENDING);
        assertThat(ring().store(store).build().keys()).isEqualTo(ring.keys());
    }

    @Test
    void store_manyNodesStartingAndRotatingAtOnce_endUpWithTheSameRing() throws Exception {
        KeyRingStore store = new MemoryKeyRingStore();
        ExecutorService nodes = Executors.newFixedThreadPool(8);
        try {
            List<Future<KeyRing>> rings = java.util.stream.IntStream.range(0, 8)
                    .mapToObj(i -> nodes.submit(() -> {
                        KeyRing ring = ring().store(store).build();
                        ring.rotate();
                        return ring;
                    }))
                    .toList();
            List<KeyInfo> expected = null;
            for (Future<KeyRing> future : rings) {
                KeyRing ring = future.get();
                clock.advance(Duration.ofSeconds(10));
                List<KeyInfo> keys = ring.keys();
                assertThat(keys).hasSize(2);
                assertThat(expected == null || keys.equals(expected)).isTrue();
                expected = keys;
            }
        } finally {
            nodes.shutdownNow();
        }
    }

    @Test
    void rotateNow_againInTheSameMillisecond_signsWithTheLastOne() {
        KeyRing ring = ring().build();
        List<String> signed = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            ring.rotateNow();
            signed.add(activeId(ring));
        }

        assertThat(signed)
                .doesNotHaveDuplicates()
                .doesNotContain(ring.keys().get(0).id());
        ring.remove(activeId(ring));
        assertThat(activeId(ring)).isNotIn(signed);
    }

    @Test
    void rotateNow_manyThreadsWithoutAStore_losesNone() throws Exception {
        KeyRing ring = ring().build();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> rotations = java.util.stream.IntStream.range(0, 4)
                    .<Future<?>>mapToObj(i -> threads.submit(ring::rotateNow))
                    .toList();
            for (Future<?> rotation : rotations) {
                rotation.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(states(ring)).containsExactly(RETIRED, RETIRED, RETIRED, RETIRED, ACTIVE);
    }

    @Test
    void store_away_theRingInMemoryGoesOn() {
        BreakableStore store = new BreakableStore();
        KeyRing ring = ring().store(store).staleFor(Duration.ofDays(40)).build();
        String id = activeId(ring);
        store.broken = true;
        clock.advance(Duration.ofDays(31));

        assertThat(activeId(ring)).isEqualTo(id);
        assertThat(ring.find(id)).isPresent();
        assertThatThrownBy(ring::rotateNow).isInstanceOf(IllegalStateException.class);
        assertThat(activeId(ring)).isEqualTo(id);

        store.broken = false;
        clock.advance(Duration.ofSeconds(10));
        activeId(ring);
        assertThat(states(ring)).containsExactly(ACTIVE, PENDING);
    }

    @Test
    void store_awayForLongerThanAllowed_isAnOutage() {
        BreakableStore store = new BreakableStore();
        KeyRing ring = ring().store(store).build();
        String id = activeId(ring);
        store.broken = true;
        clock.advance(Duration.ofHours(1).minusMillis(1));
        assertThat(ring.find(id)).isPresent();
        clock.advance(Duration.ofMillis(1));

        assertThatThrownBy(() -> ring.find(id)).isInstanceOf(AuthUnavailableException.class);
        assertThatThrownBy(() -> activeId(ring)).isInstanceOf(AuthUnavailableException.class);

        store.broken = false;
        clock.advance(Duration.ofSeconds(10));
        assertThat(ring.find(id)).isPresent();
    }

    @Test
    void find_keyOfAnotherNodeSinceASecondAgo_isFoundAtOnce() {
        MemoryKeyRingStore store = new MemoryKeyRingStore();
        KeyRing here = ring().store(store).build();
        KeyRing there = ring().store(store).build();
        clock.advance(Duration.ofSeconds(1));

        here.rotateNow();

        assertThat(there.find(activeId(here))).isPresent();
    }

    @Test
    void find_unknownKeyWhileTheStoreIsAway_isAnOutageAndNotABadSignature() {
        BreakableStore store = new BreakableStore();
        KeyRing ring = ring().store(store).build();
        clock.advance(Duration.ofSeconds(1));
        assertThat(ring.find("nobody's")).isEmpty();
        store.broken = true;
        clock.advance(Duration.ofSeconds(1));

        assertThatThrownBy(() -> ring.find("nobody's")).isInstanceOf(AuthUnavailableException.class);
        assertThat(ring.find(activeId(ring))).isPresent();
    }

    @Test
    void find_afterALongPause_everybodyWaitsForTheRingOfNow() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean slow = new AtomicBoolean();
        KeyRingStore store = new MemoryKeyRingStore();
        KeyRing there = ring().store(new KeyRingStore() {
                    @Override
                    public Optional<Document> load() {
                        if (slow.get()) {
                            reading.countDown();
                            await(goOn);
                        }
                        return store.load();
                    }

                    @Override
                    public Written replace(Document next, long tag) {
                        return store.replace(next, tag);
                    }
                })
                .build();
        KeyRing here = ring().store(store).build();
        String leaked = activeId(here);
        here.remove(leaked);
        clock.advance(Duration.ofHours(8));
        slow.set(true);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<Boolean> first = threads.submit(() -> there.find(leaked).isPresent());
            await(reading);
            Future<Boolean> second = threads.submit(() -> there.find(leaked).isPresent());
            goOn.countDown();

            assertThat(first.get()).isFalse();
            assertThat(second.get()).isFalse();
        } finally {
            threads.shutdownNow();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void remove_keyThatHasBecomeActiveSinceAnybodyAsked_makesANewOne() {
        KeyRing ring = ring().build();
        String first = activeId(ring);
        ring.rotate();
        String second = ring.keys().get(1).id();
        clock.advance(Duration.ofHours(2));

        ring.remove(second);

        assertThat(activeId(ring)).isNotIn(first, second);
    }

    @Test
    void rotate_afterTheLastOneHasBecomeActive_addsAnother() {
        KeyRing ring = ring().build();
        ring.rotate();
        clock.advance(Duration.ofHours(2));

        ring.rotate();

        assertThat(states(ring)).contains(PENDING);
    }

    @Test
    void build_spanThatEndsAtNoInstant_isRefused() {
        Duration longest = Duration.ofDays(36_500);
        Duration longer = longest.plusNanos(1);
        for (Duration span : List.of(longer, Duration.ofSeconds(Long.MAX_VALUE))) {
            assertThatThrownBy(() -> ring().rotateEvery(span).build()).hasMessageContaining("rotate every: PT0S to");
            assertThatThrownBy(() -> ring().rotateEvery(span).publishAhead(span).build())
                    .hasMessageContaining("rotate every");
            assertThatThrownBy(() -> ring().tokensLiveFor(span).build()).hasMessageContaining("tokens live for");
            assertThatThrownBy(() -> ring().staleFor(span).build()).hasMessageContaining("stale for");
        }
        assertThatThrownBy(() -> ring().rotateEvery(Duration.ofNanos(-1)).build())
                .hasMessageContaining("rotate every");
        KeyRing ring = ring().rotateEvery(longest)
                .publishAhead(longest.minusNanos(1))
                .tokensLiveFor(longest)
                .staleFor(longest)
                .build();
        ring.rotate();
        clock.advance(longest);
        ring.rotateNow();
        assertThat(ring.jwks()).contains(ring.active().verification().id());
    }

    @Test
    void build_times_areChecked() {
        assertThatThrownBy(() -> ring().publishAhead(Duration.ofDays(30)).build())
                .hasMessageContaining("publish ahead")
                .hasMessageContaining("PT720H");
        assertThatThrownBy(() -> ring().tokensLiveFor(Duration.ZERO).build()).hasMessageContaining("tokens live for");
        assertThatThrownBy(() ->
                        gate(ring().tokensLiveFor(LIFETIME.minusSeconds(1)).build()))
                .hasMessageContaining("tokens live for");
    }

    @Test
    void build_timesOnTheirBounds_areTakenAndNoOthers() {
        Duration day = Duration.ofDays(1);
        Duration second = Duration.ofSeconds(1);
        Duration halfAMinute = Duration.ofSeconds(30);
        Duration moment = Duration.ofNanos(1);
        ring().rotateEvery(day).publishAhead(day.minus(moment)).build();
        ring().publishAhead(Duration.ZERO).build();
        ring().tokensLiveFor(second).build();
        ring().staleFor(halfAMinute).build();
        for (KeyRingBuilder builder : List.of(
                ring().rotateEvery(day).publishAhead(day),
                ring().publishAhead(moment.negated()),
                ring().tokensLiveFor(second.minus(moment)),
                ring().staleFor(halfAMinute.minus(moment)))) {
            assertThatThrownBy(builder::build).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource(
            value = Algorithm.class,
            names = {"RS256", "PS384", "ES256", "ES384", "ES512", "EdDSA"})
    void pem_writtenAndRead_isTheSameKeyForItsOwnerOnly(Algorithm algorithm) throws IOException {
        Path file = folder.resolve("key.pem");
        SigningKey key = SigningKey.generate(algorithm);

        key.writePem(file);

        assertThat(Files.readString(file)).startsWith("-----BEGIN PRIVATE KEY-----\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(SigningKey.of(algorithm, Pem.file(file)).verification().id())
                .isEqualTo(key.verification().id());
    }

    @Test
    void pem_anotherAlgorithmsKeyOrGarbage_isRefused() throws IOException {
        Path file = folder.resolve("key.pem");
        SigningKey.generate(Algorithm.ES256).writePem(file);

        assertThatThrownBy(() -> SigningKey.of(Algorithm.ES384, Pem.file(file))).hasMessageContaining("ES384");
        assertThatThrownBy(() -> SigningKey.of(Algorithm.RS256, Pem.file(file))).hasMessageContaining("RS256");
        assertThatThrownBy(() -> SigningKey.of(Algorithm.HS256, Pem.file(file))).hasMessageContaining("HS256");
        Files.writeString(file, "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n");
        assertThatThrownBy(() -> SigningKey.of(Algorithm.ES256, Pem.file(file)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("c2Vj");
        assertThatThrownBy(() -> SigningKey.generate(Algorithm.HS256).writePem(file))
                .isInstanceOf(IllegalStateException.class);
    }

    private static final class BreakableStore implements KeyRingStore {
        private final KeyRingStore store = new MemoryKeyRingStore();
        private boolean broken;

        @Override
        public Optional<Document> load() {
            check();
            return store.load();
        }

        @Override
        public Written replace(Document next, long tag) {
            check();
            return store.replace(next, tag);
        }

        private void check() {
            if (broken) {
                throw new IllegalStateException("broken, as it was told to be");
            }
        }
    }
}
