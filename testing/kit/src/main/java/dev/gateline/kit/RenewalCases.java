package dev.gateline.kit;

import static dev.gateline.kit.Fixture.accepted;
import static dev.gateline.kit.Fixture.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.Activity;
import dev.gateline.AuthEvent;
import dev.gateline.AuthUnavailableException;
import dev.gateline.Claims;
import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.GrantCheck;
import dev.gateline.GrantTooLargeException;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginLimit;
import dev.gateline.LoginRefusedException;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.RenewalPolicy;
import dev.gateline.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Cases of renewal and of step-up. */
interface RenewalCases extends Fixtures {

    @Test
    default void renew_freshLogin_givesOtherCredentialsOfTheSameLogin() {
        Fixture at = fixture();
        Grant first = at.login("ada");

        Grant second = at.renewed(first);

        assertThat(second.loginId()).isEqualTo(first.loginId());
        assertThat(second.renewal()).isNotEqualTo(first.renewal());
        assertThat(second.access()).isNotEqualTo(first.access());
        at.assertLive(second);
        assertThat(at.live("ada")).hasSize(1);
    }

    @Test
    default void renew_identity_keepsTheProofAndTheClaims() {
        Fixture at = fixture();
        Grant first = at.gate()
                .login(Login.builder("ada")
                        .methods("pwd")
                        .claim("tenant", "north")
                        .build());
        Identity before = at.identity(first);
        at.advance(Duration.ofMinutes(3));

        Identity after = at.identity(at.renewed(first));

        assertThat(after.authenticatedAt()).isEqualTo(before.authenticatedAt());
        assertThat(after.methods()).isEqualTo(before.methods());
        assertThat(after.claims()).isEqualTo(before.claims());
        assertThat(after.issuedAt()).isEqualTo(at.now());
    }

    @Test
    default void renew_requirementOfFreshness_isNotMetByRenewal() {
        Fixture at = fixture();
        Grant grant = at.login("ada");
        at.advance(Duration.ofMinutes(3));
        grant = at.renewed(grant);

        Requirement fresh = Requirement.none().authenticatedWithin(Duration.ofMinutes(2));

        assertRejected(at.gate().authenticate(grant.access(), fresh), Rejection.INSUFFICIENT);
    }

    @Test
    default void renew_sameCredentialTwice_givesTheSameSuccessor() {
        Fixture at = fixture();
        Grant first = at.login("ada");

        assertThat(at.renewed(first).renewal()).isEqualTo(at.renewed(first).renewal());
    }

    @Test
    default void renew_64Threads_getOneAndTheSameSuccessor() {
        Race.repeat(20, () -> {
            Fixture at = fixture();
            Grant first = at.login("ada");

            List<Grant> successors = Race.run(64, () -> at.renewed(first));

            assertThat(new HashSet<>(successors.stream().map(Grant::renewal).toList()))
                    .hasSize(1);
            successors.forEach(at::assertLive);
            assertThat(at.live("ada")).hasSize(1);
        });
    }

    @Test
    default void renew_successorWithinTheGrace_isNotRotatedAgain() {
        Fixture at = fixture();
        Grant first = at.login("ada");
        Grant second = at.renewed(first);

        Grant third = at.renewed(second);
        Grant lateTab = at.renewed(first);

        assertThat(third.renewal()).isEqualTo(second.renewal());
        assertThat(lateTab.renewal()).isEqualTo(second.renewal());
        at.assertLive(third);
        at.assertLive(lateTab);
    }

    @Test
    default void renew_handedOutLately_isNotRotatedAgain() {
        Fixture at = fixture();
        Grant second = at.renewed(at.login("ada"));
        at.assertLive(second);
        at.advance(Fixture.REST.minusMillis(1));

        assertThat(at.renewed(second).renewal()).isEqualTo(second.renewal());
    }

    @Test
    default void renew_notHandedOutLately_rotatesAgain() {
        Fixture at = fixture();
        Grant second = at.renewed(at.login("ada"));
        at.assertLive(second);
        at.advance(Fixture.REST);

        assertThat(at.renewed(second).renewal()).isNotEqualTo(second.renewal());
    }

    @Test
    default void renew_predecessorJustBeforeTheGraceEnds_isGood() {
        Fixture at = fixture();
        Grant first = at.login("ada");
        Grant second = at.renewed(first);
        at.assertLive(second);
        at.advance(Fixture.GRACE.minusMillis(1));

        assertThat(at.renewed(first).renewal()).isEqualTo(second.renewal());
    }

    @Test
    default void renew_predecessorAfterTheGrace_isReuseAndEndsTheLogin() {
        Fixture at = fixture();
        Grant first = at.login("ada");
        Grant second = at.renewed(first);
        at.assertLive(second);
        at.advance(Fixture.THEFT);

        assertRejected(at.gate().renew(first.renewal()), Rejection.REUSED);

        at.assertDead(second);
        assertThat(at.live("ada")).isEmpty();
        assertThat(at.events(AuthEvent.ReuseDetected.class)).hasSize(1).allSatisfy(event -> {
            assertThat(event.loginId()).isEqualTo(first.loginId());
            assertThat(event.subject()).isEqualTo("ada");
        });
    }

    /** Two tabs at two nodes whose clocks differ are no thief. */
    @Test
    default void renew_predecessorWithinTheSkewAfterTheGrace_isRefusedAndEndsNothing() {
        Fixture at = fixture();
        Grant first = at.login("ada");
        Grant second = at.renewed(first);
        at.assertLive(second);
        for (Duration late : List.of(Fixture.GRACE, Fixture.THEFT.minusMillis(1))) {
            Instant used = at.now();
            at.advance(late);
            assertRejected(at.gate().renew(first.renewal()), Rejection.UNKNOWN);
            at.advanceTo(used);
        }

        at.assertLive(second);
        assertThat(at.events(AuthEvent.ReuseDetected.class)).isEmpty();
    }

    /** The client never got the answer, and comes back later. */
    @Test
    default void renew_answerLostAndAskedAgainMuchLater_givesTheSuccessor() {
        Fixture at = fixture();
        Grant first = at.login("ada");
        Grant lost = at.renewed(first);
        at.advance(Fixture.IDLE.minusSeconds(1));

        Grant again = at.renewed(first);

        assertThat(again.renewal()).isEqualTo(lost.renewal());
        at.assertLive(again);
        assertThat(at.events(AuthEvent.ReuseDetected.class)).isEmpty();
    }

    @Test
    default void renew_answersLostAgainAndAgain_neverEndsAnything() {
        Fixture at = fixture();
        Grant grant = at.login("ada");
        for (int i = 0; i < 5; i++) {
            for (int lost = 0; lost < 3; lost++) {
                at.renewed(grant);
                at.advance(Duration.ofMinutes(7));
            }
            grant = at.renewed(grant);
            at.assertLive(grant);
            at.advance(Duration.ofMinutes(7));
        }

        at.assertLive(at.renewed(grant));
        assertThat(at.events(AuthEvent.ReuseDetected.class)).isEmpty();
    }

    @Test
    default void renew_ancestorOfManyGenerations_isReuseAndEndsTheLogin() {
        Fixture at = fixture();
        Grant first = at.login("ada");
        Grant grant = first;
        for (int i = 0; i < 20; i++) {
            grant = at.renewed(grant);
            at.assertLive(grant);
            at.advance(Fixture.REST);
        }
        at.advance(Fixture.THEFT);

        assertRejected(at.gate().renew(first.renewal()), Rejection.REUSED);

        at.assertDead(grant);
    }

    @Test
    default void renew_reuse_leavesOtherLoginsOfTheSubjectAlone() {
        Fixture at = fixture();
        Grant other = at.login("ada");
        Grant first = at.login("ada");
        at.assertLive(at.renewed(first));
        at.advance(Fixture.THEFT);

        assertRejected(at.gate().renew(first.renewal()), Rejection.REUSED);

        at.assertLive(other);
    }

    @Test
    default void renew_justBeforeIdleExpiry_isAccepted() {
        Fixture at = fixture();
        Grant grant = at.login("ada");
        at.advance(Fixture.IDLE.minusMillis(1));

        at.assertLive(at.renewed(grant));
    }

    @Test
    default void renew_atIdleExpiry_isExpired() {
        Fixture at = fixture();
        Grant grant = at.login("ada");
        at.advance(Fixture.IDLE);

        assertRejected(at.gate().renew(grant.renewal()), Rejection.EXPIRED);
        assertThat(at.live("ada")).isEmpty();
    }

    @Test
    default void renew_always_resetsTheIdleTimeout() {
        Fixture at = fixture();
        Grant grant = at.login("ada");
        for (int i = 0; i < 3; i++) {
            at.advance(Fixture.IDLE.minusSeconds(1));
            grant = at.renewed(grant);
        }

        at.assertLive(grant);
    }

    @Test
    default void renew_forEver_endsAtTheAbsoluteLimit() {
        Fixture at = fixture();
        Grant grant = at.login("ada");
        Instant end = at.now().plus(Fixture.ABSOLUTE);
        while (at.now().plus(Duration.ofMinutes(20)).isBefore(end)) {
            at.advance(Duration.ofMinutes(20));
            grant = at.renewed(grant);
            assertThat(grant.accessExpiresAt()).isBeforeOrEqualTo(end);
            assertThat(grant.renewalExpiresAt()).isBeforeOrEqualTo(end);
        }
        at.advanceTo(end.minusSeconds(1));
        grant = at.renewed(grant);
        at.assertLive(grant);

        at.advanceTo(end);

        assertRejected(at.gate().authenticate(grant.access()), Rejection.EXPIRED);
        assertRejected(at.gate().renew(grant.renewal()), Rejection.EXPIRED);
    }

    @Test
    default void renew_unknownLogin_isUnknown() {
        Grant foreign = fixture().login("ada");

        assertRejected(fixture().gate().renew(foreign.renewal()), Rejection.UNKNOWN);
    }

    @Test
    default void refresh_always_keepsTheRenewalCredential() {
        Fixture at = fixture();
        Grant first = at.login("ada");
        at.advance(Duration.ofMinutes(20));

        Grant fresh = accepted(at.gate().refresh(first.renewal()));

        assertThat(fresh.renewal()).isEqualTo(first.renewal());
        assertThat(fresh.loginId()).isEqualTo(first.loginId());
        at.assertLive(fresh);
    }

    @Test
    default void refresh_answersLostForLong_neverLooksLikeTheft() {
        Fixture at = fixture();
        Grant grant = at.login("ada");
        for (int i = 0; i < 5; i++) {
            at.advance(Duration.ofMinutes(20));
            at.assertLive(accepted(at.gate().refresh(grant.renewal())));
        }

        at.renewed(grant);
        assertThat(at.events(AuthEvent.ReuseDetected.class)).isEmpty();
    }

    @Test
    default void refresh_predecessorWithinTheGrace_leadsToTheCurrentOne() {
        Fixture at = fixture();
        Grant first = at.login("ada");
        Grant second = at.renewed(first);

        assertThat(accepted(at.gate().refresh(first.renewal())).renewal()).isEqualTo(second.renewal());
    }

    @Test
    default void refresh_tradedBeforeTheGrace_isReuse() {
        Fixture at = fixture();
        Grant first = at.login("ada");
        Grant second = at.renewed(first);
        at.assertLive(second);
        at.advance(Fixture.THEFT);

        assertRejected(at.gate().refresh(first.renewal()), Rejection.REUSED);

        at.assertDead(second);
    }

    @Test
    default void refresh_expiredGarbageOrEnded_isRejected() {
        Fixture at = fixture();
        Grant grant = at.login("ada");

        assertRejected(at.gate().refresh(Fixture.withGarbageSecret(grant.renewal())), Rejection.UNKNOWN);
        assertRejected(at.gate().refresh(Credential.of("garbage")), Rejection.MALFORMED);
        at.advance(Fixture.IDLE);
        assertRejected(at.gate().refresh(grant.renewal()), Rejection.EXPIRED);
        Grant other = at.login("ada");
        at.gate().logout(other.renewal());
        assertThat(at.gate().refresh(other.renewal()).toOptional()).isEmpty();
    }

    @Test
    default void renewal_policyWithOtherClaims_changesThemAndNotTheProof() {
        Fixture at = fixture();
        Grant first = at.gate()
                .login(Login.builder("ada")
                        .methods("pwd")
                        .claim("role", "keeper")
                        .build());
        Instant proved = at.now();
        at.decideRenewals(identity -> Optional.of(Claims.of(
                Map.of("role", "visitor", "was", identity.claims().text("role").orElseThrow()))));
        at.advance(Duration.ofMinutes(3));

        for (Grant grant : List.of(accepted(at.gate().refresh(first.renewal())), at.renewed(first))) {
            Identity identity = at.identity(grant);
            assertThat(identity.claims().text("role")).contains("visitor");
            assertThat(identity.authenticatedAt()).isEqualTo(proved);
            assertThat(identity.methods()).containsExactly("pwd");
        }
    }

    @Test
    default void renewal_policyThatVetoes_endsTheLogin() {
        Fixture at = fixture();
        Grant renewed = at.login("ada");
        Grant refreshed = at.login("ada");
        at.decideRenewals(identity -> Optional.empty());

        assertRejected(at.gate().renew(renewed.renewal()), Rejection.REVOKED);
        assertRejected(at.gate().refresh(refreshed.renewal()), Rejection.REVOKED);
        at.decideRenewals(RenewalPolicy.unchanged());

        at.assertDead(renewed);
        at.assertDead(refreshed);
        assertThat(at.events(AuthEvent.Ended.class)).hasSize(2);
    }

    @Test
    default void renewal_policyThatFails_isAnOutageAndTheCredentialStaysGood() {
        Fixture at = fixture();
        Grant grant = at.login("ada");
        at.decideRenewals(identity -> {
            throw new IllegalStateException("the user database is down");
        });

        assertThatThrownBy(() -> at.gate().renew(grant.renewal())).isInstanceOf(AuthUnavailableException.class);
        at.decideRenewals(RenewalPolicy.unchanged());

        at.assertLive(at.renewed(grant));
    }

    @Test
    default void renewal_claimsThatGrowToTheLargest_areTaken() {
        Fixture at = fixture();
        Grant grant = at.login("ada");
        Claims largest = Claims.of(Map.of("note", "x".repeat(Login.MAX_CLAIMS_SIZE - 11)));
        assertThat(largest.size()).isEqualTo(Login.MAX_CLAIMS_SIZE);
        at.decideRenewals(identity -> Optional.of(largest));
        at.advance(Duration.ofMinutes(1));

        assertThat(at.identity(accepted(at.gate().renew(grant.renewal()))).claims())
                .isEqualTo(largest);
    }

    @Test
    default void renewal_claimsThatGrowTooLarge_isAnOutageThatSaysHowLargeAndEndsNothing() {
        Fixture at = fixture();
        Grant grant = at.login("ada");
        at.decideRenewals(identity -> Optional.of(Claims.of(Map.of("roles", "x".repeat(4_000)))));
        at.advance(Duration.ofMinutes(1));

        for (Supplier<Outcome<Grant>> trade : List.<Supplier<Outcome<Grant>>>of(
                () -> at.gate().renew(grant.renewal()), () -> at.gate().refresh(grant.renewal()))) {
            assertThatThrownBy(trade::get)
                    .isInstanceOf(AuthUnavailableException.class)
                    .hasMessageContaining("3072")
                    .hasMessageContaining("4012");
        }

        assertThat(at.events(AuthEvent.ClaimsTooLarge.class)).hasSize(2).allSatisfy(event -> {
            assertThat(event.loginId()).isEqualTo(grant.loginId());
            assertThat(event.size()).isEqualTo(4_012);
            assertThat(event.limit()).isEqualTo(Login.MAX_CLAIMS_SIZE);
        });
        at.decideRenewals(RenewalPolicy.unchanged());
        at.advance(Fixture.THEFT);
        at.assertLive(at.renewed(grant));
    }

    @Test
    default void renew_grantThatDoesNotFit_changesNothing() {
        Fixture at = fixture();
        Grant grant = at.login("ada");
        at.advance(Duration.ofMinutes(1));
        GrantCheck tooSmall = made -> {
            throw new GrantTooLargeException("the grant, in pages", 7, 5);
        };

        assertThatThrownBy(() -> at.gate().renew(grant.renewal(), tooSmall))
                .isInstanceOf(AuthUnavailableException.class);
        assertThatThrownBy(() -> at.gate().refresh(grant.renewal(), Activity.USER, tooSmall))
                .isInstanceOf(AuthUnavailableException.class);
        assertThatThrownBy(() -> at.gate().reauthenticate(grant.renewal(), Login.of("ada"), tooSmall))
                .isInstanceOf(LoginRefusedException.class);

        assertThat(at.events(AuthEvent.ClaimsTooLarge.class))
                .extracting(AuthEvent.ClaimsTooLarge::size)
                .containsExactly(7, 7);
        assertThat(at.live("ada"))
                .hasSize(1)
                .allSatisfy(login ->
                        assertThat(login.lastSeenAt()).isEqualTo(at.now().minus(Duration.ofMinutes(1))));
        at.advance(Fixture.THEFT);
        at.assertLive(grant);
        at.assertLive(at.renewed(grant));
        assertThat(at.events(AuthEvent.ReuseDetected.class)).isEmpty();
    }

    @Test
    default void login_grantThatDoesNotFit_isNoneAndEndsNoOther() {
        Fixture at = fixture(LoginLimit.endingOldestBeyond(1));
        Grant first = at.login("ada");
        at.advance(Duration.ofMinutes(1));
        Login again = Login.builder("ada").replaces(first.renewal()).build();

        for (Login login : List.of(again, Login.of("ada"))) {
            assertThatThrownBy(() -> at.gate().login(login, made -> {
                        throw new GrantTooLargeException("the grant, in pages", 7, 5);
                    }))
                    .isInstanceOf(LoginRefusedException.class);
        }

        at.assertLive(first);
        assertThat(at.live("ada")).hasSize(1);
    }

    @Test
    default void refresh_inTheBackground_putsOffNoIdleTimeout() {
        Fixture at = fixture();
        Grant grant = at.login("ada");
        Instant end = at.now().plus(Fixture.IDLE);
        while (at.now().plus(Duration.ofMinutes(1)).isBefore(end)) {
            at.advance(Duration.ofMinutes(1));
            Grant fresh = accepted(at.gate().refresh(grant.renewal(), Activity.BACKGROUND, GrantCheck.any()));
            assertThat(fresh.accessExpiresAt()).isBeforeOrEqualTo(end);
            at.assertIdentity(fresh, Activity.BACKGROUND);
        }
        at.advance(Duration.ofMinutes(1));

        assertRejected(at.gate().refresh(grant.renewal(), Activity.BACKGROUND, GrantCheck.any()), Rejection.EXPIRED);
    }

    @Test
    default void renewal_policyWithReservedClaims_isAnOutageThatNamesThem() {
        Fixture at = fixture();
        Grant grant = at.login("ada");
        at.decideRenewals(identity -> Optional.of(Claims.of(Map.of("exp", 1))));

        assertThatThrownBy(() -> at.gate().renew(grant.renewal()))
                .isInstanceOf(AuthUnavailableException.class)
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .hasRootCauseMessage("claim 'exp' is set by Gateline itself");
        at.decideRenewals(RenewalPolicy.unchanged());

        at.assertLive(at.renewed(grant));
    }

    /** ASVS 7.2.4. */
    @Test
    default void reauthenticate_olderAccess_isWorthNothingAfterwards() {
        Fixture at = fixture();
        Grant first = at.login("ada");
        Grant refreshed = accepted(at.gate().refresh(first.renewal()));
        Grant other = at.login("ada");
        at.assertLive(first);
        at.assertLive(refreshed);

        Grant second = accepted(at.gate().reauthenticate(first.renewal(), Login.of("ada")));
        Grant again = accepted(at.gate().refresh(second.renewal()));
        at.assertLive(again);
        Grant third = accepted(at.gate().reauthenticate(second.renewal(), Login.of("ada")));

        for (Grant old : List.of(first, refreshed, second, again)) {
            assertRejected(at.gate().authenticate(old.access()), Rejection.REVOKED, Rejection.UNKNOWN);
        }
        at.assertLive(third);
        at.assertLive(at.renewed(third));
        at.assertLive(other);
    }

    @Test
    default void reauthenticate_sameSubject_isTheSameLoginWithTheNewProof() {
        Fixture at = fixture();
        Grant first = at.gate()
                .login(Login.builder("ada").methods("pwd").claim("level", 1).build());
        at.advance(Duration.ofMinutes(3));

        Grant stepped = accepted(at.gate()
                .reauthenticate(
                        first.renewal(),
                        Login.builder("ada")
                                .methods("pwd", "otp")
                                .claim("level", 2)
                                .build()));

        Identity identity = at.identity(stepped);
        assertThat(identity.loginId()).isEqualTo(first.loginId());
        assertThat(identity.authenticatedAt()).isEqualTo(at.now());
        assertThat(identity.methods()).containsExactly("pwd", "otp");
        assertThat(identity.claims().number("level")).hasValue(2);
        accepted(at.gate()
                .authenticate(stepped.access(), Requirement.none().authenticatedWithin(Duration.ofMinutes(1))));
        assertThat(at.live("ada")).hasSize(1);
    }

    @Test
    default void reauthenticate_whatWasPresented_isWorthNothingAfterwards() {
        Fixture at = fixture();
        Grant first = at.login("ada");
        Grant stepped = accepted(at.gate().reauthenticate(first.renewal(), Login.of("ada")));

        assertRejected(at.gate().renew(first.renewal()), Rejection.UNKNOWN);
        at.advance(Fixture.THEFT);
        assertRejected(at.gate().renew(first.renewal()), Rejection.UNKNOWN);

        at.assertLive(at.renewed(stepped));
    }

    @Test
    default void reauthenticate_anotherSubject_isRefusedAndChangesNothing() {
        Fixture at = fixture();
        Grant grant = at.login("ada");

        assertRejected(at.gate().reauthenticate(grant.renewal(), Login.of("grace")), Rejection.WRONG_SUBJECT);

        assertThat(at.identity(grant).subject()).isEqualTo("ada");
        at.renewed(grant);
    }

    @Test
    default void reauthenticate_reusedCredential_endsTheLogin() {
        Fixture at = fixture();
        Grant first = at.login("ada");
        Grant second = at.renewed(first);
        at.assertLive(second);
        at.advance(Fixture.THEFT);

        assertRejected(at.gate().reauthenticate(first.renewal(), Login.of("ada")), Rejection.REUSED);

        at.assertDead(second);
    }

    @Test
    default void reauthenticate_expiredLogin_isExpired() {
        Fixture at = fixture();
        Grant grant = at.login("ada");
        at.advance(Fixture.IDLE);

        assertRejected(at.gate().reauthenticate(grant.renewal(), Login.of("ada")), Rejection.EXPIRED);
    }

    @Test
    default void reauthenticate_always_leavesTheAbsoluteLimit() {
        Fixture at = fixture();
        Grant grant = at.login("ada");
        Instant end = at.now().plus(Fixture.ABSOLUTE);
        while (at.now().plus(Duration.ofMinutes(20)).isBefore(end)) {
            at.advance(Duration.ofMinutes(20));
            grant = accepted(at.gate().reauthenticate(grant.renewal(), Login.of("ada")));
        }
        at.advanceTo(end);

        assertRejected(at.gate().reauthenticate(grant.renewal(), Login.of("ada")), Rejection.EXPIRED);
    }

    @Test
    default void renew_whileReauthenticating_leavesOneLineOfCredentials() {
        Race.repeat(200, () -> {
            Fixture at = fixture();
            Grant first = at.login("ada");

            Race.run(
                    () -> at.gate().renew(first.renewal()),
                    () -> at.gate().reauthenticate(first.renewal(), Login.of("ada")));

            assertThat(at.live("ada")).hasSize(1);
            assertThat(at.events(AuthEvent.ReuseDetected.class)).isEmpty();
        });
    }

    @Test
    default void renew_secretsOfOneLine_tellNothingOfEachOther() {
        Fixture at = fixture();
        Grant grant = at.login("ada");
        HashSet<Credential> seen = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            assertThat(seen.add(grant.renewal())).isTrue();
            grant = at.renewed(grant);
            at.assertLive(grant);
            at.advance(Fixture.REST);
        }
    }
}
