package dev.gateline.kit;

import static dev.gateline.kit.Fixture.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Activity;
import dev.gateline.AuthEvent;
import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.Requirement;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An answer from memory is that of {@code authenticate}, or none: it lets nobody in whom the store would refuse. */
interface MemoryCases extends Fixtures {

    private static Optional<Identity> tried(Fixture at, Credential access) {
        return tried(at, access, Requirement.none());
    }

    private static Optional<Identity> tried(Fixture at, Credential access, Requirement requirement) {
        return at.gate().tryAuthenticate(access, requirement, Activity.USER);
    }

    /** A login that memory may know. */
    private static Grant known(Fixture at) {
        Grant grant = at.login("ada");
        at.assertLive(grant);
        return grant;
    }

    @Test
    default void tryAuthenticate_liveLogin_isTheAnswerOfAuthenticateOrNone() {
        Fixture at = fixture();
        Grant grant = known(at);

        Optional<Identity> memory = tried(at, grant.access());

        Identity identity = accepted(at.gate().authenticate(grant.access()));
        assertThat(memory.orElse(identity)).isEqualTo(identity);
    }

    @Test
    default void tryAuthenticate_endedLogin_hasNoAnswer() {
        Fixture at = fixture();
        Grant loggedOut = known(at);
        Grant ended = known(at);

        at.gate().logout(loggedOut.access());
        at.gate().logins().endAll("ada");

        assertThat(tried(at, loggedOut.access())).isEmpty();
        assertThat(tried(at, ended.access())).isEmpty();
    }

    @Test
    default void tryAuthenticate_credentialFromBeforeAStepUp_hasNoAnswer() {
        Fixture at = fixture();
        Grant grant = known(at);

        accepted(at.gate().reauthenticate(grant.renewal(), Login.of("ada")));

        assertThat(tried(at, grant.access())).isEmpty();
    }

    @Test
    default void tryAuthenticate_expiredLogin_hasNoAnswer() {
        Fixture at = fixture();
        Grant grant = known(at);

        at.advance(Fixture.IDLE);

        assertThat(tried(at, grant.access())).isEmpty();
    }

    @Test
    default void tryAuthenticate_rejection_hasNoAnswerAndNoEvent() {
        Fixture at = fixture();
        Grant grant = known(at);
        at.advance(Duration.ofMinutes(2));

        assertThat(tried(at, Fixture.forged(grant.access()))).isEmpty();
        assertThat(tried(at, Credential.of("nonsense"))).isEmpty();
        assertThat(tried(at, grant.access(), Requirement.none().methods("otp"))).isEmpty();
        assertThat(tried(at, grant.access(), Requirement.none().authenticatedWithin(Duration.ofMinutes(1))))
                .isEmpty();
        assertThat(at.events(AuthEvent.Rejected.class)).isEmpty();
    }

    @Test
    default void tryAuthenticate_authoritativeRequirement_hasNoAnswer() {
        Fixture at = fixture();
        Grant grant = known(at);

        assertThat(tried(at, grant.access(), Requirement.none().authoritative()))
                .isEmpty();
    }

    @Test
    default void tryAuthenticate_storeDown_hasNoAnswerAndNoEvent() {
        Fixture at = fixture();
        Grant grant = known(at);

        at.faults().down();

        assertThat(tried(at, grant.access())).isEmpty();
        assertThat(at.events(AuthEvent.StoreUnavailable.class)).isEmpty();
    }

    @Test
    default void tryAuthenticate_rowsInMemoryThatThrow_hasNoAnswerAndTheStoreIsAsked() {
        assertThatTheStoreIsAskedInsteadOf("findInMemory");
    }

    @Test
    default void tryAuthenticate_revocationsInMemoryThatThrow_hasNoAnswerAndTheStoreIsAsked() {
        assertThatTheStoreIsAskedInsteadOf("mayBeRevoked");
    }

    private void assertThatTheStoreIsAskedInsteadOf(String memory) {
        Fixture at = fixture();
        Grant grant = known(at);
        Identity identity = accepted(at.gate().authenticate(grant.access()));

        at.faults().failAlways(memory);

        assertThat(tried(at, grant.access()).orElse(identity)).isEqualTo(identity);
        assertThat(accepted(at.gate().authenticate(grant.access()))).isEqualTo(identity);
        assertThat(at.events(AuthEvent.StoreUnavailable.class)).isEmpty();
    }
}
