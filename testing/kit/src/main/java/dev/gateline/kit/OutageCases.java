package dev.gateline.kit;

import static dev.gateline.kit.Fixture.accepted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthEvent;
import dev.gateline.AuthUnavailableException;
import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.Outcome;
import dev.gateline.Requirement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Cases of a store that is down, slow or loses its answers. Nobody is logged out, nobody is let in, and no call returns
 * without its effect.
 */
interface OutageCases extends Fixtures {

    @Test
    default void authenticate_storeDown_isUnavailableAndNobodyIsLoggedOut() {
        Fixture at = fixture();
        Grant grant = at.login("ada");

        at.faults().down();
        assertUnavailable(() -> at.gate().authenticate(grant.access()));
        assertUnavailable(
                () -> at.gate().authenticate(grant.access(), Requirement.none().authoritative()));
        at.faults().none();

        at.assertLive(grant);
        assertThat(at.events(AuthEvent.StoreUnavailable.class)).hasSize(2);
        assertThat(at.events(AuthEvent.Rejected.class)).isEmpty();
    }

    @Test
    default void renew_storeDown_isUnavailableAndTheCredentialStaysGood() {
        Fixture at = fixture();
        Grant grant = at.login("ada");

        at.faults().down();
        assertUnavailable(() -> at.gate().renew(grant.renewal()));
        assertUnavailable(() -> at.gate().reauthenticate(grant.renewal(), Login.of("ada")));
        at.faults().none();

        at.assertLive(at.renewed(grant));
    }

    @Test
    default void login_storeDown_isUnavailable() {
        Fixture at = fixture();

        at.faults().down();
        assertUnavailable(() -> at.login("ada"));
        at.faults().none();

        assertThat(at.live("ada")).isEmpty();
    }

    @Test
    default void logout_storeDown_isUnavailableAndWorksAfterwards() {
        Fixture at = fixture();
        Grant grant = at.login("ada");

        at.faults().down();
        assertUnavailable(() -> at.gate().logout(grant.access()));
        assertUnavailable(() -> at.gate().logout(grant.renewal()));
        assertUnavailable(() -> at.logins().end(grant.loginId()));
        assertUnavailable(() -> at.logins().endAll("ada"));
        assertUnavailable(() -> at.logins().endEverybody());
        assertUnavailable(() -> at.logins().endOthers("ada", grant.loginId()));
        assertUnavailable(() -> at.logins().of("ada"));
        at.faults().none();

        assertThat(at.events(AuthEvent.Ended.class)).isEmpty();
        assertThat(at.events(AuthEvent.AllEnded.class)).isEmpty();
        at.gate().logout(grant.access());
        at.assertDead(grant);
    }

    @Test
    default void login_replacingWhileTheStoreIsDown_startsNothing() {
        Fixture at = fixture();
        Grant grant = at.login("ada");

        at.faults().down();
        assertUnavailable(() -> at.gate().login(Login.of("ada").replacing(grant.renewal())));
        at.faults().none();

        assertThat(at.live("ada")).hasSize(1);
        at.assertLive(grant);
    }

    @Test
    default void renew_answerLost_theRetryGetsTheSameSuccessor() {
        Fixture at = fixture();
        Grant grant = at.login("ada");

        at.faults().failAfterWriting();
        assertUnavailable(() -> at.gate().renew(grant.renewal()));
        at.advance(Fixture.GRACE);
        assertUnavailable(() -> at.gate().renew(grant.renewal()));
        at.faults().none();

        Grant successor = at.renewed(grant);
        assertThat(successor.renewal()).isNotEqualTo(grant.renewal());
        assertThat(at.renewed(grant).renewal()).isEqualTo(successor.renewal());
        at.assertLive(successor);
        assertThat(at.live("ada")).hasSize(1);
    }

    @Test
    default void logout_answerLost_isUnavailableAndTheRetryIsDone() {
        Fixture at = fixture();
        Grant grant = at.login("ada");

        at.faults().failAfterWriting();
        assertUnavailable(() -> at.gate().logout(grant.renewal()));
        at.faults().none();

        at.gate().logout(grant.renewal());
        at.assertDead(grant);
    }

    @Test
    default void login_answerLost_isUnavailable() {
        Fixture at = fixture();

        at.faults().failAfterWriting();
        assertUnavailable(() -> at.login("ada"));
        at.faults().none();

        at.assertLive(at.login("ada"));
    }

    @Test
    default void everyStoreCallOfALogin_failingOnce_isUnavailable() {
        failAtEachCall((at, grant) -> at.login("grace"), (at, grant) -> {
            at.assertLive(grant);
            at.assertLive(at.login("grace"));
        });
    }

    @Test
    default void everyStoreCallOfAnAuthentication_failingOnce_isUnavailable() {
        failAtEachCall((at, grant) -> at.gate().authenticate(grant.access()), Fixture::assertLive);
    }

    @Test
    default void everyStoreCallOfARenewal_failingOnce_leavesOneSuccessor() {
        failAtEachCall((at, grant) -> at.gate().renew(grant.renewal()), (at, grant) -> {
            Grant successor = at.renewed(grant);
            assertThat(at.renewed(grant).renewal()).isEqualTo(successor.renewal());
            at.assertLive(successor);
            assertThat(at.live("ada")).hasSize(1);
        });
    }

    @Test
    default void everyStoreCallOfAStepUp_failingOnceAndDoneAgain_endsOlderAccess() {
        failAtEachCall((at, grant) -> at.gate().reauthenticate(grant.renewal(), Login.of("ada")), (at, grant) -> {
            Grant between = accepted(at.gate().refresh(grant.renewal()));
            at.assertLive(between);
            Grant stepped = accepted(at.gate().reauthenticate(grant.renewal(), Login.of("ada")));
            at.assertDead(grant);
            at.assertDead(between);
            at.assertLive(stepped);
        });
    }

    /** Nobody knows which of the endings were written. */
    @Test
    default void reauthenticate_failedManyTimes_endsAllOlderAccessInTheEnd() {
        for (Consumer<Faults> fault :
                List.<Consumer<Faults>>of(it -> it.failAlways("revoke"), Faults::failAfterWriting)) {
            Fixture at = fixture();
            Grant grant = at.login("ada");
            List<Grant> older = new ArrayList<>(List.of(grant));
            for (int i = 0; i < 3; i++) {
                fault.accept(at.faults());
                assertUnavailable(() -> at.gate().reauthenticate(grant.renewal(), Login.of("ada")));
                at.faults().none();
                older.add(accepted(at.gate().refresh(grant.renewal())));
                at.assertLive(older.get(older.size() - 1));
            }

            Grant stepped = accepted(at.gate().reauthenticate(grant.renewal(), Login.of("ada")));

            older.forEach(at::assertDead);
            at.assertLive(stepped);
        }
    }

    @Test
    default void everyStoreCallOfALogout_failingOnce_isNeverOk() {
        failAtEachCall((at, grant) -> at.gate().logout(grant.access()), (at, grant) -> {
            at.gate().logout(grant.access());
            at.assertDead(grant);
        });
    }

    @Test
    default void everyStoreCallOfEndAll_failingOnce_isNeverOk() {
        failAtEachCall((at, grant) -> at.logins().endAll("ada"), (at, grant) -> {
            at.logins().endAll("ada");
            at.assertDead(grant);
        });
    }

    @Test
    default void everyStoreCallOfEnd_failingOnce_isNeverOk() {
        failAtEachCall((at, grant) -> at.logins().end(grant.loginId()), (at, grant) -> {
            at.logins().end(grant.loginId());
            at.assertDead(grant);
        });
    }

    @Test
    default void everyStoreCallOfReuse_failingOnce_endsTheLoginInTheEnd() {
        failAtEachCall(
                (at, grant) -> {
                    at.assertLive(at.renewed(grant));
                    at.advance(Fixture.THEFT);
                    at.gate().renew(grant.renewal());
                },
                (at, grant) -> {
                    at.gate().renew(grant.renewal());
                    at.advance(Fixture.THEFT);
                    at.gate().renew(grant.renewal());
                });
    }

    @Test
    default void ending_deletionFails_staysEndedForAsLongAsTheRowIsThere() {
        for (BiConsumer<Fixture, Grant> ending : List.<BiConsumer<Fixture, Grant>>of(
                (at, grant) -> at.gate().logout(grant.renewal()),
                (at, grant) -> at.logins().end(grant.loginId()),
                (at, grant) -> at.logins().endAll("ada"))) {
            Fixture at = fixture();
            Grant grant = at.login("ada");

            at.faults().failAlways("delete");
            assertUnavailable(() -> ending.accept(at, grant));
            at.faults().none();

            for (int i = 0; i < 20; i++) {
                at.advance(Duration.ofMinutes(1));
                at.gate().logout(at.login("someone").access());
                at.assertDead(grant);
            }
            assertThat(at.live("ada")).isEmpty();
        }
    }

    @Test
    default void end_deletionFailed_theOwnerCanTryAgain() {
        Fixture at = fixture();
        Grant grant = at.login("ada");
        at.faults().failAlways("delete");
        assertUnavailable(() -> at.logins().end("ada", grant.loginId()));
        at.faults().none();

        assertThat(at.logins().end("ada", grant.loginId())).isTrue();
        assertThat(at.logins().end("ada", grant.loginId())).isFalse();
        at.assertDead(grant);
    }

    @Test
    default void reuse_storeFailsMeanwhile_theAlarmIsRaisedAllTheSame() {
        Fixture at = fixture();
        Grant first = at.login("ada");
        at.assertLive(at.renewed(first));
        at.advance(Fixture.THEFT);

        at.faults().failAlways("delete");
        assertUnavailable(() -> at.gate().renew(first.renewal()));

        assertThat(at.events(AuthEvent.ReuseDetected.class)).hasSize(1);
    }

    @Test
    default void authenticate_slowStore_holdsUpNobodyElse() {
        Fixture at = fixture();
        Grant slow = at.login("ada");
        Grant quick = at.login("grace");
        Faults.Hold hold = at.faults().hold("replace");

        List<Optional<Outcome<Grant>>> results = Race.run(
                () -> {
                    Grant renewed = at.renewed(slow);
                    at.assertLive(renewed);
                    return Optional.of(at.gate().renew(renewed.renewal()));
                },
                () -> {
                    hold.awaitArrival();
                    at.assertLive(quick);
                    at.assertLive(at.login("joan"));
                    hold.release();
                    return Optional.<Outcome<Grant>>empty();
                });

        assertThat(results.get(0).orElseThrow().toOptional()).isPresent();
    }

    @Test
    default void garbage_storeDown_isRejectedWithoutAskingIt() {
        Fixture at = fixture();
        at.faults().down();

        assertThat(at.gate().authenticate(Credential.of("garbage")).toOptional())
                .isEmpty();
        assertThat(at.gate().renew(Credential.of("garbage")).toOptional()).isEmpty();
        at.gate().logout(Credential.of("garbage"));
    }

    @Test
    default void listener_thatThrows_breaksNothing() {
        Fixture at = fixture();
        at.letTheListenerThrow();

        Grant grant = at.renewed(at.login("ada"));
        at.assertLive(grant);
        assertThat(at.gate().authenticate(Credential.of("garbage")).toOptional())
                .isEmpty();
        at.faults().down();
        assertUnavailable(() -> at.gate().authenticate(grant.access()));
        at.faults().none();
        at.gate().logout(grant.access());

        at.assertDead(grant);
    }

    private static void assertUnavailable(Runnable action) {
        assertThatThrownBy(action::run).isInstanceOf(AuthUnavailableException.class);
    }

    /**
     * Makes the first store call of an action fail, then the second, and so on, until the action makes no more calls.
     */
    private void failAtEachCall(BiConsumer<Fixture, Grant> action, BiConsumer<Fixture, Grant> afterwards) {
        for (int call = 0; ; call++) {
            Fixture at = fixture();
            Grant grant = at.login("ada");
            at.faults().failOnceAfter(call);
            Optional<RuntimeException> failure = failureOf(() -> action.accept(at, grant));
            if (at.faults().isPending()) {
                assertThat(failure).as("there is no call %d", call).isEmpty();
                assertThat(call).as("calls").isPositive();
                return;
            }
            assertThat(failure)
                    .as("call %d failed", call)
                    .isPresent()
                    .get()
                    .isInstanceOf(AuthUnavailableException.class);
            at.faults().none();
            afterwards.accept(at, grant);
        }
    }

    private static Optional<RuntimeException> failureOf(Runnable action) {
        try {
            action.run();
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(e);
        }
    }
}
