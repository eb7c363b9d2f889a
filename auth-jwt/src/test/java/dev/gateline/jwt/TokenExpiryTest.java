package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TokenExpiryTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration MARGIN = TokenExpiry.CLOCK_MARGIN;
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void expiresAt_loginThatEndsBeforeTheLifetime_endsWithItsLastWholeSecond() {
        TokenExpiry expiry = TokenExpiry.ofIssued(Duration.ofMinutes(5));

        assertThat(expiry.expiresAt(NOON, NOON.plus(HOUR))).isEqualTo(NOON.plusSeconds(300));
        assertThat(expiry.expiresAt(NOON, NOON.plusMillis(300_000))).isEqualTo(NOON.plusSeconds(300));
        assertThat(expiry.expiresAt(NOON, NOON.plusMillis(299_999))).isEqualTo(NOON.plusSeconds(299));
    }

    @Test
    void isExpired_onBothSidesOfTheLimit_countsTheSkew() {
        TokenExpiry exact = new TokenExpiry(Duration.ZERO, MARGIN, HOUR);
        TokenExpiry skewed = new TokenExpiry(Duration.ofSeconds(30), MARGIN, HOUR);

        assertThat(exact.isExpired(NOON, NOON.minusNanos(1))).isFalse();
        assertThat(exact.isExpired(NOON, NOON)).isTrue();
        assertThat(skewed.isExpired(NOON, NOON.plusSeconds(30).minusNanos(1))).isFalse();
        assertThat(skewed.isExpired(NOON, NOON.plusSeconds(30))).isTrue();
    }

    @Test
    void aheadBy_lessThanTheSkew_isTheSkew() {
        assertThat(new TokenExpiry(MARGIN, Duration.ZERO, HOUR).aheadBy()).isEqualTo(MARGIN);
        assertThat(new TokenExpiry(Duration.ZERO, MARGIN, HOUR).aheadBy()).isEqualTo(MARGIN);
    }

    @Test
    void livesTooLong_onBothSidesOfTheLimit_isToldApart() {
        TokenExpiry expiry = new TokenExpiry(Duration.ZERO, MARGIN, HOUR);

        assertThat(expiry.livesTooLong(HOUR)).isFalse();
        assertThat(expiry.livesTooLong(HOUR.plusSeconds(1))).isTrue();
    }

    @Test
    void ofIssued_lifetimeOutOfBoundsOrWithAFraction_isRefused() {
        for (Duration lifetime : new Duration[] {
            Duration.ZERO, Duration.ofMillis(1_500), Duration.ofHours(24).plusSeconds(1)
        }) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TokenExpiry.ofIssued(lifetime))
                    .withMessageStartingWith("access lifetime: ")
                    .withMessageContaining(lifetime.toString());
        }
    }
}
