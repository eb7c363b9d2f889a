package dev.gateline.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gateline.Outcome;
import dev.gateline.Rejection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OneRejectionTest {
    private final List<String> told = new ArrayList<>();

    private Outcome<String> rejected(String by) {
        OneRejection.tell(() -> told.add(by));
        return Outcome.rejected(Rejection.UNKNOWN);
    }

    @Test
    void of_severalRejections_tellsTheLastOnce() {
        assertThat(OneRejection.of(() -> {
                            rejected("first");
                            return rejected("second");
                        })
                        .rejection())
                .contains(Rejection.UNKNOWN);
        assertThat(told).containsExactly("second");
    }

    @Test
    void of_acceptedAfterARejection_tellsNothing() {
        assertThat(OneRejection.of(() -> {
                            rejected("first");
                            return Outcome.accepted("ada");
                        })
                        .toOptional())
                .contains("ada");
        assertThat(told).isEmpty();
    }

    /** An authenticator of the host may ask another one for each request. */
    @Test
    void of_requestWithinARequest_isAPartOfIt() {
        assertThat(OneRejection.of(() -> {
                            Outcome<String> inner = OneRejection.of(() -> rejected("inner"));
                            assertThat(inner.rejection()).contains(Rejection.UNKNOWN);
                            assertThat(told).isEmpty();
                            return OneRejection.of(() -> Outcome.accepted("ada"));
                        })
                        .toOptional())
                .contains("ada");
        assertThat(told).isEmpty();

        assertThat(OneRejection.of(() -> OneRejection.of(() -> rejected("inner")))
                        .rejection())
                .contains(Rejection.UNKNOWN);
        assertThat(told).containsExactly("inner");
    }

    @Test
    void tell_afterARequestThatHasFailed_isToldAtOnce() {
        assertThatIllegalStateException()
                .isThrownBy(() -> OneRejection.of(() -> {
                    throw new IllegalStateException("outage");
                }));

        rejected("later");

        assertThat(told).containsExactly("later");
    }
}
