package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.Credential;
import dev.gateline.Login;
import dev.gateline.spi.Storage;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Security;
import java.time.Duration;
import java.util.Optional;
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
