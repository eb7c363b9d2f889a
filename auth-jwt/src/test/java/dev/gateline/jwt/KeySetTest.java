package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.Credential;
import dev.gateline.Login;
import dev.gateline.store.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeySetTest {
    private static final VerificationKey RSA =
            SigningKey.generate(Algorithm.RS256).verification();
    private static final VerificationKey EC =
            SigningKey.generate(Algorithm.ES256).verification();
    private static final VerificationKey ED =
            SigningKey.generate(Algorithm.EdDSA).verification();

    @TempDir
    private Path folder;

    private static String setOf(String... keys) {
        return "{\"keys\":[" + String.join(",", keys) + "]}";
    }

    private static String with(String member, VerificationKey key) {
        String name = member.substring(0, member.indexOf(':'));
        String without = key.jwk().replaceFirst(name + ":\"[^\"]*\",|," + name + ":\"[^\"]*\"(?=})", "");
        return "{" + member + "," + without.substring(1);
    }

    private static String reason(String jwk) {
        KeySet set = KeySet.parse(setOf(ED.jwk(), jwk));
        assertThat(set.keys()).containsExactly(ED);
        assertThat(set.passedOver()).hasSize(1);
        return set.passedOver().get(0).reason();
    }

    /** As their documentation has them, but for the keys. */
    static Map<String, String> providers() {
        String n = RSA.jwk().replaceAll(".*\"n\":\"([^\"]*)\".*", "$1");
        String certificate = "MIIC" + "A".repeat(1_000) + "==";
        return Map.of(
                "Entra ID: no alg, a certificate and the issuer",
                "{\"kty\":\"RSA\",\"use\":\"sig\",\"kid\":\"k\",\"x5t\":\"k\",\"n\":\"" + n
                        + "\",\"e\":\"AQAB\",\"x5c\":[\"" + certificate
                        + "\"],\"cloud_instance_name\":\"microsoftonline.com\","
                        + "\"issuer\":\"https://login.microsoftonline.com/{tenantid}/v2.0\"}",
                "Google",
                "{\"n\":\"" + n + "\",\"e\":\"AQAB\",\"kty\":\"RSA\",\"use\":\"sig\",\"kid\":\"k\",\"alg\":\"RS256\"}",
                "Okta",
                "{\"kty\":\"RSA\",\"alg\":\"RS256\",\"kid\":\"k\",\"use\":\"sig\",\"e\":\"AQAB\",\"n\":\"" + n + "\"}",
                "Auth0",
                "{\"kty\":\"RSA\",\"use\":\"sig\",\"n\":\"" + n
                        + "\",\"e\":\"AQAB\",\"kid\":\"k\",\"x5t\":\"k\",\"x5c\":[\"" + certificate
                        + "\"],\"alg\":\"RS256\"}",
                "Keycloak",
                "{\"kid\":\"k\",\"kty\":\"RSA\",\"alg\":\"RS256\",\"use\":\"sig\",\"n\":\"" + n
                        + "\",\"e\":\"AQAB\",\"x5c\":[\"" + certificate + "\"],\"x5t\":\"k\",\"x5t#S256\":\"k\"}",
                "Cognito: its kid is standard base64",
                "{\"alg\":\"RS256\",\"e\":\"AQAB\",\"kid\":\"k\",\"kty\":\"RSA\",\"n\":\"" + n + "\",\"use\":\"sig\"}",
                "a serializer that writes what it has not",
                "{\"alg\":null,\"e\":\"AQAB\",\"kid\":\"k\",\"kty\":\"RSA\",\"n\":\"" + n
                        + "\",\"use\":null,\"key_ops\":[],\"x5c\":[],\"x5t\":null,\"crv\":null,\"x\":null,"
                        + "\"d\":null,\"oth\":[]}");
    }

    @Test
    void parse_keysOfTheBigProviders_areTaken() {
        providers().forEach((provider, jwk) -> {
            KeySet set = KeySet.parse(setOf(jwk));
            assertThat(set.find("k")).as(provider).contains(RSA.named("k"));
            assertThat(set.passedOver()).isEmpty();
        });
    }

    @Test
    void parse_kidWithSlashesAndPadding_isKept() {
        assertThat(KeySet.parse(setOf(with("\"kid\":\"1234example/+=\"", RSA))).find("1234example/+="))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"e\":\"=QAB\"|its e is not base64url",
                "\"e\":\"AQAB=\"|its e is not base64url",
                "\"e\":\"AQAB==\"|its e is not base64url",
                "\"e\":\"A QAB\"|its e is not base64url",
                "\"e\":\"\"|its e is empty",
                "\"e\":[\"AQAB\"]|its e is missing or not a string",
                "\"e\":65537|its e is missing or not a string",
                "\"e\":\"Aw\"|RS256 needs an RSA key",
                "\"n\":\"AQAB\"|it is not a key of its kind: RSA",
                "\"n\":null|its n is missing",
                "\"kty\":\"EC\"|its crv is missing",
                "\"kty\":[]|its kty is missing",
                "\"kid\":5|its kid is not a string",
                "\"kid\":[\"a\"]|its kid is not a string",
                "\"use\":\"enc\"|its use is not sig but enc",
                "\"use\":[\"sig\"]|its use is not sig but [sig]",
                "\"key_ops\":[\"sign\"]|its key_ops are without verify: [sign]",
                "\"d\":\"AQAB\"|private or secret key: d",
                "\"alg\":\"RSA-OAEP\"|its alg is no signature",
                "\"alg\":\"HS256\"|its alg is no signature"
            })
    void parse_rsaKeyThatCannotBeUsed_isPassedOverSayingWhy(String member, String reason) {
        assertThat(reason(with(member, RSA))).contains(reason);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 33, 64})
    void parse_coordinateOfAnotherLength_isPassedOver(int bytes) {
        String text = dev.gateline.internal.Base64Url.encode(new byte[bytes]);
        assertThat(reason(with("\"x\":\"" + text + "\"", EC))).contains("its x has " + bytes + " bytes, not 32");
        assertThat(reason(with("\"y\":\"" + text + "\"", EC))).contains("its y has " + bytes + " bytes, not 32");
        KeySet set = KeySet.parse(setOf(EC.jwk(), with("\"x\":\"" + text + "\"", ED)));
        assertThat(set.passedOver().get(0).reason()).contains("its x has " + bytes + " bytes, not 32");
    }

    @Test
    void parse_edwardsKeyWithAFurtherByteOrForeignCharacters_isPassedOver() {
        String x = ED.jwk().replaceAll(".*\"x\":\"([^\"]*)\".*", "$1");
        for (String bad : List.of(x + "AA", x + "=", "=" + x, x + "\\n")) {
            KeySet set = KeySet.parse(setOf(EC.jwk(), with("\"x\":\"" + bad + "\"", ED)));
            assertThat(set.passedOver()).as(bad).hasSize(1);
        }
    }

    @Test
    void parse_edwardsKeyThatWasNeverFilled_isPassedOver() {
        KeySet set = KeySet.parse(setOf(EC.jwk(), with("\"x\":\"" + "A".repeat(43) + "\"", ED)));
        assertThat(set.passedOver().get(0).reason()).contains("small order");
    }

    @Test
    void parse_modulusWithALeadingZeroByte_isTheSameKey() {
        String n = RSA.jwk().replaceAll(".*\"n\":\"([^\"]*)\".*", "$1");
        byte[] bytes = dev.gateline.internal.Base64Url.decode(n, 0, n.length()).orElseThrow();
        byte[] longer = new byte[bytes.length + 1];
        System.arraycopy(bytes, 0, longer, 1, bytes.length);
        String jwk = with("\"n\":\"" + dev.gateline.internal.Base64Url.encode(longer) + "\"", RSA);

        assertThat(KeySet.parse(setOf(jwk)).keys()).containsExactly(RSA);
    }

    @Test
    void parse_entriesThatAreNoKeys_areSkipped() {
        KeySet set = KeySet.parse(setOf("null", "1", "[]", "\"a\"", RSA.jwk(), "{}"));

        assertThat(set.keys()).containsExactly(RSA);
        assertThat(set.passedOver()).hasSize(5);
    }

    @Test
    void parse_longCertificates_spoilNothing() {
        String long1 = with("\"x5c\":[\"" + "A".repeat(200_000) + "\"]", RSA);

        assertThat(KeySet.parse(setOf(long1, EC.jwk())).keys()).containsExactly(RSA, EC);
    }

    @Test
    void parse_reasonsAndIds_areBoundedAndBreakNoLineOfALog() {
        String jwk = with("\"use\":\"" + "x\\r\\n".repeat(500) + "\"", EC.named("a"))
                .replace("\"a\"", "\"" + "k\\r\\n".repeat(500) + "\"");
        KeySet.PassedOver told =
                KeySet.parse(setOf(RSA.jwk(), jwk)).passedOver().get(0);

        assertThat(told.keyId()).hasSize(255).doesNotContain("\r", "\n");
        assertThat(told.reason()).hasSizeLessThan(200).doesNotContain("\r", "\n");
    }

    /** Terminals take U+009D for the start of a command, U+2028 for a new line, and U+202E turns the rest round. */
    @ParameterizedTest
    @ValueSource(strings = {"\u0085", "\u009d", "\u2028", "\u202e", "\u200b"})
    void parse_idWithACharacterThatALogObeys_isToldWithoutIt(String character) {
        String jwk = with("\"use\":\"enc\"", EC.named("a")).replace("\"a\"", "\"k" + character + "1\"");

        assertThat(KeySet.parse(setOf(RSA.jwk(), jwk)).passedOver().get(0).keyId())
                .isEqualTo("k?1");
    }

    @Test
    void parse_keyWithoutANameAmongOthers_isPassedOver() {
        KeySet set = KeySet.parse(setOf(RSA.jwk(), with("\"kid\":null", EC)));

        assertThat(set.find("")).isEmpty();
        assertThat(set.passedOver().get(0).reason()).contains("no kid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"keys\":{}}", "{\"keys\":[]}", "{\"keys\":[null]}", "{\"keys\":[{}]}"})
    void parse_noUsableKey_isRefused(String jwks) {
        assertThatIllegalArgumentException().isThrownBy(() -> KeySet.parse(jwks));
    }

    @Test
    void of_keysOfTheHost_areFoundByTheirNames() {
        KeySet set = KeySet.of(RSA.named("legacy-2024"), EC);

        assertThat(set.find("legacy-2024")).contains(RSA.named("legacy-2024"));
        assertThat(set.find(EC.id())).contains(EC);
        assertThat(set.find(RSA.id())).isEmpty();
        assertThat(set.find("")).isEmpty();
        assertThat(KeySet.of(RSA).find("")).contains(RSA);
    }

    @Test
    void of_noKeyOrOneIdTwice_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(KeySet::of);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeySet.of(RSA.named("a"), EC.named("a")))
                .withMessageContaining("the id a");
    }

    @Test
    void file_andResource_areRead() throws IOException {
        Path file = Files.writeString(folder.resolve("jwks.json"), setOf(RSA.jwk()));

        assertThat(KeySet.file(file).keys()).containsExactly(RSA);
        assertThat(KeySet.resource(KeySetTest.class, "jwks.json").find("2011-04-29"))
                .isPresent();
        assertThatThrownBy(() -> KeySet.file(folder.resolve("none"))).isInstanceOf(UncheckedIOException.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeySet.resource(KeySetTest.class, "none.json"))
                .withMessageContaining("none.json");
    }

    static List<String> badNames() {
        return List.of("", " a", "a ", "a\nb", "\uD83D", "k".repeat(256));
    }

    @ParameterizedTest
    @MethodSource("badNames")
    void named_nameThatReadersDisagreeOn_isRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> RSA.named(name)).withMessageContaining("id of a key");
    }

    private static Credential issued(SigningKey key) {
        return JwtAuthenticator.builder(Storage.inMemory(10), KeyRing.of(key))
                .issuer("https://park.example")
                .audience("api")
                .absoluteTimeout(Duration.ofDays(1))
                .build()
                .login(Login.of("ada"))
                .access();
    }

    private static JwtVerifier verifier(KeySource keys) {
        return JwtVerifier.builder(keys)
                .issuer("https://park.example")
                .audience("api")
                .tokensLiveUntilTheyExpire()
                .build();
    }

    @Test
    void authenticate_sourceKnowsTheNameInTheTokenOnly_isAskedForThatAndTheTokenIsRemembered() {
        SigningKey provider = SigningKey.generate(Algorithm.ES256).named("provider-1");
        VerificationKey nameless =
                VerificationKey.of(Algorithm.ES256, provider.verification().publicKey());
        List<String> asked = new ArrayList<>();
        JwtVerifier verifier = verifier(keyId -> {
            asked.add(keyId);
            return keyId.equals("provider-1") ? Optional.of(nameless) : Optional.empty();
        });
        Credential token = issued(provider);

        for (int i = 0; i < 3; i++) {
            assertThat(verifier.authenticate(token).toOptional()).isPresent();
        }

        assertThat(asked).containsExactly("provider-1", "provider-1", "provider-1");
    }

    @Test
    void authenticate_keySetByTheNameOfTheProvider_isAccepted() {
        SigningKey provider = SigningKey.generate(Algorithm.ES256).named("provider-1");
        Credential token = issued(provider);

        assertThat(verifier(KeySet.of(provider.verification(), RSA))
                        .authenticate(token)
                        .toOptional())
                .isPresent();
        assertThat(verifier(KeySet.of(provider.verification().named("provider-2"), RSA))
                        .authenticate(token)
                        .toOptional())
                .isEmpty();
    }
}
