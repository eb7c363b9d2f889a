package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthEvent;
import dev.gateline.AuthUnavailableException;
import dev.gateline.Credential;
import dev.gateline.Login;
import dev.gateline.internal.Secrets;
import dev.gateline.kit.MutableClock;
import dev.gateline.kit.Race;
import dev.gateline.store.Storage;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.MacSpi;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
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

    /** A MAC that is wrong: its copies share their state. */
    private static final class SharedMac extends MacSpi implements Cloneable {
        private final Mac shared;

        SharedMac() throws GeneralSecurityException {
            shared = Mac.getInstance("HmacSHA256", "SunJCE");
        }

        @Override
        protected int engineGetMacLength() {
            return shared.getMacLength();
        }

        @Override
        protected void engineInit(Key key, AlgorithmParameterSpec params) throws InvalidKeyException {
            shared.init(key);
        }

        @Override
        protected void engineUpdate(byte input) {
            shared.update(input);
        }

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {
            shared.update(input, offset, length);
        }

        @Override
        protected byte[] engineDoFinal() {
            return shared.doFinal();
        }

        @Override
        protected void engineReset() {
            shared.reset();
        }
    }

    /** Gives such ones out. */
    private static final class Sharing extends Provider {
        private static final long serialVersionUID = 1L;

        Sharing() {
            super("Sharing", "1", "a Mac whose copies share their state");
            putService(new Service(this, "Mac", "HmacSHA256", SharedMac.class.getName(), List.of(), Map.of()) {
                @Override
                public Object newInstance(Object parameter) {
                    try {
                        return new SharedMac();
                    } catch (GeneralSecurityException e) {
                        throw new IllegalStateException("every Java platform has HmacSHA256", e);
                    }
                }
            });
        }
    }

    @Test
    void verify_platformWhoseCopiedMacsShareTheirState_isRightInEveryThread() throws Exception {
        Provider sharing = new Sharing();
        Security.insertProviderAt(sharing, 1);
        try {
            SecretKey secret = new SecretKeySpec(Secrets.bytes(32), "HmacSHA256");
            assertThat(Mac.getInstance("HmacSHA256").getProvider()).isSameAs(sharing);
            byte[] signed = {1, 2, 3};
            Mac mac = Mac.getInstance("HmacSHA256", "SunJCE");
            mac.init(secret);
            byte[] signature = mac.doFinal(signed);
            VerificationKey key = VerificationKey.of(Algorithm.HS256, secret);
            assertThat(Race.run(4, () -> {
                        int right = 0;
                        for (int i = 0; i < 5_000; i++) {
                            right += key.verify(signed, signature) ? 1 : 0;
                        }
                        return right;
                    }))
                    .containsOnly(5_000);
        } finally {
            Security.removeProvider(sharing.getName());
        }
    }

    @Test
    void renewal_keyAwayForAWhile_isAnOutageAndNoLoginIsLost() {
        MutableClock clock = new MutableClock();
        List<AuthEvent> events = new CopyOnWriteArrayList<>();
        RelayProvider hardware = new RelayProvider("SHA256withECDSA");
        SigningKey key = SigningKey.of(Algorithm.ES256, Forge.curve("secp256r1"), hardware);
        JwtAuthenticator gate = JwtAuthenticator.builder(Storage.inMemory(10), KeyRing.of(key))
                .issuer("https://park.example")
                .audience("park-api")
                .absoluteTimeout(Duration.ofHours(1))
                .clock(clock)
                .listener(events::add)
                .build();
        Credential renewal = gate.login(Login.of("ada")).renewal();
        events.clear();
        hardware.pullOut();
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
            hardware.putBack();
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
        return JwtAuthenticator.builder(Storage.inMemory(10), ring)
                .issuer("https://park.example")
                .audience("park-api")
                .absoluteTimeout(Duration.ofHours(1))
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
    void signingKey_thatCantSignForItsPublicKey_isRefused() {
        KeyPair mixed = new KeyPair(
                Forge.curve("secp256r1").getPublic(), Forge.curve("secp384r1").getPrivate());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.of(Algorithm.ES256, mixed, EC))
                .withMessage("the private key can't sign for the public key");
    }

    @Test
    void verificationKey_withAProvider_verifiesByIt() {
        KeyRing ring = KeyRing.generate(Algorithm.ES256);
        Credential access = gate(ring).login(Login.of("ada")).access();
        RelayProvider relay = new RelayProvider("SHA256withECDSA");
        VerificationKey key = ring.active().verification().with(SignatureProvider.only(relay));

        assertThat(verifier(key).authenticate(access).toOptional()).isPresent();
        assertThat(relay.checked()).isEqualTo(1);
    }

    @Test
    void authenticate_providerIsGone_isAnOutageAndNoRejection() {
        KeyRing ring = KeyRing.generate(Algorithm.ES256);
        Credential access = gate(ring).login(Login.of("ada")).access();
        RelayProvider relay = new RelayProvider("SHA256withECDSA");
        VerificationKey key = ring.active().verification().with(SignatureProvider.only(relay));
        JwtVerifier verifier = verifier(key);

        relay.pullOut();
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(AuthUnavailableException.class).isThrownBy(() -> verifier.authenticate(access));
        }
        relay.putBack();

        assertThat(verifier.authenticate(access).toOptional()).isPresent();
    }

    private static JwtVerifier verifier(VerificationKey key) {
        return JwtVerifier.builder(KeySet.of(key))
                .issuer("https://park.example")
                .audience("park-api")
                .tokensLiveUntilTheyExpire()
                .build();
    }

    @Test
    void ed448_key_signsAndVerifiesAsEdDsa() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed448").generateKeyPair();
        KeyRing ring = KeyRing.of(SigningKey.of(Algorithm.EdDSA, pair));
        JwtAuthenticator gate = gate(ring);
        String token = gate.login(Login.of("ada")).access().reveal();
        JwtVerifier verifier = JwtVerifier.builder(ring)
                .issuer("https://park.example")
                .audience("park-api")
                .tokensLiveUntilTheyExpire()
                .build();

        assertThat(verifier.authenticate(Credential.of(token)).toOptional()).isPresent();
        assertThat(verifier.authenticate(Credential.of(token + "A")).toOptional())
                .isEmpty();
        assertThat(ring.jwks()).contains("Ed448").contains("EdDSA");
        assertThat(KeySet.parse(ring.jwks()).find("")).contains(ring.active().verification());
    }
}
