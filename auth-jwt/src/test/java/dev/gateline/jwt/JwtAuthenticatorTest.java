package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gateline.Activity;
import dev.gateline.AuthEvent;
import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.GrantCheck;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginLimit;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.Timeouts;
import dev.gateline.kit.MutableClock;
import dev.gateline.store.LoginRow;
import dev.gateline.store.Storage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JwtAuthenticatorTest {
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private final MutableClock clock = new MutableClock();
    private final Storage storage = Storage.inMemory(1000);
    private final KeyRing keys = KeyRing.generate(Algorithm.HS256);

    private JwtAuthenticatorBuilder builder(String audience) {
        return JwtAuthenticator.builder(storage, keys)
                .issuer("https://park.example")
                .audience(audience)
                .idleTimeout(Duration.ofHours(8))
                .absoluteTimeout(Duration.ofHours(8))
                .clock(clock);
    }

    private JwtAuthenticator byDefault() {
        return JwtAuthenticator.builder(storage, keys)
                .issuer("https://park.example")
                .audience("park-api")
                .clock(clock)
                .build();
    }

    private static Outcome<Identity> present(JwtAuthenticator gate, Credential credential) {
        return gate.authenticate(credential);
    }

    @Test
    void revokeToken_one_leavesTheLoginAndItsOtherTokens() {
        JwtAuthenticator gate = builder("park-api").build();
        Grant first = gate.login(Login.of("ada"));
        Grant second = gate.renew(first.renewal()).toOptional().orElseThrow();

        assertThat(gate.revokeToken(first.access()).toOptional()).contains(first.loginId());
        assertThat(gate.revokeToken(Credential.of("garbage")).rejection()).contains(Rejection.MALFORMED);

        assertThat(present(gate, first.access()).rejection()).contains(Rejection.REVOKED);
        assertThat(present(gate, second.access()).toOptional()).isPresent();
        assertThat(gate.renew(second.renewal()).toOptional()).isPresent();
    }

    @Test
    void tryAuthenticate_tokenSeenBefore_isAnswered() {
        JwtAuthenticator gate = builder("park-api").build();
        Credential token = gate.login(Login.of("ada")).access();
        Identity ada = present(gate, token).toOptional().orElseThrow();

        assertThat(gate.tryAuthenticate(token, Requirement.none(), Activity.USER))
                .contains(ada);
    }

    @Test
    void prefixes_always_areThoseOfBothCredentials() {
        JwtAuthenticator gate = builder("park-api").build();
        Grant grant = gate.login(Login.of("ada"));

        assertThat(gate.prefixes())
                .hasSize(2)
                .anyMatch(grant.access().reveal()::startsWith)
                .anyMatch(grant.renewal().reveal()::startsWith);
    }

    private static Grant renewed(JwtAuthenticator gate, Grant grant) {
        return gate.renew(grant.renewal()).toOptional().orElseThrow();
    }

    /** A client that shows an access token has the refresh token that came with it. An older one is in other hands. */
    @Test
    void renew_oldTokenAfterANewerAccessTokenWasSeen_isReuse() {
        JwtAuthenticator gate = builder("park-api").build();
        Grant first = gate.login(Login.of("ada"));
        Grant second = renewed(gate, first);
        present(gate, second.access());
        clock.advance(Duration.ofSeconds(70));

        assertThat(gate.renew(first.renewal()).rejection()).contains(Rejection.REUSED);
        assertThat(present(gate, second.access()).rejection()).contains(Rejection.REVOKED);
    }

    @Test
    void renew_oldTokenWhileNothingNewerWasSeen_givesTheSuccessorWhoeverAsks() {
        JwtAuthenticator gate = builder("park-api").build();
        JwtAuthenticator other = builder("park-api").build();
        Grant first = gate.login(Login.of("ada"));
        Grant lost = renewed(gate, first);
        present(gate, first.access());
        clock.advance(Duration.ofDays(1).dividedBy(4));

        assertThat(renewed(other, first).renewal()).isEqualTo(lost.renewal());
    }

    /**
     * Two tabs of a client that renews all the time: one is told to keep the token, the other to take its successor,
     * and uses it.
     */
    @Test
    void renew_toldToKeepWhatAnotherTabTraded_isNoReuse() {
        List<AuthEvent> events = new ArrayList<>();
        JwtAuthenticator gate = builder("park-api").listener(events::add).build();
        Grant first = renewed(gate, gate.login(Login.of("ada")));
        present(gate, first.access());
        clock.advance(Duration.ofSeconds(60));
        renewed(gate, first);
        clock.advance(Duration.ofSeconds(70).minusMillis(1));
        Grant kept = renewed(gate, first);
        clock.advance(Duration.ofMillis(2));
        Grant traded = renewed(gate, first);
        assertThat(kept.renewal()).isEqualTo(first.renewal());
        assertThat(traded.renewal()).isNotEqualTo(first.renewal());
        present(gate, traded.access());
        clock.advance(LIFETIME);

        assertThat(renewed(gate, kept).renewal()).isEqualTo(traded.renewal());
        assertThat(events).noneMatch(AuthEvent.ReuseDetected.class::isInstance);
    }

    /** The store failed over and has lost that the refresh token was traded. */
    @Test
    void renew_storeLostTheLastRenewal_goesOnWithItsToken() {
        JwtAuthenticator gate = builder("park-api").build();
        Grant first = gate.login(Login.of("ada"));
        LoginRow before = storage.logins().find(first.loginId()).orElseThrow();
        Grant second = renewed(gate, first);
        storage.logins().delete(first.loginId());
        storage.logins().insert(before, LoginLimit.UNLIMITED, Set.of(), clock.instant());

        Grant third = renewed(gate, second);

        clock.advance(Duration.ofSeconds(11));
        assertThat(renewed(gate, third).loginId()).isEqualTo(first.loginId());
        assertThat(gate.logout(first.renewal()).toOptional()).contains(first.loginId());
    }

    /** A token has whole seconds, and none is left before the idle timeout. */
    @Test
    void refresh_inTheBackgroundInTheLastFractionOfASecond_isExpiredAndNoOutage() {
        List<AuthEvent> told = new ArrayList<>();
        JwtAuthenticator gate = builder("park-api")
                .idleTimeout(Duration.ofMinutes(30))
                .listener(told::add)
                .build();
        clock.advance(Duration.ofMillis(900));
        Grant grant = gate.login(Login.of("ada"));
        clock.advance(Duration.ofMinutes(30).minusMillis(901));
        assertThat(refreshedBehind(gate, grant).toOptional()).isPresent();
        clock.advance(Duration.ofMillis(500));

        assertThat(refreshedBehind(gate, grant).rejection()).contains(Rejection.EXPIRED);
        assertThat(told).noneMatch(AuthEvent.StoreUnavailable.class::isInstance);
        assertThat(gate.refresh(grant.renewal()).toOptional()).isPresent();
    }

    private static Outcome<Grant> refreshedBehind(JwtAuthenticator gate, Grant grant) {
        return gate.refresh(grant.renewal(), Activity.BACKGROUND, GrantCheck.any());
    }

    @Test
    void renew_answerLostForLongerThanIsAllowed_isRefusedAndTheftAMinuteLater() {
        JwtAuthenticator gate =
                builder("park-api").lostAnswersRetriedFor(Duration.ofMinutes(2)).build();
        Grant first = gate.login(Login.of("ada"));
        Grant second = renewed(gate, first);
        clock.advance(Duration.ofMinutes(2).minusMillis(1));
        assertThat(renewed(gate, first).renewal()).isEqualTo(second.renewal());
        clock.advance(Duration.ofMillis(1));
        assertThat(gate.renew(first.renewal()).rejection()).contains(Rejection.UNKNOWN);
        assertThat(gate.refresh(second.renewal()).toOptional()).isPresent();
        assertThat(gate.renew(first.renewal()).rejection()).contains(Rejection.UNKNOWN);
        clock.advance(Duration.ofMinutes(1));

        assertThat(gate.renew(first.renewal()).rejection()).contains(Rejection.REUSED);
        assertThat(gate.renew(second.renewal()).rejection()).isPresent();
    }

    /** Access tokens are shown to other services only, so that no use is seen here. */
    @Test
    void renew_thiefWhoKeepsInStep_isNoticedOnlyWithABound() {
        for (boolean isBounded : new boolean[] {false, true}) {
            JwtAuthenticatorBuilder builder = builder("park-api");
            JwtAuthenticator gate = isBounded
                    ? builder.lostAnswersRetriedFor(Duration.ofMinutes(2)).build()
                    : builder.build();
            Grant owner = gate.login(Login.of("ada"));
            boolean isNoticed = false;
            for (int i = 0; i < 20 && !isNoticed; i++) {
                Outcome<Grant> thief = gate.renew(owner.renewal());
                clock.advance(Duration.ofMinutes(4));
                Outcome<Grant> next = gate.renew(owner.renewal());
                isNoticed = isTheft(thief) || isTheft(next);
                owner = next.toOptional().orElse(owner);
            }
            assertThat(isNoticed).isEqualTo(isBounded);
        }
    }

    private static boolean isTheft(Outcome<Grant> outcome) {
        return outcome.rejection().filter(Rejection.REUSED::equals).isPresent();
    }

    @Test
    void build_withoutIssuerOrAudience_namesTheMissingStep() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtAuthenticator.builder(storage, keys)
                        .audience("park-api")
                        .build())
                .withMessageStartingWith("issuer: is missing; issuer(...)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtAuthenticator.builder(storage, keys)
                        .issuer("https://park.example")
                        .build())
                .withMessageStartingWith("audience: is missing; audience(...)");
    }

    @Test
    void build_answersRetriedForLessThanTheGrace_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder("park-api")
                        .lostAnswersRetriedFor(Duration.ofSeconds(9))
                        .build())
                .withMessageContaining("PT9S");
    }

    @Test
    void logout_tokenWhoseKeyIsGone_provesNothingAndSaysSo() {
        KeyRing ring = KeyRing.generate(Algorithm.ES256);
        JwtAuthenticator gate = gate(ring);
        Grant grant = gate.login(Login.of("ada"));
        ring.remove(ring.keys().get(0).id());

        assertThat(gate.logout(grant.access()).rejection()).contains(Rejection.BAD_SIGNATURE);
        assertThat(gate.renew(grant.renewal()).toOptional()).isPresent();
        assertThat(gate.logout(grant.renewal()).rejection()).isEmpty();
    }

    /** A store that lost the row: the access token may still be good, and this proves nothing of it. */
    @Test
    void logout_refreshTokenWithoutARow_provesNothingAndSaysSo() {
        JwtAuthenticator gate = builder("park-api").build();
        Grant grant = gate.login(Login.of("ada"));
        storage.logins().delete(grant.loginId());

        assertThat(gate.logout(grant.renewal()).rejection()).contains(Rejection.UNKNOWN);
        assertThat(gate.logout(grant.access()).toOptional()).contains(grant.loginId());
        assertThat(present(gate, grant.access()).rejection()).contains(Rejection.REVOKED);
        assertThat(gate.logout(grant.renewal()).rejection()).contains(Rejection.UNKNOWN);
    }

    @Test
    void cache_unseenTokenVerifiedWhileItIsEnded_isNeverAnsweredAfterwards() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int i = 0; i < 300; i++) {
                KeyRing ring = KeyRing.generate(Algorithm.HS256);
                JwtAuthenticator issuer = gate(ring);
                JwtAuthenticator node = gate(ring);
                Grant grant = issuer.login(Login.of("ada"));
                int way = i % 3;
                CyclicBarrier start = new CyclicBarrier(2);
                Future<Outcome<Identity>> verifying = threads.submit(() -> {
                    start.await(20, TimeUnit.SECONDS);
                    return present(node, grant.access());
                });
                Future<Boolean> ending = threads.submit(() -> {
                    start.await(20, TimeUnit.SECONDS);
                    end(issuer, ring, grant, way);
                    return true;
                });
                verifying.get(20, TimeUnit.SECONDS);
                ending.get(20, TimeUnit.SECONDS);

                assertThat(present(node, grant.access()).toOptional()).isEmpty();
                assertThat(present(issuer, grant.access()).toOptional()).isEmpty();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private JwtAuthenticator gate(KeyRing ring) {
        return gate("park-api", ring);
    }

    private JwtAuthenticator gate(String audience, KeyRing ring) {
        return JwtAuthenticator.builder(storage, ring)
                .issuer("https://park.example")
                .audience(audience)
                .absoluteTimeout(Duration.ofHours(8))
                .clock(clock)
                .build();
    }

    private static void end(JwtAuthenticator issuer, KeyRing ring, Grant grant, int way) {
        switch (way) {
            case 0 -> issuer.revokeToken(grant.access());
            case 1 -> issuer.logins().endAll("ada");
            default -> ring.remove(ring.keys().get(0).id());
        }
    }

    @Test
    void revocations_untilTheLastTokenIsDead_areKept() {
        JwtAuthenticator gate = builder("park-api").build();
        Grant grant = gate.login(Login.of("ada"));
        gate.logout(grant.access());

        for (int i = 0; i < 8; i++) {
            clock.advance(Duration.ofMinutes(1));
            gate.logout(gate.login(Login.of("someone")).access());
            assertThat(present(gate, grant.access()).toOptional()).isEmpty();
        }
    }

    @Test
    void logout_aClockThatIsPutRightAfterwards_isNotUndone() {
        JwtAuthenticator gate = builder("park-api").build();
        Grant grant = gate.login(Login.of("ada"));
        clock.advance(Duration.ofMinutes(-2));
        gate.logout(grant.access());
        clock.advance(Duration.ofMinutes(2));

        for (int i = 0; i < 30; i++) {
            clock.advance(Duration.ofSeconds(10));
            gate.logout(gate.login(Login.of("someone")).access());
            assertThat(present(gate, grant.access()).toOptional()).isEmpty();
        }
    }

    @Test
    void nodes_whoseClocksDiffer_acceptEachOthersTokens() {
        MutableClock behind = new MutableClock();
        JwtAuthenticator one = builder("park-api").build();
        JwtAuthenticator two = builder("park-api").clock(behind).build();
        clock.advance(Duration.ofSeconds(30));

        Grant grant = one.login(Login.of("ada"));
        assertThat(present(two, grant.access()).toOptional()).isPresent();
        Grant renewed = two.renew(grant.renewal()).toOptional().orElseThrow();

        assertThat(present(one, renewed.access()).toOptional()).isPresent();
        assertThat(present(two, renewed.access()).toOptional()).isPresent();
        behind.advance(Duration.ofSeconds(-31));
        assertThat(present(two, grant.access()).rejection()).contains(Rejection.NOT_YET_VALID);
    }

    @Test
    void renew_inTheLastInstantOfTheLogin_givesATokenThatIsGood() {
        clock.advance(Duration.ofMillis(900));
        JwtAuthenticator gate = builder("park-api").build();
        Grant grant = gate.login(Login.of("ada"));
        Instant end = grant.endsAt();
        clock.set(end.minusMillis(1));

        Grant last = gate.renew(grant.renewal()).toOptional().orElseThrow();

        assertThat(last.accessExpiresAt()).isEqualTo(end);
        assertThat(present(gate, last.access()).toOptional()).isPresent();
        clock.set(end);
        assertThat(present(gate, last.access()).rejection()).contains(Rejection.EXPIRED);
    }

    @Test
    void audience_anotherInTheSameStorage_isAnotherGate() {
        KeyRing pairs = KeyRing.generate(Algorithm.ES256);
        JwtAuthenticator visitors = gate("visitors", pairs);
        JwtAuthenticator keepers = gate("keepers", pairs);
        Grant grant = visitors.login(Login.of("ada"));

        assertThat(present(keepers, grant.access()).rejection()).contains(Rejection.WRONG_AUDIENCE);
        assertThat(keepers.renew(grant.renewal()).rejection()).contains(Rejection.UNKNOWN);
        keepers.logins().endAll("ada");
        keepers.logins().end(grant.loginId());
        keepers.logout(grant.access());

        assertThat(present(visitors, grant.access()).toOptional()).isPresent();
    }

    @Test
    void build_sharedSecretForTwoAudiences_isRefused() {
        JwtAuthenticator first = builder("park-api").build();
        JwtAuthenticator sameAgain = builder("park-api").build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder("shop-api").build())
                .withMessageContaining("park-api")
                .withMessageContaining("shop-api");
        assertThat(present(sameAgain, first.login(Login.of("ada")).access()).toOptional())
                .isPresent();
    }

    @Test
    void login_hundredsOfRoles_isIssuedAndRead() {
        List<String> roles = IntStream.range(0, 400).mapToObj(i -> "r" + i).toList();
        JwtAuthenticator gate = builder("park-api").build();
        Grant grant = gate.login(Login.builder("ada")
                .claim("roles", roles)
                .methods("pwd", "otp", "hwk", "user", "pin", "fpt")
                .build());

        assertThat(present(builder("park-api").build(), grant.access()).toOptional())
                .hasValueSatisfying(it -> assertThat(it.claims().texts("roles")).isEqualTo(roles));
        assertThat(gate.renew(grant.renewal()).rejection()).isEmpty();
    }

    @Test
    void accessLifetime_shortenedOnRedeploy_letsOldTokensLogOut() {
        JwtAuthenticator before =
                builder("park-api").accessLifetime(Duration.ofMinutes(10)).build();
        JwtAuthenticator after = builder("park-api").build();
        Grant grant = before.login(Login.of("ada"));

        assertThat(present(after, grant.access()).rejection()).contains(Rejection.LIVES_TOO_LONG);
        after.logout(grant.access());

        assertThat(after.renew(grant.renewal()).toOptional()).isEmpty();
        assertThat(present(before, grant.access()).rejection()).contains(Rejection.REVOKED);
    }

    @Test
    void renew_defaults_endAfter30MinutesUnused() {
        JwtAuthenticator gate = byDefault();
        Grant used = gate.login(Login.of("ada"));
        Grant unused = gate.login(Login.of("ada"));

        clock.advance(Duration.ofMinutes(30).minusMillis(1));
        assertThat(gate.renew(used.renewal()).rejection()).isEmpty();
        clock.advance(Duration.ofMillis(1));

        assertThat(gate.renew(unused.renewal()).rejection()).contains(Rejection.EXPIRED);
    }

    @Test
    void refresh_defaults_endAfter12Hours() {
        JwtAuthenticator gate = byDefault();
        Grant grant = gate.login(Login.of("ada"));
        for (int i = 0; i < 12 * 6 - 1; i++) {
            clock.advance(Duration.ofMinutes(10));
            assertThat(gate.refresh(grant.renewal()).rejection()).isEmpty();
        }

        clock.advance(Duration.ofMinutes(10));

        assertThat(gate.refresh(grant.renewal()).rejection()).contains(Rejection.EXPIRED);
    }

    @Test
    void remembered_defaults_endAfter14DaysUnusedAnd30Days() {
        JwtAuthenticator gate = byDefault();
        Login remembered = Login.builder("ada").remembered(true).build();
        Grant unused = gate.login(remembered);

        assertThat(unused.renewalExpiresAt()).isEqualTo(clock.instant().plus(Duration.ofDays(14)));
        assertThat(unused.endsAt()).isEqualTo(clock.instant().plus(Duration.ofDays(30)));
    }

    /** A tool of administration has the defaults, or the host has shortened its timeouts since. */
    @Test
    void endEverybody_byAnAuthenticatorWithShorterTimeouts_endsLongLoginsForGood() {
        Timeouts year = new Timeouts(Duration.ofDays(365), Duration.ofDays(365));
        JwtAuthenticator gate = builder("park-api").remembered(year).build();
        Grant old = gate.login(Login.builder("ada").remembered(true).build());

        builder("park-api").build().logins().endEverybody();

        assertThat(gate.refresh(old.renewal()).rejection()).contains(Rejection.REVOKED);
        List<Instant> rememberedUntil = new ArrayList<>();
        storage.revocations().forEachLive(clock.instant(), ending -> rememberedUntil.add(ending.until()));
        assertThat(rememberedUntil)
                .singleElement()
                .satisfies(until -> assertThat(until).isAfter(old.endsAt()));
    }

    @Test
    void build_brokenRules_areNamedWithTheirValues() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder("park-api").idleTimeout(LIFETIME).build())
                .withMessageContaining("idle timeout")
                .withMessageContaining("PT5M");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> builder("park-api").grace(Duration.ofMinutes(6)).build())
                .withMessageContaining("grace")
                .withMessageContaining("PT6M");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder("park-api")
                        .accessLifetime(Duration.ofMillis(1500))
                        .build())
                .withMessageContaining("whole seconds");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder(" ").build())
                .withMessageContaining("audience");
    }
}
