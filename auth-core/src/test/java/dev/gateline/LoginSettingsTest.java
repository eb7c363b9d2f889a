package dev.gateline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoginSettingsTest {
    private final Settings settings = new Settings();

    private static final class Settings extends LoginSettings<Settings> {
        @Override
        protected Settings self() {
            return this;
        }
    }

    @Test
    void timeouts_nothingSet_areThoseOfTheStandards() {
        assertThat(settings.usualTimeouts()).isEqualTo(new Timeouts(Duration.ofMinutes(30), Duration.ofHours(12)));
        assertThat(settings.rememberedTimeouts()).isEqualTo(new Timeouts(Duration.ofDays(14), Duration.ofDays(30)));
    }

    @Test
    void usualTimeouts_absoluteShorterThanTheDefaultIdle_isTheIdleToo() {
        assertThat(settings.absoluteTimeout(Duration.ofMinutes(10)).usualTimeouts())
                .isEqualTo(new Timeouts(Duration.ofMinutes(10), Duration.ofMinutes(10)));
    }

    @Test
    void rememberedTimeouts_usualLongerThanRemembered_isTakenForThatLimit() {
        settings.idleTimeout(Duration.ofDays(20)).absoluteTimeout(Duration.ofDays(25));
        assertThat(settings.rememberedTimeouts()).isEqualTo(new Timeouts(Duration.ofDays(20), Duration.ofDays(30)));

        settings.idleTimeout(Duration.ofDays(1)).absoluteTimeout(Duration.ofDays(90));
        assertThat(settings.rememberedTimeouts()).isEqualTo(new Timeouts(Duration.ofDays(14), Duration.ofDays(90)));
    }

    @Test
    void timeouts_allSet_areAsSet() {
        Timeouts remembered = new Timeouts(Duration.ofDays(1), Duration.ofDays(2));

        settings.idleTimeout(Duration.ofMinutes(1)).remembered(remembered).absoluteTimeout(Duration.ofHours(1));

        assertThat(settings.usualTimeouts()).isEqualTo(new Timeouts(Duration.ofMinutes(1), Duration.ofHours(1)));
        assertThat(settings.rememberedTimeouts()).isEqualTo(remembered);
    }

    @Test
    void usualTimeouts_idleLongerThanAbsolute_isRefused() {
        settings.idleTimeout(Duration.ofHours(2)).absoluteTimeout(Duration.ofHours(1));

        assertThatIllegalArgumentException().isThrownBy(settings::usualTimeouts).withMessageContaining("idle timeout");
    }

    @Test
    void timeouts_atTheirBounds_areTakenAndRefusedBeyond() {
        Duration second = Duration.ofSeconds(1);
        Duration longest = Duration.ofDays(36_525);

        assertThat(new Timeouts(second, longest).absolute()).isEqualTo(longest);
        assertThatIllegalArgumentException().isThrownBy(() -> new Timeouts(second.minusNanos(1), longest));
        assertThatIllegalArgumentException().isThrownBy(() -> new Timeouts(second, longest.plusNanos(1)));
    }

    @Test
    void others_set_areThose() {
        Timeouts usual = settings.usualTimeouts();
        Timeouts shorter = new Timeouts(Duration.ofMinutes(1), Duration.ofMinutes(2));
        RenewalPolicy never = identity -> Optional.empty();

        assertThat(settings.shortened((login, timeouts) -> shorter)
                        .renewals(never)
                        .limit(LoginLimit.endingOldestBeyond(3))
                        .grace(Duration.ofSeconds(3)))
                .isSameAs(settings);
        assertThat(settings.limit()).isEqualTo(LoginLimit.endingOldestBeyond(3));
        assertThat(settings.grace()).isEqualTo(Duration.ofSeconds(3));

        assertThat(settings.shortened().apply(Login.of("ada"), usual)).isEqualTo(shorter);
        assertThat(settings.renewals()).isSameAs(never);
    }

    @Test
    void others_nothingSet_haveTheirDefaults() {
        Timeouts usual = settings.usualTimeouts();

        assertThat(settings.shortened().apply(Login.of("ada"), usual)).isEqualTo(usual);
        assertThat(settings.limit()).isEqualTo(LoginLimit.endingLeastRecentlySeenBeyond(100));
        assertThat(settings.grace()).isEqualTo(Duration.ofSeconds(10));
    }
}
