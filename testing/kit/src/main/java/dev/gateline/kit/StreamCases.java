package dev.gateline.kit;

import static dev.gateline.kit.Fixture.accepted;
import static dev.gateline.kit.Fixture.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gateline.AuthEvent;
import dev.gateline.AuthUnavailableException;
import dev.gateline.EndReason;
import dev.gateline.Ending;
import dev.gateline.Grant;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginLimit;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.Verifier.Listening;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Cases of streams that stay open long after their credential was proved. The host rechecks them, and hears of endings.
 */
interface StreamCases extends Fixtures {

    @Test
    default void recheck_liveLogin_isThatIdentity() {
        Fixture at = fixture();
        Identity identity =
                at.identity(at.gate().login(Login.builder("ada").claim("a", 1).build()));

        Identity again = accepted(at.gate().recheck(identity));

        assertThat(again.subject()).isEqualTo("ada");
        assertThat(again.loginId()).isEqualTo(identity.loginId());
        assertThat(again.claims()).isEqualTo(identity.claims());
        assertThat(accepted(at.gate().recheck(again, Requirement.none().authoritative())))
                .isEqualTo(again);
    }

    /** By then the use of the handshake's credential would be theft. */
    @Test
    default void recheck_afterManyRotations_isLiveAndNoTheft() {
        Fixture at = fixture();
        Grant grant = at.login("ada");
        Identity identity = at.identity(grant);
        for (int i = 0; i < 5; i++) {
            at.advance(Duration.ofMinutes(15));
            grant = at.renewed(grant);
            at.assertLive(grant);
            accepted(at.gate().recheck(identity));
        }

        assertThat(at.events(AuthEvent.ReuseDetected.class)).isEmpty();
        at.assertLive(grant);
    }

    @Test
    default void recheck_anyEnding_isRejectedWithoutAnEvent() {
        List<Consumer<Fixture>> endings = List.of(
                at -> at.logins().end(at.live("ada").get(0).id()),
                at -> at.logins().endAll("ada"),
                at -> at.logins().endEverybody());
        for (Consumer<Fixture> ending : endings) {
            Fixture at = fixture();
            Identity identity = at.identity(at.login("ada"));

            ending.accept(at);

            assertRejected(at.gate().recheck(identity), Rejection.UNKNOWN, Rejection.REVOKED);
            assertThat(at.events(AuthEvent.Rejected.class)).isEmpty();
        }
    }

    @Test
    default void recheck_idle_isNoUseAndExpires() {
        Fixture at = fixture();
        Identity identity = at.identity(at.login("ada"));
        at.advance(Fixture.IDLE.minusMillis(1));
        accepted(at.gate().recheck(identity));
        at.advance(Duration.ofMillis(1));

        assertRejected(at.gate().recheck(identity), Rejection.EXPIRED);
    }

    @Test
    default void recheck_proofTooOld_isInsufficientUntilTheStreamIsOpenedAgain() {
        Fixture at = fixture();
        Grant grant = at.login("ada");
        Identity identity = at.identity(grant);
        Requirement fresh = Requirement.none().authenticatedWithin(Duration.ofMinutes(5));
        at.advance(Duration.ofMinutes(5));
        accepted(at.gate().recheck(identity, fresh));
        at.advance(Duration.ofSeconds(1));
        assertRejected(at.gate().recheck(identity, fresh), Rejection.INSUFFICIENT);

        Grant stepped = accepted(at.gate().reauthenticate(grant.renewal(), Login.of("ada")));

        assertRejected(at.gate().recheck(identity, fresh), Rejection.REVOKED);
        accepted(at.gate().recheck(at.identity(stepped), fresh));
    }

    /** A thief opens a stream with the stolen credential. The proof of the owner does not count for that stream. */
    @Test
    default void recheck_openedBeforeAStepUp_isRevokedAndNeverRaised() {
        Fixture at = fixture();
        Grant stolen = at.login("ada");
        Identity thief = at.identity(stolen);
        Login keeper = Login.builder("ada")
                .methods("pwd", "otp")
                .claim("roles", List.of("keeper"))
                .build();
        Grant first = accepted(at.gate().reauthenticate(stolen.renewal(), keeper));
        Identity between = at.identity(first);
        accepted(at.gate().recheck(between));
        Grant second = accepted(at.gate().reauthenticate(at.renewed(first).renewal(), keeper));

        for (Identity earlier : List.of(thief, between)) {
            assertRejected(at.gate().recheck(earlier), Rejection.REVOKED);
            assertRejected(at.gate().recheck(earlier, Requirement.none().authoritative()), Rejection.REVOKED);
            assertRejected(at.gate().recheck(earlier, Requirement.none().methods("otp")), Rejection.REVOKED);
        }
        assertThat(accepted(at.gate().recheck(at.identity(second))).roles()).containsExactly("keeper");
        at.assertLive(second);
    }

    @Test
    default void recheck_stepUpThatFailed_goesOnUntilOneSucceeds() {
        Fixture at = fixture();
        Grant grant = at.login("ada");
        Identity stream = at.identity(grant);
        for (int i = 0; i < 2; i++) {
            at.faults().failAlways("revoke");
            assertThatExceptionOfType(AuthUnavailableException.class)
                    .isThrownBy(() -> at.gate().reauthenticate(grant.renewal(), Login.of("ada")));
            at.faults().none();
            assertThat(accepted(at.gate().recheck(stream)).methods()).isEqualTo(stream.methods());
        }

        accepted(at.gate().reauthenticate(grant.renewal(), Login.of("ada")));

        assertRejected(at.gate().recheck(stream), Rejection.REVOKED);
    }

    @Test
    default void onEnded_stepUp_isToldAndConcernsEarlierStreamsAlone() throws InterruptedException {
        Fixture at = fixture();
        BlockingQueue<Ending> heard = listening(at);
        Grant grant = at.login("ada");
        Identity earlier = at.identity(grant);
        Identity other = at.identity(at.login("ada"));

        Grant stepped = accepted(at.gate().reauthenticate(grant.renewal(), Login.of("ada")));

        Ending told = heard.poll(20, TimeUnit.SECONDS);
        assertThat(told).isEqualTo(new Ending.OfStepUp(grant.loginId(), earlier.stepUps()));
        assertThat(told.mayConcern(earlier)).isTrue();
        assertThat(told.mayConcern(at.identity(stepped))).isFalse();
        assertThat(told.mayConcern(other)).isFalse();
    }

    @Test
    default void recheck_ofNobodyKnown_isUnknown() {
        Fixture at = fixture();
        Identity ours = at.identity(at.login("ada"));
        Identity made = new Identity(
                "ada",
                ours.loginId(),
                ours.authenticatedAt(),
                ours.issuedAt(),
                ours.expiresAt(),
                List.of(),
                ours.claims());

        assertRejected(at.gate().recheck(made), Rejection.UNKNOWN);
        assertRejected(fixture().gate().recheck(ours), Rejection.UNKNOWN);
    }

    @Test
    default void recheck_storeDown_isUnavailableAndNotLoggedOut() {
        Fixture at = fixture();
        Identity identity = at.identity(at.login("ada"));
        at.faults().down();

        assertThatExceptionOfType(AuthUnavailableException.class)
                .isThrownBy(() -> at.gate().recheck(identity, Requirement.none().authoritative()));
    }

    @Test
    default void onEnded_eachEnding_isToldWithItsReason() throws InterruptedException {
        Fixture at = fixture(LoginLimit.endingOldestBeyond(2));
        BlockingQueue<Ending> heard = listening(at);
        Grant first = at.login("ada");
        at.gate().logout(first.access());
        assertOne(heard, first, EndReason.LOGGED_OUT);

        Grant second = at.login("ada");
        at.logins().end("ada", second.loginId());
        assertOne(heard, second, EndReason.ENDED);

        Grant third = at.login("ada");
        at.advance(Duration.ofSeconds(1));
        Grant fourth =
                at.gate().login(Login.builder("ada").replaces(third.renewal()).build());
        assertOne(heard, third, EndReason.REPLACED);

        at.advance(Duration.ofSeconds(1));
        at.login("ada");
        at.advance(Duration.ofSeconds(1));
        Grant last = at.login("ada");
        assertOne(heard, fourth, EndReason.LIMIT);

        at.decideRenewals(identity -> Optional.empty());
        assertRejected(at.gate().renew(last.renewal()), Rejection.REVOKED);
        assertOne(heard, last, EndReason.POLICY);
    }

    @Test
    default void onEnded_theft_isToldAsReuse() throws InterruptedException {
        Fixture at = fixture();
        BlockingQueue<Ending> heard = listening(at);
        Grant first = at.login("ada");
        at.assertLive(at.renewed(first));
        at.advance(Fixture.THEFT);

        assertRejected(at.gate().renew(first.renewal()), Rejection.REUSED);

        assertOne(heard, first, EndReason.REUSED);
    }

    /**
     * Listens, and waits for the first report of the feed, that endings may have been missed. From then on the listener
     * hears every ending.
     */
    private static BlockingQueue<Ending> listening(Fixture at) throws InterruptedException {
        BlockingQueue<Ending> heard = new LinkedBlockingQueue<>();
        Listening unused = at.gate().onEnded(heard::add);
        Grant probe;
        do {
            probe = at.login("somebody");
            at.gate().logout(probe.access());
        } while (!isHeard(heard, probe));
        return heard;
    }

    private static boolean isHeard(BlockingQueue<Ending> heard, Grant probe) throws InterruptedException {
        Ending ending;
        do {
            ending = heard.poll(20, TimeUnit.SECONDS);
            assertThat(ending).isNotNull();
            if (ending instanceof Ending.OfLogin login && login.loginId().equals(probe.loginId())) {
                return true;
            }
        } while (!(ending instanceof Ending.OfSome));
        return false;
    }

    private static void assertOne(BlockingQueue<Ending> heard, Grant ended, EndReason reason)
            throws InterruptedException {
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(new Ending.OfLogin(ended.loginId(), reason));
    }

    @Test
    default void onEnded_endingsOfMany_concernThoseAlone() throws InterruptedException {
        Fixture at = fixture();
        Identity ada = at.identity(at.login("ada"));
        Identity grace = at.identity(at.login("grace"));
        BlockingQueue<Ending> heard = listening(at);

        at.logins().endAll("ada");
        Ending ofAda = heard.poll(20, TimeUnit.SECONDS);
        at.logins().endEverybody();
        Ending ofAll = heard.poll(20, TimeUnit.SECONDS);

        assertThat(ofAda).isNotNull();
        assertThat(ofAda.mayConcern(ada)).isTrue();
        assertThat(ofAda.mayConcern(grace)).isFalse();
        assertThat(ofAll).isNotNull();
        assertThat(ofAll.mayConcern(grace)).isTrue();
    }

    @Test
    default void onEnded_listenerThatHasGone_hearsNoMore() throws InterruptedException {
        Fixture at = fixture();
        BlockingQueue<Ending> gone = new LinkedBlockingQueue<>();
        Listening first = at.gate().onEnded(gone::add);
        BlockingQueue<Ending> heard = listening(at);
        first.close();
        gone.clear();
        first.close();
        Grant grant = at.login("ada");

        at.gate().logout(grant.access());

        assertOne(heard, grant, EndReason.LOGGED_OUT);
        assertThat(gone).isEmpty();
    }
}
