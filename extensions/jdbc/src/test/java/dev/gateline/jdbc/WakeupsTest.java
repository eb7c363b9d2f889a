package dev.gateline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.kit.Race;
import org.junit.jupiter.api.Test;

class WakeupsTest {
    private final Wakeups wakeups = new Wakeups();

    @Test
    void take_severalAtOnce_isTakenByOne() {
        assertThat(Race.run(16, wakeups::take)).containsOnlyOnce(true);
    }

    @Test
    void take_afterAPublicationThatFailed_isTakenByTheNext() {
        assertThat(wakeups.take()).isTrue();
        wakeups.giveBack();

        assertThat(wakeups.take()).isTrue();
    }

    @Test
    void take_readersAreAwake_isNotTaken() {
        wakeups.found();

        assertThat(wakeups.take()).isFalse();
    }
}
