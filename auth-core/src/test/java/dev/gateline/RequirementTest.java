package dev.gateline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequirementTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private static Identity proved(Instant at, String... methods) {
        return new Identity("ada", new LoginId("id"), at, at, NOW.plus(HOUR), List.of(methods), Claims.none());
    }

    private static boolean meets(Requirement requirement, Identity identity) {
        Outcome<Identity> outcome = requirement.checkProof(Outcome.accepted(identity), NOW);
        assertThat(outcome).isIn(Outcome.accepted(identity), Outcome.rejected(Rejection.INSUFFICIENT));
        return outcome.toOptional().isPresent();
    }

    @Test
    void none_anyIdentity_isEnough() {
        assertThat(meets(Requirement.none(), proved(Instant.EPOCH))).isTrue();
        assertThat(Requirement.none().isAuthoritative()).isFalse();
        assertThat(Requirement.none().maxAge()).isEmpty();
    }

    @Test
    void authenticatedWithin_exactlyThatOld_isEnoughAndANanosecondOlderIsNot() {
        Requirement fresh = Requirement.none().authenticatedWithin(HOUR);
        assertThat(meets(fresh, proved(NOW.minus(HOUR)))).isTrue();
        assertThat(meets(fresh, proved(NOW.minus(HOUR).minusNanos(1)))).isFalse();
        assertThat(fresh.maxAge()).contains(HOUR);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void authenticatedWithin_notPositive_isRefused(long seconds) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Requirement.none().authenticatedWithin(Duration.ofSeconds(seconds)))
                .withMessageStartingWith("age: ");
    }

    @Test
    void authenticatedWithin_longestDuration_doesNotOverflow() {
        assertThat(meets(
                        Requirement.none().authenticatedWithin(ChronoUnit.FOREVER.getDuration()),
                        proved(Instant.EPOCH.plusSeconds(1))))
                .isTrue();
    }

    @Test
    void authenticatedWithin_proofAtAnUnknownTime_isNeverMet() {
        Duration longest = ChronoUnit.FOREVER.getDuration();
        assertThat(meets(Requirement.none().authenticatedWithin(longest), proved(Instant.EPOCH)))
                .isFalse();
        assertThat(proved(Instant.EPOCH).authenticatedWithin(longest)).isFalse();
    }

    @Test
    void check_identityAlone_isJudgedByFreshnessAndMethods() {
        Identity ada = proved(NOW, "pwd");
        assertThat(Requirement.none().methods("pwd").check(ada, NOW)).isEqualTo(Outcome.accepted(ada));
        assertThat(Requirement.none().methods("otp").check(ada, NOW).rejection())
                .contains(Rejection.INSUFFICIENT);
    }

    @Test
    void check_authoritative_isRefusedAndNotSkipped() {
        Requirement authoritative = Requirement.none().methods("pwd").authoritative();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> authoritative.check(proved(NOW, "pwd"), NOW))
                .withMessageContaining("authenticate");
    }

    @Test
    void methods_allOfThem_areNeeded() {
        Requirement both = Requirement.none().methods("pwd", "otp");
        assertThat(meets(both, proved(NOW, "otp", "pwd", "hwk"))).isTrue();
        assertThat(meets(both, proved(NOW, "pwd"))).isFalse();
        assertThat(meets(both, proved(NOW))).isFalse();
        assertThat(meets(both, proved(NOW, "PWD", "OTP"))).isFalse();
    }

    @Test
    void methods_saidTwice_adds() {
        Requirement both = Requirement.none().methods("pwd").methods("otp");
        assertThat(meets(both, proved(NOW, "otp"))).isFalse();
        assertThat(meets(both, proved(NOW, "pwd", "otp"))).isTrue();
    }

    @Test
    void authenticatedWithin_saidTwice_theShorterCounts() {
        Duration minute = Duration.ofMinutes(1);
        assertThat(Requirement.none()
                        .authenticatedWithin(minute)
                        .authenticatedWithin(HOUR)
                        .maxAge())
                .contains(minute);
        assertThat(Requirement.none()
                        .authenticatedWithin(HOUR)
                        .authenticatedWithin(minute)
                        .maxAge())
                .contains(minute);
    }

    @Test
    void eachMethod_keepsWhatTheOthersSaid() {
        Requirement all = Requirement.none().authoritative().methods("pwd").authenticatedWithin(HOUR);
        assertThat(all.isAuthoritative()).isTrue();
        assertThat(meets(all, proved(NOW, "pwd"))).isTrue();
        assertThat(meets(all, proved(NOW, "otp"))).isFalse();
        assertThat(meets(all, proved(NOW.minus(HOUR).minusSeconds(1), "pwd"))).isFalse();
        assertThat(meets(all.authoritative(), proved(NOW, "otp"))).isFalse();
    }

    @Test
    void authoritative_original_isUnchanged() {
        Requirement.none().authoritative().methods("pwd");
        assertThat(Requirement.none().isAuthoritative()).isFalse();
    }
}
