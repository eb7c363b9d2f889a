package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gateline.Activity;
import dev.gateline.AuthEvent;
import dev.gateline.Credential;
import dev.gateline.Ending;
import dev.gateline.Grant;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.Verifier.Listening;
import dev.gateline.kit.MutableClock;
import dev.gateline.store.Storage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Questions without a credential, messages about a token, and the time at which a token is due for another. */
class JwtStreamsTest {
    private static final Instant NOW = Instant.ofEpochSecond(Forge.NOW);
    private static final Duration SKEW = Duration.ofSeconds(10);

    private final Forge forge = Forge.of(Algorithm.ES256);
    private final MutableClock clock = new MutableClock(NOW);
    private final JwtVerifier alone = JwtVerifier.builder(id -> Optional.of(forge.key()))
            .issuer(Forge.ISSUER)
            .audience(Forge.AUDIENCE)
            .tokensLiveUntilTheyExpire()
            .clockSkew(SKEW)
            .clock(clock)
            .build();

    private final List<AuthEvent> events = new ArrayList<>();
    private final Storage storage = Storage.inMemory(10);
    private final KeyRing ring = KeyRing.generate(Algorithm.HS256);
    private final JwtAuthenticator gate = node();

    private JwtAuthenticator node() {
        return JwtAuthenticator.builder(storage, ring)
                .issuer(Forge.ISSUER)
                .audience(Forge.AUDIENCE)
                .clock(clock)
                .listener(events::add)
                .build();
    }

    private Identity identity() {
        return alone.authenticate(Credential.of(forge.good())).toOptional().orElseThrow();
    }

    @Test
    void recheck_onBothSidesOfTheExpiry_isAcceptedOrExpired() {
        Identity identity = identity();
        Instant end = identity.expiresAt().plus(SKEW);

        clock.set(end.minusNanos(1));
        assertThat(alone.recheck(identity, Requirement.none()).toOptional()).contains(identity);
        clock.set(end);
        assertThat(alone.recheck(identity, Requirement.none()).rejection()).contains(Rejection.EXPIRED);
    }

    @Test
    void recheck_authoritativeWithNobodyToAsk_isInsufficient() {
        assertThat(alone.recheck(identity(), Requirement.none().authoritative()).rejection())
                .contains(Rejection.INSUFFICIENT);
    }

    @Test
    void recheck_identityOfAnotherRealm_isUnknown() {
        Identity other = gate.authenticate(gate.login(Login.of("ada")).access())
                .toOptional()
                .orElseThrow();
        JwtVerifier shop = JwtVerifier.builder(id -> Optional.of(forge.key()))
                .issuer(Forge.ISSUER)
                .audience("https://shop.park.example")
                .tokensLiveUntilTheyExpire()
                .clock(clock)
                .build();

        assertThat(shop.recheck(other, Requirement.none()).rejection()).contains(Rejection.UNKNOWN);
    }

    @Test
    void onEnded_verifierWithoutRevocations_isRefusedSayingWhy() {
        assertThatIllegalStateException()
                .isThrownBy(() -> alone.onEnded(ending -> {}))
                .withMessageContaining("revocations");
    }

    /** The store knows the issuer's subjects, and identities have the names that they have here. */
    @Test
    void onEnded_endAllWithASubjectPrefix_concernsTheStreamsOfThatSubject() throws InterruptedException {
        Storage storage = Storage.inMemory(10);
        KeyRing keys = KeyRing.generate(Algorithm.ES256);
        JwtAuthenticator issuer = JwtAuthenticator.builder(storage, keys)
                .issuer(Forge.ISSUER)
                .audience(Forge.AUDIENCE)
                .build();
        JwtVerifier reader = JwtVerifier.builder(keys)
                .issuer(Forge.ISSUER)
                .audience(Forge.AUDIENCE)
                .revocations(storage.revocations())
                .subjectPrefix("staff:")
                .build();
        Identity ada = reader.authenticate(issuer.login(Login.of("ada")).access())
                .toOptional()
                .orElseThrow();
        Identity grace = reader.authenticate(issuer.login(Login.of("grace")).access())
                .toOptional()
                .orElseThrow();
        BlockingQueue<Ending> heard = new LinkedBlockingQueue<>();
        Listening unused = reader.onEnded(heard::add);

        issuer.logins().endAll("ada");

        Ending ending = heard.poll(20, TimeUnit.SECONDS);
        assertThat(ending).isNotNull();
        assertThat(ending.mayConcern(ada)).isTrue();
        assertThat(ending.mayConcern(grace)).isFalse();
        assertThat(reader.recheck(ada, Requirement.none()).rejection()).contains(Rejection.REVOKED);

        Identity plain = issuer.authenticate(issuer.login(Login.of("ada")).access())
                .toOptional()
                .orElseThrow();
        assertThat(reader.recheck(plain, Requirement.none()).rejection()).contains(Rejection.UNKNOWN);
    }

    @Test
    void revokeToken_one_isToldOnceWithoutTheToken() {
        Grant grant = gate.login(Login.of("ada"));
        events.clear();

        gate.revokeToken(grant.access());

        assertThat(events).singleElement().isInstanceOfSatisfying(AuthEvent.TokenRevoked.class, event -> {
            assertThat(event.loginId()).isEqualTo(grant.loginId());
            assertThat(event.subject()).isEqualTo("ada");
            assertThat(event.toString()).doesNotContain(grant.access().reveal());
        });
    }

    @Test
    void isRenewalDue_tokenIssuedInTheBackground_isDueAndTheUsersIsNot() {
        Grant grant = gate.login(Login.of("ada"));
        Grant polled = gate.refresh(grant.renewal(), Activity.BACKGROUND, made -> {})
                .toOptional()
                .orElseThrow();
        Identity identity = gate.authenticate(grant.access()).toOptional().orElseThrow();

        assertThat(gate.isRenewalDue(grant.access(), identity)).isFalse();
        assertThat(gate.isRenewalDue(polled.access(), identity)).isTrue();
        assertThat(gate.isRenewalDue(Credential.of("garbage"), identity)).isFalse();
        JwtAuthenticator other = node();
        assertThat(other.isRenewalDue(grant.access(), identity)).isFalse();
        assertThat(other.isRenewalDue(polled.access(), identity)).isTrue();
    }

    @Test
    void build_namesOf255Characters_areTaken() {
        String longest = "https://" + "x".repeat(247);

        assertThat(JwtVerifier.builder(id -> Optional.empty())
                        .issuer(longest)
                        .audience(longest)
                        .tokensLiveUntilTheyExpire()
                        .build()
                        .prefixes())
                .containsExactly(JwtVerifier.PREFIX);
    }

    @Test
    void cacheBytes_none_checksEachTimeAllTheSame() {
        JwtVerifier forgetful = JwtVerifier.builder(id -> Optional.of(forge.key()))
                .issuer(Forge.ISSUER)
                .audience(Forge.AUDIENCE)
                .tokensLiveUntilTheyExpire()
                .cacheBytes(0)
                .clock(clock)
                .build();
        Credential token = Credential.of(forge.good());

        assertThat(forgetful.authenticate(token).rejection()).isEmpty();
        assertThat(forgetful.authenticate(token).rejection()).isEmpty();
    }
}
