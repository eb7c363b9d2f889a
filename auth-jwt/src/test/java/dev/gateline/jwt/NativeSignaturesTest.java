package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import dev.gateline.Credential;
import dev.gateline.Login;
import dev.gateline.kit.Race;
import dev.gateline.store.Storage;
import java.security.KeyPair;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Amazon Corretto Crypto Provider and the platform agree. */
@Tag("slow")
class NativeSignaturesTest {
    private static final AmazonCorrettoCryptoProvider NATIVE = AmazonCorrettoCryptoProvider.INSTANCE;
    private static final SignatureProvider ONLY = SignatureProvider.only(NATIVE);

    private final Random random = new Random(20_261_129);

    /** On Linux with the usual processors nothing is skipped; elsewhere the report says so. */
    @BeforeEach
    void isThere() {
        String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        boolean isThere = NATIVE.getLoadingError() == null;
        assertThat(isThere || !platform.toLowerCase(Locale.ROOT).equals("linux amd64"))
                .as("on %s: %s", platform, NATIVE.getLoadingError())
                .isTrue();
        assumeTrue(isThere, () -> "no native library for " + platform + ": " + NATIVE.getLoadingError());
    }

    private byte[] message() {
        byte[] message = new byte[random.nextInt(2_000)];
        random.nextBytes(message);
        return message;
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void signature_ofEitherProvider_isGoodForTheOther(Algorithm algorithm) {
        SigningKey platform = OneKeyEach.of(algorithm);
        SigningKey fast = platform.with(ONLY);
        for (int i = 0; i < 20; i++) {
            byte[] message = message();
            byte[] ofThePlatform = platform.signer().sign(message);
            byte[] ofTheFastOne = fast.signer().sign(message);

            assertThat(fast.verification().verify(message, ofThePlatform)).isTrue();
            assertThat(platform.verification().verify(message, ofTheFastOne)).isTrue();
            int at = random.nextInt(ofTheFastOne.length);
            ofTheFastOne[at] ^= (byte) (1 << random.nextInt(8));
            assertThat(fast.verification().verify(message, ofTheFastOne)).isFalse();
        }
    }

    /** The same checks as {@link HostileTokensTest} has for the platform. */
    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void verify_signatureCutExtendedEmptyOrDoubled_isBad(Algorithm algorithm) {
        SigningKey fast = OneKeyEach.of(algorithm).with(ONLY);
        byte[] message = message();
        byte[] good = fast.signer().sign(message);

        for (int length : new int[] {0, 1, good.length / 2, good.length - 1, good.length + 1, 2 * good.length}) {
            assertThat(fast.verification().verify(message, java.util.Arrays.copyOf(good, length)))
                    .as("%d bytes", length)
                    .isFalse();
        }
        assertThat(fast.verification().verify(message, new byte[good.length])).isFalse();
        assertThat(fast.verification().verify(message, good)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void key_usedByManyThreads_signsAndChecksRightlyInEach(Algorithm algorithm) {
        SigningKey fast = OneKeyEach.of(algorithm).with(ONLY);

        assertThat(Race.run(6, () -> {
                    int right = 0;
                    for (int i = 0; i < 50; i++) {
                        byte[] bytes = {(byte) i, (byte) Thread.currentThread().getId()};
                        right += fast.verification().verify(bytes, fast.signer().sign(bytes)) ? 1 : 0;
                    }
                    return right;
                }))
                .containsOnly(50);
    }

    @ParameterizedTest
    @EnumSource(
            value = Algorithm.class,
            names = {"ES256", "EdDSA", "RS256", "PS256", "HS256"})
    void ring_withTheProvider_issuesTokensThatOthersRead(Algorithm algorithm) {
        KeyRing ring = KeyRing.of(OneKeyEach.of(algorithm).with(ONLY));
        try (JwtAuthenticator gate = JwtAuthenticator.builder(Storage.inMemory(10), ring)
                .issuer("https://park.example")
                .audience("park-api")
                .build()) {
            Credential access = gate.login(Login.of("ada")).access();
            KeySource elsewhere =
                    algorithm.isSymmetric() ? id -> ring.find(id).map(key -> key) : KeySet.parse(ring.jwks());
            JwtVerifier verifier = JwtVerifier.builder(elsewhere)
                    .issuer("https://park.example")
                    .audience("park-api")
                    .tokensLiveUntilTheyExpire()
                    .build();

            assertThat(verifier.authenticate(access).toOptional()).isPresent();
        }
    }

    @Test
    void ed448_keyThatTheProviderLacks_isRefusedOrThePlatforms() {
        KeyPair pair = Forge.pair("Ed448", 448);
        SigningKey key = SigningKey.of(Algorithm.EdDSA, pair);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> key.with(ONLY))
                .withMessageStartingWith("the provider AmazonCorrettoCryptoProvider can't be used for Ed448");

        SigningKey preferred = key.with(SignatureProvider.preferred(NATIVE));
        byte[] message = message();
        assertThat(preferred.verification().verify(message, preferred.signer().sign(message)))
                .isTrue();
    }
}
