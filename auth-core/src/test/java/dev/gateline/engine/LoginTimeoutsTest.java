package dev.gateline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Timeouts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LoginTimeoutsTest {

    private static LoginTimeouts of(
            @Nullable Duration idle, @Nullable Duration absolute, @Nullable Timeouts remembered) {
        return LoginTimeouts.withDefaults(idle, absolute, remembered, (login, usual) -> usual);
    }

    @Test
    void withDefaults_nothingSet_areThoseOfTheStandards() {
        LoginTimeouts all = of(null, null, null);

        assertThat(all.usual()).isEqualTo(new Timeouts(Duration.ofMinutes(30), Duration.ofHours(12)));
        assertThat(all.remembered()).isEqualTo(new Timeouts(Duration.ofDays(14), Duration.ofDays(30)));
    }

    @Test
    void withDefaults_absoluteShorterThanTheDefaultIdle_isTheIdleToo() {
        assertThat(of(null, Duration.ofMinutes(10), null).usual())
                .isEqualTo(new Timeouts(Duration.ofMinutes(10), Duration.ofMinutes(10)));
    }

    @Test
    void withDefaults_usualLongerThanRemembered_isTakenForThatLimit() {
        assertThat(of(Duration.ofDays(20), Duration.ofDays(25), null).remembered())
                .isEqualTo(new Timeouts(Duration.ofDays(20), Duration.ofDays(30)));
        assertThat(of(Duration.ofDays(1), Duration.ofDays(90), null).remembered())
                .isEqualTo(new Timeouts(Duration.ofDays(14), Duration.ofDays(90)));
    }

    @Test
    void withDefaults_allSet_areAsSet() {
        Timeouts remembered = new Timeouts(Duration.ofDays(1), Duration.ofDays(2));

        LoginTimeouts all = of(Duration.ofMinutes(1), Duration.ofHours(1), remembered);

        assertThat(all.usual()).isEqualTo(new Timeouts(Duration.ofMinutes(1), Duration.ofHours(1)));
        assertThat(all.remembered()).isEqualTo(remembered);
    }
}
