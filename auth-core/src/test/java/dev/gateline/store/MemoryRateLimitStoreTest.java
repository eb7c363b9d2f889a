package dev.gateline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gateline.store.RateLimitStore.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryRateLimitStoreTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({"1, PT0.001S", "10000, P1D"})
    void rate_onItsBounds_isTaken(int atOnce, Duration each) {
        assertThat(new Rate(atOnce, each).span()).isEqualTo(each.multipliedBy(atOnce));
    }

    @ParameterizedTest
    @CsvSource({
        "0, PT1S, 'attempts at once: 1 to 10000, was 0'",
        "10001, PT1S, 'attempts at once: 1 to 10000, was 10001'",
        "1, PT0.000999999S, 'time for each attempt: PT0.001S to PT24H, was PT0.000999999S'",
        "1, PT24H0.000000001S, 'time for each attempt: PT0.001S to PT24H, was PT24H0.000000001S'"
    })
    void rate_beyondItsBounds_isRefused(int atOnce, Duration each, String rule) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Rate(atOnce, each))
                .withMessage(rule);
    }

    @Tag("slow")
    @Test
    void take_moreNamesThanItHolds_forgetsThoseUsedOnceBeforeOneUnderAttack() {
        MemoryRateLimitStore store = new MemoryRateLimitStore();
        Rate rate = new Rate(10, Duration.ofMinutes(10));
        for (int i = 0; i < 10; i++) {
            store.take("attacked", rate, NOW);
        }
        for (int i = 0; i < 2 * MemoryRateLimitStore.MOST; i++) {
            store.take("name" + i, rate, NOW);
        }
        assertThat(store.size()).isBetween(MemoryRateLimitStore.MOST / 10 * 9, MemoryRateLimitStore.MOST);
        assertThat(store.take("attacked", rate, NOW)).isEqualTo(Duration.ofMinutes(10));
    }

    private static void fill(MemoryRateLimitStore store, String names) {
        Rate rate = new Rate(10, Duration.ofMinutes(10));
        for (int i = 0; i < MemoryRateLimitStore.MOST; i++) {
            store.take(names + i, rate, NOW);
        }
    }

    @Tag("slow")
    @Test
    void take_asManyNamesAsItHolds_forgetsOnlyThoseThatAreOver() {
        MemoryRateLimitStore store = new MemoryRateLimitStore();
        store.take("over", new Rate(1, Duration.ofMinutes(1)), NOW.minus(Duration.ofHours(1)));

        fill(store, "name");

        assertThat(store.size()).isEqualTo(MemoryRateLimitStore.MOST);
    }

    @Tag("slow")
    @Test
    void take_moreNamesThanItHoldsByTwoThreads_isBoundedForBoth() throws InterruptedException {
        MemoryRateLimitStore store = new MemoryRateLimitStore();
        for (String names : List.of("a", "b", "c")) {
            Thread thread = new Thread(() -> fill(store, names));
            thread.start();
            thread.join();
        }

        assertThat(store.size()).isLessThanOrEqualTo(MemoryRateLimitStore.MOST);
    }

    @Tag("slow")
    @Test
    void take_moreNamesThanItHolds_forgetsThoseUsedOnceBeforeAQuickOneUnderAttack() {
        MemoryRateLimitStore store = new MemoryRateLimitStore();
        Rate quick = new Rate(10, Duration.ofMinutes(1));
        for (int i = 0; i < 10; i++) {
            store.take("attacked", quick, NOW);
        }
        for (int i = 0; i < 2 * MemoryRateLimitStore.MOST; i++) {
            store.take("name" + i, new Rate(10, Duration.ofMinutes(10)), NOW);
        }
        assertThat(store.take("attacked", quick, NOW)).isEqualTo(Duration.ofMinutes(1));
    }
}
