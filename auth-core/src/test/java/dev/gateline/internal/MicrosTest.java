package dev.gateline.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MicrosTest {
    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z,0",
        "2026-03-01T09:00:00.123456Z,1772355600123456",
        "1969-12-31T23:59:59.999999Z,-1"
    })
    void instant_ofWholeMicroseconds_isReadAsItWasWritten(Instant instant, long micros) {
        assertThat(Micros.of(instant)).isEqualTo(micros);
        assertThat(Micros.instant(micros)).isEqualTo(instant);
        assertThat(Micros.of(instant.plusNanos(999))).isEqualTo(micros);
        assertThat(Micros.cut(instant.plusNanos(999))).isEqualTo(instant);
        assertThat(Micros.cut(instant)).isSameAs(instant);
    }

    @Test
    void of_instantThatIsTooFarAway_isAboutTheFarthest() {
        assertThat(Micros.of(Instant.MAX)).isBetween(Long.MAX_VALUE - 3_000_000, Long.MAX_VALUE);
        assertThat(Micros.of(Instant.MIN)).isBetween(Long.MIN_VALUE, Long.MIN_VALUE + 3_000_000);
    }

    @Test
    void duration_ofWholeMicroseconds_isReadAsItWasWritten() {
        Duration duration = Duration.ofHours(5).plusNanos(7_000);

        assertThat(Micros.of(duration.plusNanos(999))).isEqualTo(18_000_000_007L);
        assertThat(Micros.duration(18_000_000_007L)).isEqualTo(duration);
        assertThat(Micros.of(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
    }
}
