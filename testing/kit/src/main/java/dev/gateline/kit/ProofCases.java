package dev.gateline.kit;

import static dev.gateline.kit.Fixture.accepted;
import static dev.gateline.kit.Fixture.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthEvent;
import dev.gateline.AuthUnavailableException;
import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A client that proves nothing ends nothing, and learns nothing about a login but its id, which is public. */
interface ProofCases extends Fixtures {

    @Test
    default void logout_forgedCredential_endsNothing() {
        Fixture at = fixture();
        Grant grant = at.login("ada");

        assertRejected(at.gate().logout(Fixture.forged(grant.access())), Rejection.BAD_SIGNATURE, Rejection.UNKNOWN);
        assertRejected(at.gate().logout(Fixture.forged(grant.renewal())), Rejection.UNKNOWN);

        at.assertLive(grant);
        at.renewed(grant);
        assertThat(at.events(AuthEvent.Ended.class)).isEmpty();
    }

    @Test
    default void login_replacingAForgedCredential_endsNothing() {
        Fixture at = fixture();
        Grant grant = at.login("ada");

        for (Credential credential : new Credential[] {grant.access(), grant.renewal()}) {
            at.assertLive(at.gate().login(Login.of("eve").replacing(Fixture.forged(credential))));
        }

        at.assertLive(grant);
        at.renewed(grant);
    }

    @Test
    default void renew_guessAtAnExpiredLogin_learnsNothing() {
        Fixture at = fixture();
        Grant grant = at.login("ada");
        at.advance(Fixture.ABSOLUTE);

        assertLearnsNothing(at, grant);
        assertRejected(at.gate().renew(grant.renewal()), Rejection.EXPIRED);
    }

    /** The row is still there: the store could not delete it. */
    @Test
    default void renew_guessAtAnEndedLogin_learnsNothing() {
        Fixture at = fixture();
        Grant grant = at.login("ada");
        at.faults().failAlways("delete");
        assertThatThrownBy(() -> at.gate().logout(grant.renewal())).isInstanceOf(AuthUnavailableException.class);
        at.faults().none();

        assertLearnsNothing(at, grant);
        assertRejected(at.gate().renew(grant.renewal()), Rejection.REVOKED);
    }

    @Test
    default void renew_guessAtALiveLoginOfAnotherUser_learnsNothing() {
        Fixture at = fixture();
        Grant grant = at.login("ada");

        assertLearnsNothing(at, grant);
        assertThat(accepted(at.gate().renew(grant.renewal())).loginId()).isEqualTo(grant.loginId());
    }

    @Test
    default void reauthenticate_provedEarlier_isNoFresherThanThat() {
        Fixture at = fixture();
        Grant grant = at.login("ada");
        at.advance(Duration.ofMinutes(4));
        Instant earlier = at.now().minus(Duration.ofMinutes(3));
        Login again = Login.builder("ada").authenticatedAt(earlier).build();

        Grant stepped = accepted(at.gate().reauthenticate(grant.renewal(), again));

        assertThat(at.identity(stepped).authenticatedAt()).isEqualTo(earlier);
        Requirement fresh = Requirement.none().authenticatedWithin(Duration.ofMinutes(2));
        assertRejected(at.gate().authenticate(stepped.access(), fresh), Rejection.INSUFFICIENT);
    }

    @Test
    default void reauthenticate_provedInTheFuture_countsAsNow() {
        Fixture at = fixture();
        Grant grant = at.login("ada");
        Login again = Login.builder("ada")
                .authenticatedAt(at.now().plus(Duration.ofHours(1)))
                .build();

        Grant stepped = accepted(at.gate().reauthenticate(grant.renewal(), again));

        assertThat(at.identity(stepped).authenticatedAt()).isEqualTo(at.now());
    }

    /** The grace ended ten seconds after the first use of the successor. Another minute is for clocks that differ. */
    @Test
    default void renew_ticketBeforeTheLastOne_isReuseAMinuteAfterItsGrace() {
        for (boolean isTheft : new boolean[] {false, true}) {
            Fixture at = fixture();
            Grant first = at.login("ada");
            Grant second = at.renewed(first);
            at.assertLive(second);
            Instant used = at.now();
            at.advance(Duration.ofSeconds(50));
            Grant third = at.renewed(second);
            at.advanceTo(used.plus(Fixture.THEFT).minusMillis(isTheft ? 0 : 1));

            assertRejected(at.gate().renew(first.renewal()), isTheft ? Rejection.REUSED : Rejection.UNKNOWN);

            assertThat(at.gate().renew(third.renewal()).toOptional().isPresent())
                    .isNotEqualTo(isTheft);
        }
    }

    private static void assertLearnsNothing(Fixture at, Grant grant) {
        Credential guess = Fixture.withGarbageSecret(grant.renewal());
        assertRejected(at.gate().renew(guess), Rejection.UNKNOWN);
        assertRejected(at.gate().refresh(guess), Rejection.UNKNOWN);
        assertRejected(at.gate().reauthenticate(guess, Login.of("eve")), Rejection.UNKNOWN);
        assertRejected(at.gate().logout(guess), Rejection.UNKNOWN);
        assertThat(at.gate().authenticate(guess).rejection().orElseThrow())
                .isNotIn(Rejection.EXPIRED, Rejection.REVOKED, Rejection.REUSED);
    }
}
