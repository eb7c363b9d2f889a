package dev.gateline.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.store.RateLimitStore.Rate;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MemoryRateLimitStoreTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

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
        assertThat(store.size()).isLessThanOrEqualTo(MemoryRateLimitStore.MOST);
        assertThat(store.take("attacked", rate, NOW)).isEqualTo(Duration.ofMinutes(10));
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
