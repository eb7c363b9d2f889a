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
