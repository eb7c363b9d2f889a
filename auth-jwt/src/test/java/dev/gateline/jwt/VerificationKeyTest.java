package dev.gateline.jwt;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gateline.internal.Base64Url;
import io.jsonwebtoken.security.Jwks;
import java.security.Key;
import java.security.PublicKey;
import java.util.List;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of the RFCs themselves. */
class VerificationKeyTest {
    private static final String CLAIMS =
            "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "RFC 7515 A.1|HS256|{\"kty\":\"oct\","
                        + "\"k\":\"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z"
                        + "9CAow\"}"
                        + "|eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9." + CLAIMS
                        + "|dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
                "RFC 7515 A.2|RS256|{\"kty\":\"RSA\",\"e\":\"AQAB\","
                        + "\"n\":\"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJP"
                        + "MEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63k"
                        + "paSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4L"
                        + "T6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ\"}"
                        + "|eyJhbGciOiJSUzI1NiJ9." + CLAIMS
                        + "|cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W"
                        + "2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSj"
                        + "tQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh"
                        + "6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw",
                "RFC 7515 A.3|ES256|{\"kty\":\"EC\",\"crv\":\"P-256\","
                        + "\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
                        + "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}"
                        + "|eyJhbGciOiJFUzI1NiJ9." + CLAIMS
                        + "|DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q",
                "RFC 8037 A.4|EdDSA|{\"kty\":\"OKP\",\"crv\":\"Ed25519\","
                        + "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}"
                        + "|eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
                        + "|hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
            })
    void verify_exampleOfAnRfc_isGoodAndChangedBad(
            String source, Algorithm algorithm, String jwk, String input, String signature) {
        Key key = Jwks.parser().build().parse(jwk).toKey();
        VerificationKey verification = key instanceof SecretKey secret
                ? VerificationKey.of(algorithm, new SecretKeySpec(secret.getEncoded(), "HmacSHA256"))
                : VerificationKey.of(algorithm, (PublicKey) key);
        byte[] signed = input.getBytes(US_ASCII);
        byte[] good = Base64Url.decode(signature, 0, signature.length()).orElseThrow();
        assertThat(verification.verify(signed, good)).as(source).isTrue();
        good[0] ^= 1;
        assertThat(verification.verify(signed, good)).isFalse();
        good[0] ^= 1;
        signed[0] ^= 1;
        assertThat(verification.verify(signed, good)).isFalse();
    }

    @Test
    void named_onBothSidesOfTheLongestName_isTakenOrRefused() {
        VerificationKey key = Forge.of(Algorithm.EdDSA).key();

        assertThat(key.named("x".repeat(255)).id()).hasSize(255);
        for (String name : List.of("x".repeat(256), "", " a", "a\u0007", "\ud800")) {
            assertThatIllegalArgumentException().isThrownBy(() -> key.named(name));
        }
    }

    @Test
    void isFor_nameOfTheAlgorithmOrOfTheCurve_isTrue() {
        VerificationKey key = Forge.of(Algorithm.EdDSA).key();

        assertThat(key.isFor("EdDSA") && key.isFor("Ed25519")).isTrue();
        assertThat(key.isFor("Ed448") || key.isFor("ES256")).isFalse();
        assertThat(Forge.of(Algorithm.ES256).key().isFor("Ed25519")).isFalse();
    }

    @Test
    void toString_always_hasNameAndAlgorithm() {
        assertThat(Forge.of(Algorithm.HS256).key().named("k1")).hasToString("VerificationKey[HS256, k1]");
    }
}
