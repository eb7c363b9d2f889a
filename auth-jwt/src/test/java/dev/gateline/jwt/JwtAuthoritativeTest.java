package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.AuthEvent;
import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.kit.MutableClock;
import dev.gateline.store.Revocation;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.Storage;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An authoritative answer is the store's, whatever the token and copies of revocations say. */
class JwtAuthoritativeTest {
    private static final Requirement AUTHORITATIVE = Requirement.none().authoritative();
    private static final Instant NOW = Instant.ofEpochSecond(Forge.NOW);

    private final MutableClock clock = new MutableClock();
    private final Storage storage = Storage.inMemory(100);
    private final List<AuthEvent> events = new ArrayList<>();
    private final JwtAuthenticator gate = JwtAuthenticator.builder(storage, KeyRing.generate(Algorithm.HS256))
            .issuer(Forge.ISSUER)
            .audience(Forge.AUDIENCE)
            .clock(clock)
            .listener(events::add)
            .build();

    @Test
    void authenticate_rowIsGone_isRevokedIfAskedAuthoritativelyOnly() {
        Grant grant = gate.login(Login.of("ada"));
        assertThat(gate.authenticate(grant.access(), AUTHORITATIVE).rejection()).isEmpty();
        storage.logins().delete(grant.loginId());
        events.clear();

        assertThat(gate.authenticate(grant.access()).rejection()).isEmpty();
        assertThat(gate.authenticate(grant.access(), AUTHORITATIVE).rejection()).contains(Rejection.REVOKED);
        assertThat(events).hasSize(1).allMatch(AuthEvent.Rejected.class::isInstance);
    }

    /** Copies that have not heard of the ending yet. */
    @Test
    void authenticate_revokedInTheStoreAndNotInTheCopy_isRevokedIfAskedAuthoritativelyOnly() {
        RevocationStore newest = storage.revocations();
        newest.revoke(Revocation.ofToken("token-1", NOW.plusSeconds(600)), NOW);
        RevocationStore empty = Storage.inMemory(1).revocations();
        RevocationStore copies = RevocationStore.class.cast(Proxy.newProxyInstance(
                RevocationStore.class.getClassLoader(),
                new Class<?>[] {RevocationStore.class},
                (proxy, method, args) ->
                        method.invoke(method.getName().equals("isRevokedAuthoritatively") ? newest : empty, args)));
        Forge forge = Forge.of(Algorithm.ES256);
        JwtVerifier verifier = JwtVerifier.builder(id -> Optional.of(forge.key()))
                .issuer(Forge.ISSUER)
                .audience(Forge.AUDIENCE)
                .revocations(copies)
                .clock(new MutableClock(NOW))
                .build();
        Credential token = Credential.of(forge.good());

        assertThat(verifier.authenticate(token).rejection()).isEmpty();
        assertThat(verifier.authenticate(token, AUTHORITATIVE).rejection()).contains(Rejection.REVOKED);
    }

    @Test
    void authenticate_lifetimeOnBothSidesOfTheLongest_isAcceptedOrLivesTooLong() {
        Forge forge = Forge.of(Algorithm.ES256);
        JwtVerifier verifier = JwtVerifier.builder(id -> Optional.of(forge.key()))
                .issuer(Forge.ISSUER)
                .audience(Forge.AUDIENCE)
                .tokensLiveUntilTheyExpire()
                .clock(new MutableClock(NOW))
                .build();
        long day = Duration.ofHours(24).toSeconds();

        for (long seconds : new long[] {day, day + 1}) {
            Credential token = Credential.of(forge.withClaim("exp", String.valueOf(Forge.NOW + seconds)));
            assertThat(verifier.authenticate(token).rejection())
                    .isEqualTo(seconds > day ? Optional.of(Rejection.LIVES_TOO_LONG) : Optional.empty());
        }
    }
}
