package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RsaStrengthTest {
    private static final BigInteger F4 = BigInteger.valueOf(65_537);
    private static final Random RANDOM = new Random(7);

    private static RSAPublicKey key(BigInteger modulus, BigInteger exponent) throws Exception {
        return (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
    }

    private static BigInteger odd() {
        return new BigInteger(2048, RANDOM).setBit(2047).setBit(0);
    }

    /** As those cards made them: a power of 65537 modulo the product of the first primes, plus a multiple of that. */
    private static BigInteger roca() {
        BigInteger product = BigInteger.TWO;
        for (BigInteger prime = BigInteger.valueOf(3); prime.intValue() <= 167; prime = prime.nextProbablePrime()) {
            product = product.multiply(prime);
        }
        BigInteger power = F4.modPow(new BigInteger(60, RANDOM), product);
        BigInteger times = BigInteger.ONE.shiftLeft(2047).divide(product).add(BigInteger.TEN);
        return product.multiply(times).add(power);
    }

    @Tag("slow")
    @Test
    void isStrong_ordinaryKeys_areTaken() throws Exception {
        for (int i = 0; i < 1000; i++) {
            assertThat(RsaStrength.isStrong(key(odd(), F4))).isTrue();
        }
        assertThatCode(() -> SigningKey.generate(Algorithm.RS256)).doesNotThrowAnyException();
    }

    @Test
    void isStrong_rocaModulus_isNot() throws Exception {
        for (int i = 0; i < 20; i++) {
            BigInteger modulus = roca();
            assertThat(modulus.bitLength()).isGreaterThanOrEqualTo(2048);
            assertThat(RsaStrength.isStrong(key(modulus, F4))).isFalse();
        }
    }

    @Test
    void check_evenModulusOrBadExponent_isRefusedSayingWhatIsNeeded() throws Exception {
        BigInteger modulus = odd();
        for (RSAPublicKey weak : new RSAPublicKey[] {
            key(modulus.clearBit(0).setBit(1), F4),
            key(modulus, BigInteger.valueOf(3)),
            key(modulus, BigInteger.valueOf(65_535)),
            key(modulus, BigInteger.valueOf(65_538))
        }) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> VerificationKey.of(Algorithm.PS256, weak))
                    .withMessageContaining("65537")
                    .withMessageContaining("ROCA");
        }
    }
}
