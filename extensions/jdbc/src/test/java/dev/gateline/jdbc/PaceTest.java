package dev.gateline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final Pace pace = new Pace(Duration.ofMillis(300));

    @Test
    void pause_nothingFound_isTheLongest() {
        pace.note(false);
        assertThat(pace.pause()).hasMillis(300);
    }

    @Test
    void pause_afterAChange_isShortAndDoubles() {
        long[] pauses = new long[6];
        pace.note(true);
        for (int i = 0; i < pauses.length; i++) {
            pauses[i] = pace.pause().toMillis();
            pace.note(false);
        }
        assertThat(pauses).containsExactly(20, 40, 80, 160, 300, 300);
    }

    @Test
    void pause_changesAllTheTime_staysShort() {
        pace.note(true);
        pace.note(true);
        assertThat(pace.pause()).hasMillis(20);
    }

    @Test
    void pause_shortInterval_isNeverLonger() {
        Pace quick = new Pace(Duration.ofMillis(10));
        quick.note(true);
        assertThat(quick.pause()).hasMillis(10);
    }
}
