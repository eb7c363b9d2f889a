package dev.gateline.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gateline.Grant;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.Rejection;
import dev.gateline.Timeouts;
import dev.gateline.kit.MutableClock;
import dev.gateline.store.Storage;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Each bound of a setting on both sides. */
class SessionBoundsTest {
    private static final Duration NANO = Duration.ofNanos(1);

    private final MutableClock clock = new MutableClock();

    private SessionAuthenticator gate(UnaryOperator<SessionAuthenticatorBuilder> setting) {
        return setting.apply(SessionAuthenticator.builder(Storage.inMemory(10)).clock(clock))
                .build();
    }

    private void takes(UnaryOperator<SessionAuthenticatorBuilder> setting) {
        try (SessionAuthenticator gate = gate(setting)) {
            Grant grant = gate.login(Login.of("ada"));
            assertThat(gate.authenticate(grant.access()).rejection()).isEmpty();
        }
    }

    private void refuses(UnaryOperator<SessionAuthenticatorBuilder> setting, String what, Object was) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> gate(setting).close())
                .withMessageContaining(what)
                .withMessageContaining(was.toString());
    }

    @Test
    void rotateEvery_fromASecondMoreThanTheGrace_isTaken() {
        Duration least = Duration.ofSeconds(11);
        takes(it -> it.rotateEvery(least));
        takes(it -> it.rotateEvery(Duration.ofDays(36_525)));
        refuses(it -> it.rotateEvery(least.minus(NANO)), "rotate every", least.minus(NANO));
        Duration longer = Duration.ofDays(36_525).plus(NANO);
        refuses(it -> it.rotateEvery(longer), "rotate every", longer);
    }

    @Test
    void seenInterval_fromNothingToAnHour_isTaken() {
        takes(it -> it.seenInterval(Duration.ZERO));
        takes(it -> it.seenInterval(Duration.ofHours(1)));
        refuses(it -> it.seenInterval(NANO.negated()), "seen interval", NANO.negated());
        Duration longer = Duration.ofHours(1).plus(NANO);
        refuses(it -> it.seenInterval(longer), "seen interval", longer);
    }

    @Test
    void realm_upTo32LettersDigitsAndHyphens_isTaken() {
        for (String good : new String[] {"", "staff", "a-1-Z", "x".repeat(32)}) {
            takes(it -> it.realm(good));
        }
        for (String bad : new String[] {"x".repeat(33), "a b", "v:", "a_b", "\u00e9", "\u0661", "a\u0000"}) {
            refuses(it -> it.realm(bad), "realm", bad);
        }
    }

    @Test
    void isRenewalDue_atTheInterval_andNotBefore() {
        SessionAuthenticator gate = gate(it -> it.rotateEvery(Duration.ofMinutes(3)));
        Grant grant = gate.login(Login.of("ada"));
        Identity identity = gate.authenticate(grant.access()).toOptional().orElseThrow();

        clock.advance(Duration.ofMinutes(3).minus(NANO));
        assertThat(gate.isRenewalDue(grant.access(), identity)).isFalse();
        clock.advance(NANO);
        assertThat(gate.isRenewalDue(grant.access(), identity)).isTrue();
    }

    @Test
    void remembered_notSet_isTheLongerOfTheUsualAndAMonth() {
        Login login = Login.builder("ada").remembered(true).build();

        assertThat(gate(it -> it).login(login).endsAt())
                .isEqualTo(clock.instant().plus(Duration.ofDays(30)));
        assertThat(gate(it -> it.absoluteTimeout(Duration.ofDays(40)))
                        .login(login)
                        .endsAt())
                .isEqualTo(clock.instant().plus(Duration.ofDays(40)));
    }

    /** Uses are noted often enough for that login, whatever is usual. */
    @Test
    void shortened_idleTimeoutBelowTheSeenInterval_doesNotEndALoginInUse() {
        SessionAuthenticator gate =
                gate(it -> it.shortened((login, usual) -> new Timeouts(Duration.ofSeconds(50), usual.absolute())));
        Grant grant = gate.login(Login.of("ada"));

        for (int i = 0; i < 20; i++) {
            clock.advance(Duration.ofSeconds(20));
            assertThat(gate.authenticate(grant.access()).rejection())
                    .as("use %d", i)
                    .isEmpty();
        }
        clock.advance(Duration.ofSeconds(50));
        assertThat(gate.authenticate(grant.access()).rejection()).contains(Rejection.EXPIRED);
    }
}
