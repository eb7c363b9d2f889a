package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
class AlgorithmTest {
    private static final KeyPair RSA_1024 = Forge.pair("RSA", 1024);
    private static final KeyPair RSA_2048 = Forge.pair("RSA", 2048);
    private static final KeyPair P256 = Forge.curve("secp256r1");
    private static final KeyPair P384 = Forge.curve("secp384r1");
    private static final KeyPair ED25519 = Forge.pair("Ed25519", 255);
    private static final KeyPair X25519 = Forge.pair("X25519", 255);
    private static final KeyPair DSA = Forge.pair("DSA", 2048);

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void generate_everyAlgorithm_givesAKeyThatSignsAndVerifies(Algorithm algorithm) {
        SigningKey key = SigningKey.generate(algorithm);
        assertThat(key.verification().algorithm()).isEqualTo(algorithm);
        assertThat(key.verification().id()).matches("[A-Za-z0-9_-]{43}");
        assertThat(key.toString())
                .isEqualTo("SigningKey[" + algorithm + ", " + key.verification().id() + "]");
        assertThat(SigningKey.generate(algorithm).verification().id())
                .isNotEqualTo(key.verification().id());
    }

    @Test
    void generatePair_rsa_has3072Bits() {
        RSAPublicKey key = (RSAPublicKey) Algorithm.RS256.generatePair().getPublic();
        assertThat(key.getModulus().bitLength()).isEqualTo(3072);
    }

    @ParameterizedTest
    @CsvSource({"HS256,32", "HS384,48", "HS512,64"})
    void of_secretOfTheHashsLength_isTakenAndAByteShorterRefused(Algorithm algorithm, int bytes) {
        assertThat(VerificationKey.of(algorithm, secret(bytes)).algorithm()).isEqualTo(algorithm);
        for (int shorter : new int[] {1, bytes / 2, bytes - 1}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> VerificationKey.of(algorithm, secret(shorter)))
                    .withMessageContaining(algorithm + " needs a secret key of at least " + bytes * 8 + " bits")
                    .withMessageContaining("was a secret key of " + shorter * 8 + " bits");
        }
    }

    private static SecretKeySpec secret(int bytes) {
        byte[] secret = new byte[bytes];
        new java.util.Random(bytes).nextBytes(secret);
        return new SecretKeySpec(secret, "HmacSHA256");
    }

    /** Bytes that repeat in blocks of so many, or that count up or down in steps. */
    static List<byte[]> patterns() {
        byte[] random = secret(32).getEncoded();
        List<byte[]> patterns = new ArrayList<>();
        for (int block : new int[] {1, 2, 3, 8, 11, 16}) {
            patterns.add(bytes(i -> random[i % block]));
        }
        for (int step : new int[] {0, 1, 7, 255}) {
            patterns.add(bytes(i -> (byte) (65 + i * step)));
        }
        patterns.add(new byte[32]);
        return patterns;
    }

    private static byte[] bytes(IntFunction<Byte> at) {
        byte[] bytes = new byte[32];
        Arrays.setAll(new Byte[32], i -> bytes[i] = at.apply(i));
        return bytes;
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void of_secretThatIsAPattern_isRefusedWithoutQuotingIt(byte[] secret) {
        SecretKeySpec key = new SecretKeySpec(secret, "HmacSHA256");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.of(Algorithm.HS256, key))
                .withMessage("HS256 needs a secret key of at least 256 bits, for HMAC, random and not a pattern; was a"
                        + " secret key of 256 bits for HmacSHA256");
    }

    @Test
    void of_secretWithOneByteOutsideThePattern_isTaken() {
        byte[] secret = new byte[32];
        secret[31] = 1;
        assertThat(VerificationKey.of(Algorithm.HS256, new SecretKeySpec(secret, "HmacSHA256"))
                        .algorithm())
                .isEqualTo(Algorithm.HS256);
    }

    @ParameterizedTest
    @CsvSource({"AES", "RAW", "secret", "HmacMD5"})
    void of_secretMadeForSomethingElse_isRefusedAtOnce(String kind) {
        SecretKeySpec key = new SecretKeySpec(secret(32).getEncoded(), kind);
        assertThatIllegalArgumentException().isThrownBy(() -> SigningKey.of(Algorithm.HS256, key));
    }

    record Wrong(Algorithm algorithm, KeyPair pair, String needs) {}

    static List<Wrong> wrong() {
        return List.of(
                new Wrong(
                        Algorithm.RS256,
                        RSA_1024,
                        "RS256 needs an RSA key of at least 2048 bits, with an odd exponent of at least 65537, not of a"
                                + " ROCA card; was an RSA key of 1024 bits"),
                new Wrong(Algorithm.PS512, RSA_1024, "PS512 needs an RSA key of at least 2048 bits"),
                new Wrong(Algorithm.RS384, P256, "RS384 needs an RSA key"),
                new Wrong(Algorithm.RS512, ED25519, "RS512 needs an RSA key"),
                new Wrong(Algorithm.PS256, DSA, "PS256 needs an RSA key of at least 2048 bits"),
                new Wrong(Algorithm.PS384, X25519, "PS384 needs an RSA key"),
                new Wrong(
                        Algorithm.ES256,
                        P384,
                        "ES256 needs an EC key on the curve P-256; was an EC key on a field of 384"),
                new Wrong(Algorithm.ES384, P256, "ES384 needs an EC key on the curve P-384"),
                new Wrong(Algorithm.ES512, P256, "ES512 needs an EC key on the curve P-521"),
                new Wrong(Algorithm.ES256, RSA_2048, "ES256 needs an EC key"),
                new Wrong(Algorithm.ES256, ED25519, "ES256 needs an EC key"),
                new Wrong(
                        Algorithm.EdDSA,
                        X25519,
                        "EdDSA needs an Ed25519 or Ed448 key, whose public part is a point of its curve and not of"
                                + " small order; was a key of the kind X"),
                new Wrong(Algorithm.EdDSA, P256, "EdDSA needs an Ed25519 or Ed448 key"),
                new Wrong(Algorithm.HS256, RSA_2048, "HS256 needs a secret key"),
                new Wrong(Algorithm.HS384, P256, "HS384 needs a secret key"),
                new Wrong(
                        Algorithm.HS512,
                        ED25519,
                        "HS512 needs a secret key of at least 512 bits, for HMAC, random and not a pattern; was an"
                                + " Ed25519 key"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void of_keyOfAnotherAlgorithmOrWeak_isRefusedSayingWhatIsNeeded(Wrong wrong) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> VerificationKey.of(wrong.algorithm(), wrong.pair().getPublic()))
                .withMessageStartingWith(wrong.needs())
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.of(wrong.algorithm(), wrong.pair()))
                .withMessageStartingWith(wrong.needs());
    }

    @ParameterizedTest
    @EnumSource(
            value = Algorithm.class,
            names = {"RS.*|PS.*|ES.*|EdDSA"},
            mode = EnumSource.Mode.MATCH_ALL)
    void of_secretForAKeyPairsAlgorithm_isRefused(Algorithm algorithm) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.of(algorithm, secret(64)))
                .withMessageContaining("was a secret key of 512 bits");
    }

    @Test
    void of_halvesOfTwoPairs_isRefused() {
        KeyPair rsa = new KeyPair(RSA_2048.getPublic(), Forge.pair("RSA", 2048).getPrivate());
        KeyPair ec = new KeyPair(P256.getPublic(), Forge.curve("secp256r1").getPrivate());
        KeyPair ed = new KeyPair(ED25519.getPublic(), Forge.pair("Ed25519", 255).getPrivate());
        assertThatIllegalArgumentException().isThrownBy(() -> SigningKey.of(Algorithm.RS256, rsa));
        assertThatIllegalArgumentException().isThrownBy(() -> SigningKey.of(Algorithm.ES256, ec));
        assertThatIllegalArgumentException().isThrownBy(() -> SigningKey.of(Algorithm.EdDSA, ed));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.of(Algorithm.ES256, new KeyPair(P256.getPublic(), P384.getPrivate())));
    }

    /** A key as another provider may make it, of any curve and point. */
    private record OtherKey(ECParameterSpec params, ECPoint point) implements ECPublicKey {
        private static final long serialVersionUID = 1L;

        @Override
        public ECPoint getW() {
            return point;
        }

        @Override
        public ECParameterSpec getParams() {
            return params;
        }

        @Override
        public String getAlgorithm() {
            return "EC";
        }

        @Override
        public String getFormat() {
            return "X.509";
        }

        @Override
        public byte[] getEncoded() {
            return new byte[0];
        }
    }

    @Test
    void of_pointOffTheCurveOrOtherCurveOfThatSize_isRefused() {
        ECParameterSpec p256 = ((ECPublicKey) P256.getPublic()).getParams();
        java.security.spec.EllipticCurve secp256k1 = new java.security.spec.EllipticCurve(
                new java.security.spec.ECFieldFp(
                        new BigInteger("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFC2F", 16)),
                BigInteger.ZERO,
                BigInteger.valueOf(7));
        ECPoint generator = new ECPoint(
                new BigInteger("79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798", 16),
                new BigInteger("483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8", 16));
        BigInteger order = new BigInteger("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141", 16);
        ECParameterSpec other = new ECParameterSpec(secp256k1, generator, order, 1);
        ECPoint off = new ECPoint(BigInteger.ONE, BigInteger.ONE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VerificationKey.of(Algorithm.ES256, new OtherKey(other, generator)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VerificationKey.of(Algorithm.ES256, new OtherKey(p256, off)));
    }
}
