package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthEvent;
import dev.gateline.AuthUnavailableException;
import dev.gateline.Credential;
import dev.gateline.Login;
import dev.gateline.kit.MutableClock;
import dev.gateline.spi.Storage;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Security;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ProviderTest {
    private static final Provider EC = Security.getProvider("SunEC");

    /** Has no algorithm at all: whoever asks it fails. */
    private static final class Empty extends Provider {
        private static final long serialVersionUID = 1L;

        Empty() {
            super("Empty", "1", "nothing");
        }
    }

    /** Hardware that can be pulled out. */
    private static final class Hardware extends Provider {
        private static final long serialVersionUID = 1L;
        private static volatile boolean away;

        Hardware() {
            super("Hardware", "1", "as SunEC while it is there");
        }

        @Override
        public synchronized Service getService(String type, String algorithm) {
            return away ? null : EC.getService(type, algorithm);
        }
    }

    @Test
    void renewal_keyAwayForAWhile_isAnOutageAndNoLoginIsLost() {
        MutableClock clock = new MutableClock();
        List<AuthEvent> events = new CopyOnWriteArrayList<>();
        SigningKey key = SigningKey.of(Algorithm.ES256, Forge.curve("secp256r1"), new Hardware());
        JwtAuthenticator gate = JwtAuthenticator.builder(
                        Storage.inMemory(10), "https://park.example", "park-api", KeyRing.of(key), Duration.ofHours(1))
                .clock(clock)
                .listener(events::add)
                .build();
        Credential renewal = gate.login(Login.of("ada")).renewal();
        events.clear();
        Hardware.away = true;
        try {
            List<Runnable> calls = List.of(
                    () -> gate.renew(renewal),
                    () -> gate.refresh(renewal),
                    () -> gate.reauthenticate(renewal, Login.of("ada")),
                    () -> gate.login(Login.of("grace")));
            assertThat(calls)
                    .allSatisfy(call -> assertThatExceptionOfType(AuthUnavailableException.class)
                            .isThrownBy(call::run));
        } finally {
            Hardware.away = false;
        }
        clock.advance(Duration.ofSeconds(30));

        assertThat(gate.renew(renewal).rejection()).isEmpty();
        assertThat(gate.logins().of("grace")).isEmpty();
        assertThat(events)
                .hasExactlyElementsOfTypes(
                        AuthEvent.StoreUnavailable.class,
                        AuthEvent.StoreUnavailable.class,
                        AuthEvent.StoreUnavailable.class,
                        AuthEvent.StoreUnavailable.class,
                        AuthEvent.Renewed.class);
    }

    private static JwtAuthenticator gate(KeyRing ring) {
        return JwtAuthenticator.builder(
                        Storage.inMemory(10), "https://park.example", "park-api", ring, Duration.ofHours(1))
                .build();
    }

    @Test
    void signingKey_withAProvider_signsByIt() {
        KeyPair pair = Forge.curve("secp256r1");
        KeyRing ring = KeyRing.of(SigningKey.of(Algorithm.ES256, pair, EC));
        JwtAuthenticator gate = gate(ring);
        Credential access = gate.login(Login.of("ada")).access();

        assertThat(gate.authenticate(access).toOptional()).isPresent();
        assertThatThrownBy(() -> SigningKey.of(Algorithm.ES256, pair, new Empty()))
                .as("the provider is really asked")
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void signingKey_pairThatDoesNotBelongTogether_isRefusedWithAProviderToo() {
        KeyPair mixed = new KeyPair(
                Forge.curve("secp256r1").getPublic(), Forge.curve("secp256r1").getPrivate());
        assertThatIllegalArgumentException().isThrownBy(() -> SigningKey.of(Algorithm.ES256, mixed, EC));
    }

    @Test
    void verificationKey_withAProvider_verifiesByIt() {
        KeyRing ring = KeyRing.generate(Algorithm.ES256);
        Credential access = gate(ring).login(Login.of("ada")).access();

        assertThat(verifier(ring, EC).authenticate(access).toOptional()).isPresent();
        assertThat(verifier(ring, new Empty()).authenticate(access).toOptional())
                .as("the provider is really asked")
                .isEmpty();
    }

    private static JwtVerifier verifier(KeyRing ring, Provider provider) {
        return JwtVerifier.builder(
                        "https://park.example", "park-api", id -> ring.find(id).map(key -> key.with(provider)))
                .tokensLiveUntilTheyExpire()
                .build();
    }

    @Test
    void ed448_key_signsAndVerifiesAsEdDsa() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed448").generateKeyPair();
        KeyRing ring = KeyRing.of(SigningKey.of(Algorithm.EdDSA, pair));
        JwtAuthenticator gate = gate(ring);
        String token = gate.login(Login.of("ada")).access().reveal();
        JwtVerifier verifier = JwtVerifier.builder("https://park.example", "park-api", ring)
                .tokensLiveUntilTheyExpire()
                .build();

        assertThat(verifier.authenticate(Credential.of(token)).toOptional()).isPresent();
        assertThat(verifier.authenticate(Credential.of(token + "A")).toOptional())
                .isEmpty();
        assertThat(ring.jwks()).contains("Ed448").contains("EdDSA");
        Optional<VerificationKey> read =
                Optional.ofNullable(JwkSetReader.read(ring.jwks().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .get(""));
        assertThat(read).contains(ring.active().verification());
    }
}
