package dev.gateline.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SteadyTimeTest {
    private static final long NOW = 1_767_225_600_000_000L;
    private static final long HOUR = TimeUnit.HOURS.toMicros(1);
    private static final long MINUTE = TimeUnit.MINUTES.toMicros(1);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    private final SteadyTime time = new SteadyTime(nanos::get);

    private void pass(long micros) {
        nanos.addAndGet(TimeUnit.MICROSECONDS.toNanos(micros));
    }

    @Test
    void at_first_isAnHourBehind() {
        assertThat(time.at(NOW)).isEqualTo(NOW - HOUR);
    }

    @Test
    void at_later_goesTwiceAsFastAsTheMonotonicClock() {
        time.at(NOW);
        pass(10 * MINUTE);

        assertThat(time.at(NOW + 10 * MINUTE)).isEqualTo(NOW - 40 * MINUTE);
        assertThat(time.at(NOW + 10 * MINUTE)).as("at once again").isEqualTo(NOW - 40 * MINUTE);
    }

    @Test
    void at_onceItHasCaughtUp_isTheClock() {
        time.at(NOW);
        pass(HOUR - 1);
        assertThat(time.at(NOW + HOUR)).isEqualTo(NOW + HOUR - 2);
        pass(1);

        assertThat(time.at(NOW + HOUR)).isEqualTo(NOW + HOUR);
        assertThat(time.at(NOW + HOUR - 1)).as("a clock put back").isEqualTo(NOW + HOUR - 1);
    }

    @Test
    void at_clockFarAheadForAWhile_gainsNoMoreThanTheTimeThatPassed() {
        time.at(NOW);
        pass(MINUTE);
        assertThat(time.at(NOW + 1_000 * HOUR)).isEqualTo(NOW - HOUR + 2 * MINUTE);

        assertThat(time.at(NOW + MINUTE)).isEqualTo(NOW - HOUR + 2 * MINUTE);
    }

    @Test
    void at_clockFarBehindForAWhile_isHeldUpForThatWhileOnly() {
        time.at(NOW);
        assertThat(time.at(NOW - 10 * HOUR)).isEqualTo(NOW - 10 * HOUR);
        pass(MINUTE);

        assertThat(time.at(NOW)).isEqualTo(NOW - HOUR + 2 * MINUTE);
    }

    @Test
    void at_noTimeIsKnownYet_doesNotBegin() {
        assertThat(time.at(0)).isZero();
        pass(HOUR);

        assertThat(time.at(NOW)).isEqualTo(NOW - HOUR);
    }
}
