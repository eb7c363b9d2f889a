package dev.gateline.kit;

import static dev.gateline.kit.Fixture.accepted;
import static dev.gateline.kit.Fixture.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.AuthEvent;
import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.LoginId;
import dev.gateline.LoginInfo;
import dev.gateline.LoginLimit;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Cases of logout, of lists of logins and of endings. Nothing brings an ended login back. */
interface EndingCases extends Fixtures {

    @Test
    default void logout_withAccess_endsTheLoginAtOnce() {
        Fixture at = fixture();
        Grant grant = at.login("ada");
        at.assertLive(grant);

        at.gate().logout(grant.access());

        at.assertDead(grant);
        assertThat(at.live("ada")).isEmpty();
    }

    @Test
    default void logout_withRenewal_endsTheLoginAtOnce() {
        Fixture at = fixture();
        Grant grant = at.login("ada");
        at.assertLive(grant);

        at.gate().logout(grant.renewal());

        at.assertDead(grant);
    }

    @Test
    default void logout_withExpiredAccess_stillEndsTheLogin() {
        Fixture at = fixture();
        Grant first = at.login("ada");
        at.advanceTo(first.accessExpiresAt().minusSeconds(1));
        Grant second = at.renewed(first);
        at.assertLive(second);
        at.advanceTo(first.accessExpiresAt().plusSeconds(1));

        at.gate().logout(first.access());

        at.assertDead(second);
        assertThat(at.live("ada")).isEmpty();
    }

    @Test
    default void logout_withPredecessor_endsTheLogin() {
        Fixture at = fixture();
        Grant first = at.login("ada");
        Grant second = at.renewed(first);

        at.gate().logout(first.renewal());

        at.assertDead(second);
    }

    @Test
    default void logout_earlierGrant_endsAllGrantsOfTheLogin() {
        Fixture at = fixture();
        Grant first = at.login("ada");
        Grant second = at.renewed(first);
        at.assertLive(second);

        at.gate().logout(second.access());

        at.assertDead(first);
        at.assertDead(second);
    }

    @Test
    default void logout_twice_isTheSameAsOnce() {
        Fixture at = fixture();
        Grant grant = at.login("ada");

        assertThat(accepted(at.gate().logout(grant.access()))).isEqualTo(grant.loginId());
        assertDoneOrUnknown(at.gate().logout(grant.access()), grant);
        assertRejected(at.gate().logout(grant.renewal()), Rejection.UNKNOWN);

        at.assertDead(grant);
    }

    @Test
    default void logout_endedOtherwiseBefore_isDoneOrUnknown() {
        Fixture at = fixture();
        Grant grant = at.login("ada");
        at.logins().endAll("ada");

        assertDoneOrUnknown(at.gate().logout(grant.access()), grant);
        at.assertDead(grant);
    }

    /** A token proves by its signature that there was a login. A ticket proves it by the row alone. */
    private static void assertDoneOrUnknown(Outcome<LoginId> again, Grant grant) {
        assertThat(again).isIn(Outcome.accepted(grant.loginId()), Outcome.rejected(Rejection.UNKNOWN));
    }

    /** The id of a login is public. It must not tell anybody whether the login lives, has ended or ever existed. */
    @Test
    default void logout_guess_isTheSameForALoginThatLivesHasEndedOrNeverWas() {
        Fixture at = fixture();
        Grant live = at.login("ada");
        Grant ended = at.login("ada");
        at.logins().end(ended.loginId());
        Grant never = fixture().login("ada");

        for (Grant grant : List.of(live, ended, never)) {
            assertThat(at.gate().logout(Fixture.withGarbageSecret(grant.renewal())))
                    .isEqualTo(Outcome.rejected(Rejection.UNKNOWN));
        }
        at.assertLive(live);
    }

    @Test
    default void logout_guess_provesNothingAndSaysSo() {
        Fixture at = fixture();
        Grant grant = at.login("ada");

        assertRejected(at.gate().logout(Fixture.withGarbageSecret(grant.renewal())), Rejection.UNKNOWN);
        assertRejected(at.gate().logout(Credential.of("x")), Rejection.MALFORMED);
        assertRejected(at.gate().logout(Credential.of("x".repeat(10_000))), Rejection.TOO_LARGE);

        assertThat(at.events(AuthEvent.Rejected.class))
                .extracting(AuthEvent.Rejected::reason)
                .containsExactly(Rejection.UNKNOWN, Rejection.MALFORMED, Rejection.TOO_LARGE);
        at.assertLive(grant);
        assertThat(at.events(AuthEvent.Ended.class)).isEmpty();
    }

    @Test
    default void logout_withATicketFromBeforeAStepUp_endsTheLogin() {
        Fixture at = fixture();
        Grant first = at.login("ada");
        Grant second = at.renewed(first);
        Grant stepped = accepted(at.gate().reauthenticate(second.renewal(), Login.of("ada")));
        Grant again = accepted(at.gate().reauthenticate(stepped.renewal(), Login.of("ada")));

        assertThat(accepted(at.gate().logout(first.renewal()))).isEqualTo(first.loginId());

        at.assertDead(again);
        assertThat(at.live("ada")).isEmpty();
        assertThat(at.events(AuthEvent.Ended.class))
                .extracting(AuthEvent.Ended::subject)
                .containsExactly("ada");
    }

    /** One of the two comes first. Either it ends the login, or the other one finds no login. */
    @Test
    default void logout_whileReauthenticating_nothingLivesOnceItHasReturned() {
        Race.repeat(300, () -> {
            Fixture at = fixture();
            Grant first = at.login("ada");

            List<Outcome<?>> outcomes = Race.run(
                    () -> at.gate().logout(first.renewal()),
                    () -> at.gate().reauthenticate(first.renewal(), Login.of("ada")));

            assertThat(outcomes.get(0).rejection()).isEmpty();
            assertThat(at.live("ada")).isEmpty();
        });
    }

    @Test
    default void logout_oneDevice_leavesTheOthers() {
        Fixture at = fixture();
        Grant phone = at.login("ada");
        Grant laptop = at.login("ada");
        Grant stranger = at.login("grace");

        at.gate().logout(phone.access());

        at.assertDead(phone);
        at.assertLive(laptop);
        at.assertLive(stranger);
    }

    @Test
    default void logout_foreignCredential_endsNothing() {
        Fixture at = fixture();
        Grant grant = at.login("ada");

        at.gate().logout(fixture().login("ada").access());
        at.gate().logout(Credential.of("x"));
        at.gate().logout(Credential.of("x".repeat(10_000)));

        at.assertLive(grant);
    }

    @Test
    default void logout_longAgo_isStillOut() {
        Fixture at = fixture();
        Grant grant = at.login("ada");
        at.gate().logout(grant.access());

        for (int i = 0; i < 100; i++) {
            at.advance(Duration.ofMinutes(1));
            at.login("someone");
            at.gate().logout(at.login("else").access());
            at.assertDead(grant);
        }
    }

    @Test
    default void logins_ofASubject_areListedNewestFirstWithoutASecret() {
        Fixture at = fixture();
        Grant phone = at.gate()
                .login(Login.builder("ada").client("Phone").methods("pwd").build());
        at.advance(Duration.ofSeconds(1));
        Grant laptop = at.gate()
                .login(Login.builder("ada").client("Laptop").remembered(true).build());
        at.login("grace");

        List<LoginInfo> logins = at.live("ada");

        assertThat(logins).extracting(LoginInfo::id).containsExactly(laptop.loginId(), phone.loginId());
        assertThat(logins).extracting(LoginInfo::client).containsExactly("Laptop", "Phone");
        assertThat(logins.get(1).methods()).containsExactly("pwd");
        assertThat(logins.get(1).startedAt()).isEqualTo(at.now().minusSeconds(1));
        assertThat(logins.get(0).remembered()).isTrue();
        assertThat(logins.get(0).expiresAt()).isAfter(at.now());
        assertThat(logins.get(0).id()).isEqualTo(at.identity(laptop).loginId());
        String secret = phone.renewal().reveal();
        assertThat(logins.toString()).doesNotContain(secret.substring(secret.lastIndexOf('.') + 1));
    }

    @Test
    default void logins_ofAStranger_areNone() {
        assertThat(fixture().live("nobody")).isEmpty();
    }

    @Test
    default void logins_expired_areNotListed() {
        Fixture at = fixture();
        at.login("ada");
        at.advance(Fixture.IDLE);

        assertThat(at.live("ada")).isEmpty();
    }

    @Test
    default void logins_startedConcurrently_areAllListed() {
        Fixture at = fixture();

        Race.run(64, () -> at.login("ada"));

        assertThat(at.live("ada")).hasSize(64);
        at.logins().endAll("ada");
        assertThat(at.live("ada")).isEmpty();
    }

    @Test
    default void logins_startedAndEndedConcurrently_leaveNoTrace() {
        Fixture at = fixture();

        Race.run(16, () -> {
            for (int i = 0; i < 50; i++) {
                at.gate().logout(at.login("ada").access());
            }
            return at;
        });

        assertThat(at.live("ada")).isEmpty();
    }

    @Test
    default void end_byId_endsThatLogin() {
        Fixture at = fixture();
        Grant one = at.login("ada");
        Grant two = at.login("ada");

        at.logins().end(one.loginId());
        at.logins().end(one.loginId());
        at.logins().end(new LoginId("A".repeat(22)));

        at.assertDead(one);
        at.assertLive(two);
    }

    @Test
    default void end_oneOfManyLogins_readsNoOther() {
        Fixture at = fixture();
        Grant one = at.login("ada");
        Grant other = at.login("ada");
        at.faults().failAlways("findBySubject");

        at.logins().end("ada", one.loginId());
        at.gate().logout(at.login("ada").access());

        at.faults().none();
        at.assertDead(one);
        at.assertLive(other);
    }

    @Test
    default void end_asTheOwner_endsOnlyOnesOwn() {
        Fixture at = fixture();
        Grant hers = at.login("ada");

        assertThat(at.logins().end("grace", hers.loginId())).isFalse();
        at.assertLive(hers);

        assertThat(at.logins().end("ada", hers.loginId())).isTrue();
        at.assertDead(hers);
        assertThat(at.logins().end("ada", hers.loginId())).isFalse();
    }

    @Test
    default void endAll_thenLoginInTheSameInstant_theOldAreDeadAndTheNewLives() {
        Fixture at = fixture();
        Grant one = at.login("ada");
        Grant two = at.renewed(at.login("ada"));
        Grant stranger = at.login("grace");

        at.logins().endAll("ada");
        Grant fresh = at.login("ada");

        at.assertDead(one);
        at.assertDead(two);
        at.assertLive(fresh);
        at.assertLive(stranger);
        at.renewed(fresh);
        assertThat(at.live("ada")).hasSize(1);
    }

    @Test
    default void endAll_manyTimesInTheSameInstant_endsEachTime() {
        Fixture at = fixture();
        List<Grant> grants = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            grants.add(at.login("ada"));
            at.logins().endAll("ada");
        }

        grants.forEach(at::assertDead);
        at.assertLive(at.login("ada"));
    }

    @Test
    default void endAll_longAgo_isStillOutAndLaterOnesEndToo() {
        Fixture at = fixture();
        Grant before = at.login("ada");
        at.logins().endAll("ada");
        Grant between = at.login("ada");
        for (int i = 0; i < 20; i++) {
            at.advance(Fixture.IDLE.minusMinutes(1));
            between = at.renewed(between);
            at.logins().endAll("someone");
            at.logins().endAll("else");
            at.assertDead(before);
            if (i == 10) {
                break;
            }
        }

        at.logins().endAll("ada");

        at.assertDead(between);
        assertThat(at.live("ada")).isEmpty();
        at.assertLive(at.login("ada"));
    }

    @Test
    default void endEverybody_thenLoginsInTheSameInstant_theOldAreDeadAndTheNewLive() {
        Fixture at = fixture();
        Grant ada = at.login("ada");
        Grant renewed = at.renewed(at.login("ada"));
        Grant grace = at.login("grace");
        at.assertLive(grace);

        at.logins().endEverybody();

        List<Grant> all = List.of(ada, renewed, grace);
        all.forEach(at::assertDead);
        all.forEach(grant -> assertRejected(at.gate().refresh(grant.renewal()), Rejection.REVOKED));
        assertThat(at.live("ada")).isEmpty();
        assertThat(at.live("grace")).isEmpty();
        Grant fresh = at.login("ada");
        at.assertLive(at.renewed(fresh));
        assertThat(at.live("ada")).hasSize(1);
        assertThat(at.events(AuthEvent.EverybodyEnded.class)).hasSize(1);
    }

    @Test
    default void endEverybody_longAgo_isStillOut() {
        Fixture at = fixture();
        Grant before = at.gate().login(Login.builder("ada").remembered(true).build());
        at.logins().endEverybody();
        for (int i = 0; i < 9; i++) {
            at.advance(Duration.ofDays(1));
            at.gate().logout(at.login("someone").access());
            at.assertDead(before);
        }
    }

    @Test
    default void endEverybody_beyondALimit_countsNoneOfThem() {
        Fixture at = fixture(LoginLimit.refusingBeyond(2));
        at.login("ada");
        at.login("ada");

        at.logins().endEverybody();

        at.login("ada");
        at.assertLive(at.login("ada"));
    }

    @Test
    default void endEverybody_whileLoggingInAndRenewing_endsWhatWasThereBefore() {
        Race.repeat(100, () -> {
            Fixture at = fixture();
            Grant before = at.login("ada");

            List<Optional<Grant>> results = Race.run(
                    () -> at.gate().renew(before.renewal()).toOptional(),
                    () -> {
                        at.logins().endEverybody();
                        return Optional.<Grant>empty();
                    },
                    () -> Optional.of(at.login("grace")));

            at.assertDead(before);
            results.get(0).ifPresent(at::assertDead);
            Grant during = results.get(2).orElseThrow();
            boolean live = at.gate().authenticate(during.access()).toOptional().isPresent();
            assertThat(at.live("grace")).hasSize(live ? 1 : 0);
        });
    }

    @Test
    default void endOthers_leavesTheOneToKeep() {
        Fixture at = fixture();
        Grant one = at.login("ada");
        Grant keep = at.login("ada");
        Grant three = at.login("ada");
        Grant stranger = at.login("grace");

        at.logins().endOthers("ada", keep.loginId());

        at.assertDead(one);
        at.assertDead(three);
        at.assertLive(keep);
        at.assertLive(stranger);
    }

    @Test
    default void logout_whileRenewing_nothingLivesOnceItHasReturned() {
        Race.repeat(300, () -> {
            Fixture at = fixture();
            Grant grant = at.login("ada");

            List<Optional<Grant>> results = Race.run(
                    () -> at.gate().renew(grant.renewal()).toOptional(),
                    () -> {
                        at.gate().logout(grant.renewal());
                        return Optional.<Grant>empty();
                    },
                    () -> at.gate().renew(grant.renewal()).toOptional());

            at.assertDead(grant);
            results.forEach(result -> result.ifPresent(at::assertDead));
            assertThat(at.live("ada")).isEmpty();
        });
    }

    @Test
    default void logout_whileAuthenticating_nothingLivesOnceItHasReturned() {
        Race.repeat(300, () -> {
            Fixture at = fixture();
            Grant grant = at.renewed(at.login("ada"));
            at.advance(Duration.ofMinutes(2));

            Race.run(
                    () -> at.gate().authenticate(grant.access()).toOptional().isPresent(),
                    () -> {
                        at.gate().logout(grant.access());
                        return true;
                    },
                    () -> at.gate().authenticate(grant.access()).toOptional().isPresent());

            at.assertDead(grant);
        });
    }

    @Test
    default void endAll_whileLoggingInAndRenewing_endsWhatWasThereBefore() {
        Race.repeat(300, () -> {
            Fixture at = fixture();
            Grant before = at.login("ada");

            List<Optional<Grant>> results = Race.run(
                    () -> at.gate().renew(before.renewal()).toOptional(),
                    () -> {
                        at.logins().endAll("ada");
                        return Optional.<Grant>empty();
                    },
                    () -> Optional.of(at.login("ada")));

            at.assertDead(before);
            results.get(0).ifPresent(at::assertDead);
            Grant during = results.get(2).orElseThrow();
            boolean live = at.gate().authenticate(during.access()).toOptional().isPresent();
            assertThat(at.live("ada")).hasSize(live ? 1 : 0);
            at.advance(Duration.ofMinutes(20));
            assertThat(at.gate().renew(during.renewal()).toOptional().isPresent())
                    .isEqualTo(live);
        });
    }

    @Test
    default void endAll_whileLoginIsBeingWritten_neverLeavesAHalfDeadLogin() {
        Fixture at = fixture();
        Faults.Hold hold = at.faults().hold("insert");

        List<Optional<Grant>> results = Race.run(() -> Optional.of(at.login("ada")), () -> {
            hold.awaitArrival();
            at.logins().endAll("ada");
            hold.release();
            return Optional.<Grant>empty();
        });

        Grant grant = results.get(0).orElseThrow();
        at.assertLive(grant);
        at.advance(Duration.ofMinutes(20));
        at.assertLive(at.renewed(grant));
    }

    @Test
    default void logout_whileARotationIsInFlight_isNotUndoneByIt() {
        Fixture at = fixture();
        Grant grant = at.login("ada");
        Faults.Hold hold = at.faults().hold("replace");

        List<Optional<Outcome<Grant>>> results =
                Race.run(() -> Optional.of(at.gate().renew(grant.renewal())), () -> {
                    hold.awaitArrival();
                    at.gate().logout(grant.renewal());
                    hold.release();
                    return Optional.<Outcome<Grant>>empty();
                });

        assertThat(results.get(0).orElseThrow().toOptional()).isEmpty();
        at.assertDead(grant);
        assertThat(at.live("ada")).isEmpty();
    }

    @Test
    default void logout_whileANoteOfUseIsInFlight_isNotUndoneByIt() {
        Fixture at = fixture();
        Grant first = at.login("ada");
        Grant grant = at.renewed(first);
        at.assertLive(grant);
        accepted(at.gate().refresh(grant.renewal()));
        at.advance(Duration.ofSeconds(5));
        Faults.Hold hold = at.faults().hold("replace");

        Race.run(() -> at.gate().refresh(grant.renewal()).toOptional().isPresent(), () -> {
            hold.awaitArrival();
            at.gate().logout(grant.renewal());
            hold.release();
            return true;
        });

        at.assertDead(grant);
        at.assertDead(first);
        assertThat(at.live("ada")).isEmpty();
    }

    @Test
    default void reauthenticate_whileEnding_isNotAWayBack() {
        Race.repeat(200, () -> {
            Fixture at = fixture();
            Grant grant = at.login("ada");

            List<Optional<Grant>> results = Race.run(
                    () -> at.gate()
                            .reauthenticate(grant.renewal(), Login.of("ada"))
                            .toOptional(),
                    () -> {
                        at.logins().end(grant.loginId());
                        return Optional.<Grant>empty();
                    });

            results.get(0).ifPresent(at::assertDead);
            at.assertDead(grant);
        });
    }

    @Test
    default void logout_ofARenewedLogin_isRejectedOnEveryCredentialThereEverWas() {
        Fixture at = fixture();
        List<Grant> grants = new ArrayList<>();
        grants.add(at.login("ada"));
        for (int i = 0; i < 5; i++) {
            grants.add(accepted(at.gate().renew(grants.get(i).renewal())));
            at.assertLive(grants.get(i + 1));
            at.advance(Fixture.REST);
        }

        at.gate().logout(grants.get(5).renewal());

        grants.forEach(at::assertDead);
    }
}
