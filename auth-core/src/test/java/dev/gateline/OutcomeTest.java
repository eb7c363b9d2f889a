package dev.gateline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutcomeTest {
    private final Outcome<String> accepted = Outcome.accepted("ada");
    private final Outcome<String> rejected = Outcome.rejected(Rejection.EXPIRED);

    @Test
    void fold_accepted_appliesTheFirst() {
        assertThat(accepted.<String>fold(value -> "hi " + value, Rejection::name))
                .isEqualTo("hi ada");
    }

    @Test
    void fold_rejected_appliesTheSecond() {
        assertThat(rejected.<String>fold(value -> "hi " + value, Rejection::name))
                .isEqualTo("EXPIRED");
    }

    @Test
    void map_accepted_changesTheValue() {
        assertThat(accepted.map(String::length)).isEqualTo(Outcome.accepted(3));
    }

    @Test
    void map_rejected_isNotAsked() {
        Outcome<String> mapped = rejected.map(value -> {
            throw new AssertionError("asked");
        });
        assertThat(mapped).isEqualTo(rejected);
    }

    @Test
    void then_accepted_isTheNextAnswer() {
        assertThat(accepted.then(value -> Outcome.rejected(Rejection.REVOKED)))
                .isEqualTo(Outcome.rejected(Rejection.REVOKED));
        assertThat(accepted.then(value -> Outcome.accepted(7))).isEqualTo(Outcome.accepted(7));
    }

    @Test
    void then_rejected_isNotAsked() {
        Outcome<String> next = rejected.then(value -> {
            throw new AssertionError("asked");
        });
        assertThat(next).isEqualTo(rejected);
    }

    @Test
    void toOptional_andRejection_tellTheCasesApart() {
        assertThat(accepted.toOptional()).contains("ada");
        assertThat(accepted.rejection()).isEmpty();
        assertThat(rejected.toOptional()).isEmpty();
        assertThat(rejected.rejection()).contains(Rejection.EXPIRED);
    }

    @Test
    void equals_sameReasonWithAnotherDetail_isEqual() {
        assertThat(Outcome.rejected(Rejection.EXPIRED, "exp: a day ago"))
                .isEqualTo(rejected)
                .hasSameHashCodeAs(rejected)
                .isNotEqualTo(Outcome.rejected(Rejection.REVOKED, "exp: a day ago"));
    }
}
