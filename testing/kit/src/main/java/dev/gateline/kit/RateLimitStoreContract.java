package dev.gateline.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.store.RateLimitStore;
import dev.gateline.store.RateLimitStore.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The promises of every store of rate limits. Extend it, and say how to make an empty one. Spans are hours where time
 * must not matter, because a store may follow its server's clock.
 */
public abstract class RateLimitStoreContract {
    private static final Rate THREE = new Rate(3, Duration.ofHours(1));
    private static final String NAME = "A".repeat(43);
    private static final Duration LONGEST_TEST = Duration.ofSeconds(30);

    /** For subclasses. */
    protected RateLimitStoreContract() {}

    /** Creates an empty store. */
    protected abstract RateLimitStore store();

    /** The time by this node's clock, which is the system's by default. */
    protected Instant now() {
        return Instant.now();
    }

    private boolean isTaken(RateLimitStore store, String name, Rate rate) {
        return store.take(name, rate, now()).isZero();
    }

    private void empty(RateLimitStore store) {
        for (int i = 0; i < THREE.atOnce(); i++) {
            assertThat(isTaken(store, NAME, THREE)).isTrue();
        }
    }

    @Test
    void take_asManyAsAtOnce_areThereAndOneMoreIsNot() {
        RateLimitStore store = store();
        empty(store);
        assertThat(isTaken(store, NAME, THREE)).isFalse();
    }

    @Test
    void take_emptyBucket_tellsHowLongUntilTheNext() {
        RateLimitStore store = store();
        empty(store);
        assertThat(store.take(NAME, THREE, now())).isBetween(THREE.each().minus(LONGEST_TEST), THREE.each());
    }

    @Test
    void take_emptyBucketAgainAndAgain_makesTheWaitNoLonger() {
        RateLimitStore store = store();
        empty(store);
        for (int i = 0; i < 20; i++) {
            assertThat(store.take(NAME, THREE, now())).isPositive().isLessThanOrEqualTo(THREE.each());
        }
    }

    @Test
    void take_otherName_isAnotherBucket() {
        RateLimitStore store = store();
        empty(store);
        assertThat(isTaken(store, "a".repeat(43), THREE)).isTrue();
        assertThat(isTaken(store, "A", THREE)).isTrue();
    }

    @Test
    void take_afterTheTimeForOne_isThereAgain() {
        RateLimitStore store = store();
        Rate quick = new Rate(1, Duration.ofMillis(5));
        int taken = 0;
        long deadline = System.nanoTime() + LONGEST_TEST.toNanos();
        while (taken < 3 && System.nanoTime() < deadline) {
            taken += isTaken(store, NAME, quick) ? 1 : 0;
        }
        assertThat(taken).isEqualTo(3);
    }

    @Test
    void giveBack_one_isThereAgainAndNoMore() {
        RateLimitStore store = store();
        empty(store);
        store.giveBack(NAME, THREE, now());
        assertThat(isTaken(store, NAME, THREE)).isTrue();
        assertThat(isTaken(store, NAME, THREE)).isFalse();
    }

    @Test
    void giveBack_moreThanWereTaken_fillsTheBucketAndNoMore() {
        RateLimitStore store = store();
        assertThat(isTaken(store, NAME, THREE)).isTrue();
        for (int i = 0; i < 10; i++) {
            store.giveBack(NAME, THREE, now());
        }
        empty(store);
        assertThat(isTaken(store, NAME, THREE)).isFalse();
    }

    @Test
    void giveBack_bucketThatNobodyTookFrom_changesNothing() {
        RateLimitStore store = store();
        store.giveBack(NAME, THREE, now());
        empty(store);
        assertThat(isTaken(store, NAME, THREE)).isFalse();
    }

    @Test
    void take_32AtOnce_isNeverOneTooMany() {
        RateLimitStore store = store();
        Rate ten = new Rate(10, Duration.ofHours(1));
        List<Boolean> taken = Race.run(32, () -> isTaken(store, NAME, ten));
        assertThat(Collections.frequency(taken, true)).isEqualTo(10);
    }

    @Test
    void takeAndGiveBack_32AtOnce_leaveTheBucketFull() {
        RateLimitStore store = store();
        Rate many = new Rate(32, Duration.ofHours(1));
        List<Boolean> taken = Race.run(32, () -> {
            boolean isTaken = isTaken(store, NAME, many);
            store.giveBack(NAME, many, now());
            return isTaken;
        });
        assertThat(taken).doesNotContain(false);
        for (int i = 0; i < many.atOnce(); i++) {
            assertThat(isTaken(store, NAME, many)).isTrue();
        }
        assertThat(isTaken(store, NAME, many)).isFalse();
    }
}
