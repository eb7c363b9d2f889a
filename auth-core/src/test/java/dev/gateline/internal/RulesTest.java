package dev.gateline.internal;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RulesTest {
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofMinutes(1);

    private static void within(Duration was) {
        Rules.within("grace", was, LEAST, MOST);
    }

    @Test
    void within_onTheBounds_isTaken() {
        assertThatNoException().isThrownBy(() -> within(LEAST));
        assertThatNoException().isThrownBy(() -> within(MOST));
    }

    @Test
    void within_beyondABound_isRefusedByNameRuleAndValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> within(LEAST.minusNanos(1)))
                .withMessage("grace: PT1S to PT1M, was PT0.999999999S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> within(MOST.plusNanos(1)))
                .withMessage("grace: PT1S to PT1M, was PT1M0.000000001S");
    }

    @Test
    void require_broken_isRefusedInItsWords() {
        assertThatNoException().isThrownBy(() -> Rules.require(true, "a lane is needed"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rules.require(false, "a lane is needed"))
                .withMessage("a lane is needed");
    }
}
