package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files are made by OpenSSL; {@code make-with-openssl.sh} beside them has the commands. */
class PemTest {
    private static final char[] PASSWORD = "test-password".toCharArray();

    @TempDir
    private Path folder;

    private static String file(String name) {
        try (InputStream in = PemTest.class.getResourceAsStream("pem/" + name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Pem pem(String name) {
        return Pem.text(file(name));
    }

    @ParameterizedTest
    @CsvSource({
        "RS256, rsa-pkcs8.pem, rsa-public.pem",
        "PS512, rsa-pkcs8.pem, rsa-public.pem",
        "RS256, rsa-pkcs1.pem, rsa-public-pkcs1.pem",
        "RS384, rsa-bundle.pem, rsa-bundle.pem",
        "RS256, rsa-pkcs1.pem, rsa-certificate.pem",
        "ES256, ec-prime256v1-pkcs8.pem, ec-prime256v1-public.pem",
        "ES256, ec-prime256v1-sec1.pem, ec-prime256v1-public.pem",
        "ES256, ec-prime256v1-sec1-short.pem, ec-prime256v1-public.pem",
        "ES384, ec-secp384r1-sec1.pem, ec-secp384r1-public.pem",
        "ES384, ec-secp384r1-pkcs8.pem, ec-secp384r1-public.pem",
        "ES512, ec-secp521r1-sec1.pem, ec-secp521r1-public.pem",
        "ES512, ec-secp521r1-pkcs8.pem, ec-secp521r1-public.pem",
        "EdDSA, ed25519.pem, ed25519-public.pem",
        "EdDSA, ed448.pem, ed448-public.pem"
    })
    void of_keyAndPublicKeyOfOpenSsl_belongTogether(Algorithm algorithm, String key, String publicKey) {
        VerificationKey expected = VerificationKey.of(algorithm, pem(publicKey));

        assertThat(SigningKey.of(algorithm, pem(key)).verification()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "RS256, rsa-encrypted.pem, rsa-pkcs8.pem",
        "RS256, rsa-encrypted-aes128.pem, rsa-pkcs8.pem",
        "ES256, ec-encrypted.pem, ec-prime256v1-pkcs8.pem",
        "EdDSA, ed25519-encrypted.pem, ed25519.pem"
    })
    void of_encryptedKey_isReadWithItsPasswordOnly(Algorithm algorithm, String encrypted, String plain) {
        Pem pem = pem(encrypted);

        assertThat(SigningKey.of(algorithm, pem.password(PASSWORD)).verification())
                .isEqualTo(SigningKey.of(algorithm, pem(plain)).verification());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.of(algorithm, pem.password("other-password".toCharArray())))
                .withMessageContaining("block 1, ENCRYPTED PRIVATE KEY,")
                .withMessageContaining("password")
                .withMessageNotContaining("other-password");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.of(algorithm, pem))
                .withMessageContaining("is encrypted: give the password");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rsa-pkcs1-encrypted.pem|block 1, RSA PRIVATE KEY,|openssl pkcs8 -topk8 -in key.pem",
                "rsa-encrypted-des3.pem|block 1, ENCRYPTED PRIVATE KEY,|-v2 aes-256-cbc -v2prf hmacWithSHA256",
                "rsa-encrypted-pbes1.pem|block 1, ENCRYPTED PRIVATE KEY,|-v2 aes-256-cbc -v2prf hmacWithSHA256",
                "rsa-encrypted-scrypt.pem|block 1, ENCRYPTED PRIVATE KEY,|-v2 aes-256-cbc -v2prf hmacWithSHA256",
                "rsa-pss.pem|block 1, PRIVATE KEY,|openssl pkcs8 -topk8 -nocrypt",
                "ec-prime256v1-sec1.pem|block 2, EC PRIVATE KEY,|another kind of key",
                "ec-secp256k1-sec1.pem|block 1, EC PRIVATE KEY,|another kind of key",
                "ed25519.pem|block 1, PRIVATE KEY,|another kind of key",
                "rsa-public.pem|1 PUBLIC KEY|give the private key",
                "rsa-certificate.pem|1 CERTIFICATE|give the private key",
                "rsa-request.pem|1 CERTIFICATE REQUEST|openssl req",
                "several.pem|1 RSA PRIVATE KEY, 2 PRIVATE KEY;|choose with block(number)",
                "rsa.der|not PEM|openssl pkey -inform DER"
            })
    void of_blockThatIsNotRead_isRefusedNamingItAndTheWayOut(String name, String block, String wayOut) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.of(Algorithm.RS256, pem(name).password(PASSWORD)))
                .withMessageContaining(block)
                .withMessageContaining(wayOut);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rsa-pkcs8.pem|1 PRIVATE KEY|openssl pkey -in key.pem -pubout",
                "rsa-request.pem|1 CERTIFICATE REQUEST|openssl req",
                "several.pem|3 CERTIFICATE, 4 PUBLIC KEY;|choose with block(number)",
                "ec-prime256v1-public.pem|block 1, PUBLIC KEY,|another kind of key"
            })
    void of_publicBlockThatIsNotRead_isRefusedNamingItAndTheWayOut(String name, String block, String wayOut) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VerificationKey.of(Algorithm.RS256, pem(name)))
                .withMessageContaining(block)
                .withMessageContaining(wayOut);
    }

    @Test
    void of_keyOnAnotherCurve_saysWhichIsNeeded() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.of(Algorithm.ES256, pem("ec-secp384r1-sec1.pem")))
                .withMessage("ES256 needs an EC key on the curve P-256; was an EC key on a field of 384 bits");
    }

    @Test
    void block_ofSeveral_isTheOneChosen() {
        Pem several = pem("several.pem");

        assertThat(SigningKey.of(Algorithm.RS256, several.block(1)).verification())
                .isEqualTo(VerificationKey.of(Algorithm.RS256, several.block(3)));
        assertThat(SigningKey.of(Algorithm.ES256, several.block(2)).verification())
                .isEqualTo(VerificationKey.of(Algorithm.ES256, several.block(4)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.of(Algorithm.RS256, several.block(3)))
                .withMessageContaining("no private key in the PEM text: 3 CERTIFICATE");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.of(Algorithm.RS256, several.block(5)))
                .withMessageContaining("there is no block 5");
        assertThatIllegalArgumentException().isThrownBy(() -> several.block(0));
    }

    @Test
    void of_fileOfAnEnvironmentOrAReader_isTheSameKey() throws IOException {
        String text = file("ed25519.pem");
        Path path = Files.writeString(folder.resolve("key.pem"), text.replace("\n", "\r\n"));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        VerificationKey expected =
                SigningKey.of(Algorithm.EdDSA, Pem.text(text)).verification();

        assertThat(SigningKey.of(Algorithm.EdDSA, Pem.file(path)).verification())
                .isEqualTo(expected);
        assertThat(SigningKey.of(Algorithm.EdDSA, Pem.read(new StringReader("comment\n" + text)))
                        .verification())
                .isEqualTo(expected);
    }

    @Test
    void of_fileOthersCanRead_isRefusedForAPrivateKeyOnly() throws IOException {
        Path secret = Files.writeString(folder.resolve("key.pem"), file("ed25519.pem"));
        Path open = Files.writeString(folder.resolve("public.pem"), file("ed25519-public.pem"));
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.of(Algorithm.EdDSA, Pem.file(secret)))
                .withMessageContaining("chmod 600");
        assertThat(VerificationKey.of(Algorithm.EdDSA, Pem.file(open))).isNotNull();
    }

    @Test
    void of_lineBreaksAsTwoCharacters_isRefusedSayingSo() {
        String oneLine = file("ed25519.pem").replace("\n", "\\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.of(Algorithm.EdDSA, Pem.text(oneLine)))
                .withMessageContaining("has \\n as two characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret-content",
                "-----BEGIN PRIVATE KEY-----\nc2VjcmV0LWNvbnRlbnQ=\n",
                "-----BEGIN PRIVATE KEY-----\nc2VjcmV0LWNvbnRlbnQ=\n-----END PUBLIC KEY-----",
                "-----BEGIN PRIVATE KEY-----\nc2VjcmV0LWNvbnRlbnQ=\n-----END PRIVATE KEY-----",
                "-----BEGIN EC PRIVATE KEY-----\nc2VjcmV0LWNvbnRlbnQ=\n-----END EC PRIVATE KEY-----",
                "-----BEGIN RSA PRIVATE KEY-----\nc2VjcmV0LWNvbnRlbnQ=\n-----END RSA PRIVATE KEY-----",
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nc2VjcmV0LWNvbnRlbnQ=\n-----END ENCRYPTED PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\nsecret-content!\n-----END PRIVATE KEY-----",
                "-----BEGIN OPENSSH PRIVATE KEY-----\nc2VjcmV0LWNvbnRlbnQ=\n-----END OPENSSH PRIVATE KEY-----"
            })
    void of_garbage_isRefusedWithoutItsContent(String text) {
        for (Algorithm algorithm : new Algorithm[] {Algorithm.RS256, Algorithm.ES256, Algorithm.EdDSA}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SigningKey.of(algorithm, Pem.text(text).password(PASSWORD)))
                    .withMessageNotContaining("c2Vj")
                    .withMessageNotContaining("secret-content");
        }
    }

    @Test
    void of_keyOfOpenSsh_namesItsCommand() {
        String text = "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.of(Algorithm.EdDSA, Pem.text(text)))
                .withMessageContaining("1 OPENSSH PRIVATE KEY")
                .withMessageContaining("ssh-keygen -p -m PKCS8");
    }

    @Test
    void of_damagedKey_keepsTheCause() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.of(
                        Algorithm.RS256, Pem.text("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")))
                .withCauseInstanceOf(java.security.GeneralSecurityException.class);
    }

    @Test
    void of_secretAlgorithm_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.of(Algorithm.HS256, pem("rsa-pkcs8.pem")))
                .withMessageContaining("HS256");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VerificationKey.of(Algorithm.HS256, pem("rsa-public.pem")))
                .withMessageContaining("HS256");
    }

    @Test
    void toString_showsNothingOfTheText() {
        assertThat(pem("rsa-pkcs8.pem").password(PASSWORD)).hasToString("Pem[redacted]");
        assertThat(PemBlock.all(file("rsa-pkcs8.pem"))).hasToString("[block 1, PRIVATE KEY,]");
    }
}
