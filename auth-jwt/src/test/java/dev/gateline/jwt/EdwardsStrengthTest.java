package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EdwardsStrengthTest {

    /** The key as RFC 8032 encodes it: y in little endian, and the last bit says which of two x. */
    private static PublicKey key(NamedParameterSpec curve, byte[] encoded) throws Exception {
        byte[] bigEndian = new byte[encoded.length];
        for (int i = 0; i < encoded.length; i++) {
            bigEndian[i] = encoded[encoded.length - 1 - i];
        }
        boolean odd = bigEndian[0] < 0;
        bigEndian[0] &= 0x7f;
        EdECPoint point = new EdECPoint(odd, new BigInteger(1, bigEndian));
        return KeyFactory.getInstance("EdDSA").generatePublic(new EdECPublicKeySpec(curve, point));
    }

    private static PublicKey key(NamedParameterSpec curve, String hex) throws Exception {
        return key(curve, HexFormat.of().parseHex(hex));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0100000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000080",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
            })
    void of_pointOfSmallOrderOnEdwards25519_isRefused(String hex) throws Exception {
        PublicKey weak = key(NamedParameterSpec.ED25519, hex);

        assertThat(EdwardsStrength.isStrong((EdECPublicKey) weak)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VerificationKey.of(Algorithm.EdDSA, weak))
                .withMessageContaining("EdDSA needs")
                .withMessageContaining("small order");
    }

    @Test
    void of_pointOfSmallOrderOnEdwards448_isRefused() throws Exception {
        byte[] zero = new byte[57];
        byte[] one = zero.clone();
        one[0] = 1;
        byte[] minusOne = new byte[57];
        java.util.Arrays.fill(minusOne, 0, 56, (byte) 0xff);
        minusOne[0] = (byte) 0xfe;
        minusOne[28] = (byte) 0xfe;
        byte[] otherX = zero.clone();
        otherX[56] = (byte) 0x80;

        for (byte[] encoded : new byte[][] {zero, one, minusOne, otherX}) {
            PublicKey weak = key(NamedParameterSpec.ED448, encoded);
            assertThat(EdwardsStrength.isStrong((EdECPublicKey) weak)).isFalse();
            assertThatIllegalArgumentException().isThrownBy(() -> VerificationKey.of(Algorithm.EdDSA, weak));
        }
    }

    @Test
    void of_numberThatIsNoPointOfTheCurve_isRefused() throws Exception {
        int refused = 0;
        for (byte y = 2; y < 22; y++) {
            byte[] encoded = new byte[32];
            encoded[0] = y;
            PublicKey key = key(NamedParameterSpec.ED25519, encoded);
            boolean strong = EdwardsStrength.isStrong((EdECPublicKey) key);
            try {
                VerificationKey.of(Algorithm.EdDSA, key);
                assertThat(strong).isTrue();
            } catch (IllegalArgumentException e) {
                assertThat(strong).isFalse();
                refused++;
            }
        }

        assertThat(refused).as("about half of all numbers").isBetween(5, 15);
    }

    @Test
    void of_generatedKeysAndThoseOfRfc8032_areTaken() throws Exception {
        PublicKey first =
                key(NamedParameterSpec.ED25519, "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        PublicKey blank448 = key(
                NamedParameterSpec.ED448,
                "5fd7449b59b461fd2ce787ec616ad46a1da1342485a70e1f8a0ea75d80e96778edf124769b46c7061bd6783df1e50f6cd1f"
                        + "a1abeafe8256180");

        assertThatCode(() -> VerificationKey.of(Algorithm.EdDSA, first)).doesNotThrowAnyException();
        assertThatCode(() -> VerificationKey.of(Algorithm.EdDSA, blank448)).doesNotThrowAnyException();
        for (int i = 0; i < 50; i++) {
            assertThat(SigningKey.generate(Algorithm.EdDSA).verification()).isNotNull();
            assertThat(VerificationKey.of(
                            Algorithm.EdDSA, Forge.pair("Ed448", 448).getPublic()))
                    .isNotNull();
        }
    }
}
