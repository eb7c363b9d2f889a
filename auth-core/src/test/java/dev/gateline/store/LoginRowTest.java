package dev.gateline.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.LoginId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoginRowTest {
    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");
    private static final Duration MICRO = ChronoUnit.MICROS.getDuration();
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static LoginRow row(Duration idleTimeout) {
        LoginState state = LoginState.builder(TicketState.ofNobody(0, NOW))
                .startedAt(NOW)
                .endsAt(NOW.plus(Duration.ofDays(100)))
                .idleTimeout(idleTimeout)
                .authenticatedAt(NOW)
                .build();
        return new LoginRow(new LoginId("A".repeat(22)), "gs_", "ada", 1, NOW, state);
    }

    private static void assertIsNotedFor(Duration bound, Duration interval, Duration idleTimeout) {
        for (Duration since : List.of(MINUTE.negated(), Duration.ZERO, bound.minus(MICRO), bound, bound.plus(MICRO))) {
            boolean isWithin = since.compareTo(bound) < 0;
            assertThat(LoginRow.isNotedWithin(interval, idleTimeout, since)).isEqualTo(isWithin);
            assertThat(row(idleTimeout).isNotedWithin(interval, NOW.plus(since)))
                    .isEqualTo(isWithin);
        }
    }

    @Test
    void isNotedWithin_longIdleTimeout_isForTheInterval() {
        assertIsNotedFor(MINUTE, MINUTE, Duration.ofHours(1));
        assertIsNotedFor(Duration.ZERO, Duration.ZERO, Duration.ofHours(1));
    }

    @Test
    void isNotedWithin_shortIdleTimeout_isForATenthOfIt() {
        assertIsNotedFor(MINUTE.minusSeconds(6), MINUTE, Duration.ofMinutes(9));
        assertIsNotedFor(Duration.ofMillis(100), MINUTE, Duration.ofSeconds(1).plus(MICRO));
        assertIsNotedFor(Duration.ofHours(1), Duration.ofDays(40_000), Duration.ofHours(10));
    }
}
