package dev.gateline.jwt;

import static dev.gateline.jwt.KeyInfo.State.ACTIVE;
import static dev.gateline.jwt.KeyInfo.State.PENDING;
import static dev.gateline.jwt.KeyInfo.State.RETIRED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.kit.MutableClock;
import dev.gateline.store.KeyRingStore;
import dev.gateline.store.Written;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clocks that were wrong for a while, and are put right. */
class KeyRingClockTest {
    private static final Duration LONGEST_PENDING = Duration.ofHours(1).plusMinutes(1);
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final MutableClock clock = new MutableClock();
    private final MemoryKeyRingStore store = new MemoryKeyRingStore();

    @TempDir
    Path folder;

    private KeyRingBuilder ring() {
        return KeyRing.builder(Algorithm.EdDSA)
                .rotateEvery(Duration.ofDays(90))
                .publishAhead(Duration.ofHours(1))
                .tokensLiveFor(Duration.ofHours(24))
                .clock(clock);
    }

    private KeyRing inFile() {
        return ring().file(folder.resolve("ring.json")).build();
    }

    private static List<KeyInfo.State> states(KeyRing ring) {
        return ring.keys().stream().map(KeyInfo::state).toList();
    }

    private static String activeId(KeyRing ring) {
        return ring.active().verification().id();
    }

    private void assertGoesOn(KeyRing ring) {
        assertThat(ring.keys())
                .allSatisfy(key -> assertThat(key.activeFrom())
                        .isBeforeOrEqualTo(clock.instant().plus(LONGEST_PENDING)));
        clock.advance(LONGEST_PENDING);
        assertThat(states(ring)).endsWith(ACTIVE);
        String before = activeId(ring);
        ring.rotate();
        assertThat(states(ring)).endsWith(ACTIVE, PENDING);
        assertThat(activeId(ring)).as("does not sign before it is published").isEqualTo(before);
        clock.advance(Duration.ofHours(1));
        assertThat(activeId(ring)).isNotEqualTo(before);
        assertThat(ring.find(before)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"144000, true", "40, true", "-40, true", "-144000, false"})
    void file_openedOnceWithAWrongClock_goesOnOnceItIsRight(long minutes, boolean rotates) {
        String signing = activeId(inFile());
        clock.advance(Duration.ofMinutes(minutes));
        KeyRing wrong = inFile();
        wrong.keys();
        if (rotates) {
            wrong.rotate();
        }
        clock.advance(Duration.ofMinutes(-minutes));

        KeyRing ring = inFile();

        assertThat(ring.find(signing)).isPresent();
        assertGoesOn(ring);
    }

    @ParameterizedTest
    @ValueSource(longs = {100 * 24 * 60, 40, -40, -100 * 24 * 60})
    void file_begunWithAWrongClock_goesOnOnceItIsRight(long minutes) {
        clock.advance(Duration.ofMinutes(minutes));
        String first = activeId(inFile());
        clock.advance(Duration.ofMinutes(-minutes));

        KeyRing ring = inFile();

        assertThat(activeId(ring)).isEqualTo(first);
        assertGoesOn(ring);
    }

    @Test
    void file_clockAheadAndBackInOneProcess_goesOn() {
        KeyRing ring = inFile();
        String first = activeId(ring);
        clock.advance(Duration.ofDays(100));
        assertThat(states(ring)).containsExactly(ACTIVE, PENDING);
        clock.advance(Duration.ofHours(1));
        assertThat(states(ring)).containsExactly(RETIRED, ACTIVE);
        clock.advance(Duration.ofDays(-100).minusHours(1));

        assertThat(activeId(ring)).isEqualTo(first);
        assertGoesOn(ring);
    }

    @Test
    void file_clockSoFarAheadThatARetiredKeyIsDead_verifiesAgainOnceItIsRight() {
        String retired = activeId(inFile());
        inFile().rotateNow();
        clock.advance(Duration.ofDays(100));
        KeyRing wrong = inFile();
        assertThat(wrong.find(retired)).isEmpty();
        assertThat(states(wrong)).as("has written").containsExactly(ACTIVE, PENDING);
        clock.advance(Duration.ofDays(-100));

        assertThat(inFile().find(retired)).isPresent();
        clock.advance(Duration.ofHours(24).plusMinutes(1));
        assertThat(inFile().find(retired)).isEmpty();
    }

    @Test
    void remove_keyThatTookTheOneBefore_bringsNoDeadKeyBack() {
        KeyRing ring = inFile();
        String dead = activeId(ring);
        ring.rotateNow();
        clock.advance(Duration.ofHours(24).plusMinutes(1));
        ring.rotate();

        ring.remove(activeId(ring));

        assertThat(ring.find(dead)).isEmpty();
        assertThat(inFile().find(dead)).isEmpty();
    }

    @Test
    void memory_clockAheadAndBack_goesOn() {
        KeyRing ring = ring().build();
        String first = activeId(ring);
        ring.rotateNow();
        String second = activeId(ring);
        clock.advance(Duration.ofDays(100));
        assertThat(ring.find(first)).isEmpty();
        clock.advance(Duration.ofDays(2));
        assertThat(activeId(ring)).isNotEqualTo(second);
        clock.advance(Duration.ofDays(-102));

        assertThat(activeId(ring)).isEqualTo(second);
        assertThat(ring.find(first)).isPresent();
        assertGoesOn(ring);
    }

    @ParameterizedTest
    @ValueSource(longs = {40, 100 * 24 * 60})
    void nodes_oneAhead_othersKeepTheirKeysAndAllAgreeOnceItIsRight(long minutes) {
        MutableClock wrong = new MutableClock(clock.instant());
        KeyRing here = ring().store(store).build();
        KeyRing there = ring().store(store).clock(wrong).build();
        String retired = activeId(here);
        here.rotateNow();
        String signing = activeId(here);
        clock.advance(LOOK);
        wrong.set(clock.instant().plus(Duration.ofMinutes(minutes)));
        there.rotate();
        there.remove("nobody's");
        there.rotateNow();

        clock.advance(LOOK);

        assertThat(activeId(here)).isEqualTo(signing);
        assertThat(here.find(retired)).isPresent();
        wrong.set(clock.instant());
        assertThat(there.find(retired)).isPresent();
        assertThat(there.keys()).isEqualTo(here.keys());
        assertGoesOn(here);
    }

    @ParameterizedTest
    @ValueSource(longs = {100 * 24 * 60, 40, -40, -100 * 24 * 60})
    void nodes_oneWithAWrongClockAndAStoreWithItsOwn_nothingIsOtherwise(long minutes) {
        Clock wrong = Clock.offset(clock, Duration.ofMinutes(minutes));
        KeyRing here = ring().store(timed()).build();
        here.rotateNow();
        List<KeyInfo> before = here.keys();
        KeyRing there = ring().store(timed()).clock(wrong).build();

        assertThat(there.keys()).isEqualTo(before);
        there.rotate();

        Instant now = clock.instant();
        assertThat(states(there)).containsExactly(RETIRED, ACTIVE, PENDING);
        assertThat(there.keys().get(2).activeFrom()).isEqualTo(now.plus(Duration.ofHours(1)));
        clock.advance(LOOK);
        assertThat(here.keys()).isEqualTo(there.keys());
        assertGoesOn(there);
    }

    /** A store whose server has a clock that is right. */
    private KeyRingStore timed() {
        return new KeyRingStore() {
            @Override
            public Optional<Document> load() {
                return store.load();
            }

            @Override
            public Written replace(Document next, long tag) {
                return store.replace(next, tag);
            }

            @Override
            public Instant now(Instant here) {
                return clock.instant();
            }
        };
    }

    @Test
    void find_clockPutBackByHalfAMinute_stillLooksEveryTenSeconds() {
        KeyRing here = ring().store(store).build();
        KeyRing there = ring().store(store).build();
        String leaked = activeId(there);
        clock.advance(Duration.ofSeconds(-30));
        here.remove(leaked);

        assertThat(there.find(leaked)).isEmpty();
    }
}
