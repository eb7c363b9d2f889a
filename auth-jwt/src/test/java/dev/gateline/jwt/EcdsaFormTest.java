package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EcdsaFormTest {
    private static final ECPublicKey P256 =
            (ECPublicKey) Forge.curve("secp256r1").getPublic();
    private static final EcdsaForm FORM = EcdsaForm.of(P256).orElseThrow();

    private static byte[] jws(BigInteger r, BigInteger s, int length) {
        byte[] jws = new byte[2 * length];
        byte[] first = r.toByteArray();
        byte[] second = s.toByteArray();
        for (int i = 1; i <= Math.min(length, first.length); i++) {
            jws[length - i] = first[first.length - i];
        }
        for (int i = 1; i <= Math.min(length, second.length); i++) {
            jws[2 * length - i] = second[second.length - i];
        }
        return jws;
    }

    @ParameterizedTest
    @CsvSource({"secp256r1, 32", "secp384r1, 48", "secp521r1, 66"})
    void toDer_numbersOfAnySize_comeBack(String curve, int length) {
        ECPublicKey key = (ECPublicKey) Forge.curve(curve).getPublic();
        EcdsaForm form = EcdsaForm.of(key).orElseThrow();
        BigInteger order = key.getParams().getOrder();
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            BigInteger r = new BigInteger(1 + random.nextInt(order.bitLength() - 1), random).max(BigInteger.ONE);
            BigInteger s = order.subtract(new BigInteger(1 + random.nextInt(20), random).max(BigInteger.ONE));
            byte[] jws = jws(r, s, length);
            assertThat(form.isInRange(jws)).isTrue();
            assertThat(form.ofDer(form.toDer(jws))).isEqualTo(jws);
        }
    }

    @Test
    void isInRange_zeroOrTheOrderOrMore_isNot() {
        BigInteger order = P256.getParams().getOrder();
        BigInteger most = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);
        for (BigInteger bad : new BigInteger[] {BigInteger.ZERO, order, order.add(BigInteger.ONE), most}) {
            assertThat(FORM.isInRange(jws(bad, BigInteger.ONE, 32))).isFalse();
            assertThat(FORM.isInRange(jws(BigInteger.ONE, bad, 32))).isFalse();
        }
        assertThat(FORM.isInRange(jws(BigInteger.ONE, order.subtract(BigInteger.ONE), 32)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "3000",
                "3003020101",
                "3006020100020101",
                "30060201010201ff",
                "3009020101020101020101",
                "30060401010401" + "01",
                "0201010201" + "01",
                "300602010102",
                "3080020101020101"
            })
    void ofDer_bytesThatAreNoSignature_areRefused(String hex) {
        byte[] der = HexFormat.of().parseHex(hex);
        assertThatIllegalArgumentException().isThrownBy(() -> FORM.ofDer(der));
    }

    @Test
    void of_keyOfAnotherKind_hasNone() {
        assertThat(EcdsaForm.of(Forge.pair("Ed25519", 255).getPublic())).isEmpty();
    }
}
