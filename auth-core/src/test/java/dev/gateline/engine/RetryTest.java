package dev.gateline.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthUnavailableException;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.store.Written;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryTest {
    private final List<Boolean> attempts = new ArrayList<>();

    @Test
    void untilNobodyComesFirst_othersAlwaysDo_isAnOutageThatCountsTheAttempts() {
        assertThatThrownBy(() -> Retry.untilNobodyComesFirst(first -> {
                    attempts.add(first);
                    return Retry.after(Written.STALE, "done");
                }))
                .isInstanceOf(AuthUnavailableException.class)
                .satisfies(e -> assertThat(e).hasMessageContaining(" " + attempts.size() + " writes"));
        assertThat(attempts).startsWith(true, false).containsOnlyOnce(true);
    }

    @Test
    void untilNobodyComesFirst_attemptThatDecides_isTheLast() {
        Outcome<String> outcome = Retry.untilNobodyComesFirst(first -> {
            attempts.add(first);
            return Retry.after(first ? Written.STALE : Written.DONE, "done");
        });

        assertThat(outcome.toOptional()).contains("done");
        assertThat(attempts).containsExactly(true, false);
    }

    @Test
    void after_rowThatIsGone_isRejected() {
        assertThat(Retry.untilNobodyComesFirst(first -> Retry.after(Written.GONE, "done"))
                        .rejection())
                .contains(Rejection.UNKNOWN);
    }
}
