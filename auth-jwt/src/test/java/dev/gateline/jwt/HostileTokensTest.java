package dev.gateline.jwt;

import static dev.gateline.Rejection.BAD_SIGNATURE;
import static dev.gateline.Rejection.EXPIRED;
import static dev.gateline.Rejection.LIVES_TOO_LONG;
import static dev.gateline.Rejection.MALFORMED;
import static dev.gateline.Rejection.NOT_YET_VALID;
import static dev.gateline.Rejection.TOO_LARGE;
import static dev.gateline.Rejection.WRONG_AUDIENCE;
import static dev.gateline.Rejection.WRONG_ISSUER;
import static dev.gateline.Rejection.WRONG_TYPE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Credential;
import dev.gateline.Identity;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.internal.Base64Url;
import dev.gateline.kit.MutableClock;
import java.math.BigInteger;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens that an attacker or a careless issuer may send, and the one answer that each must get. */
@Tag("slow")
class HostileTokensTest {
    private static final Forge FORGE = Forge.of(Algorithm.ES256);
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static final BigInteger P256_ORDER =
            new BigInteger("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", 16);

    private static JwtVerifier verifier(Forge forge) {
        Map<String, VerificationKey> keys = Map.of(forge.key().id(), forge.key());
        return JwtVerifier.builder(id -> java.util.Optional.ofNullable(keys.get(id)))
                .issuer(Forge.ISSUER)
                .audience(Forge.AUDIENCE)
                .tokensLiveUntilTheyExpire()
                .maxLifetime(Duration.ofHours(1))
                .clock(new MutableClock(Instant.ofEpochSecond(Forge.NOW)))
                .build();
    }

    private static Outcome<Identity> present(Forge forge, String token) {
        return verifier(forge).authenticate(Credential.of(token));
    }

    private static Arguments row(String name, String token, Rejection expected) {
        return Arguments.of(name, token, expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"shapes", "encodings", "headers", "json", "claimTypes", "dates", "names", "signatures"})
    void authenticate_hostile_givesItsRejection(String name, String token, Rejection expected) {
        assertThat(present(FORGE, token).rejection()).as(name).contains(expected);
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void authenticate_goodTokenOfEveryAlgorithm_isAccepted(Algorithm algorithm) {
        Forge forge = Forge.of(algorithm);
        assertThat(present(forge, forge.good()).toOptional())
                .hasValueSatisfying(it -> assertThat(it.subject()).isEqualTo("ada"));
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void authenticate_signatureOfEveryAlgorithmCutExtendedEmptyOrChanged_isBad(Algorithm algorithm) {
        Forge forge = Forge.of(algorithm);
        String good = forge.good();
        String input = good.substring(0, good.lastIndexOf('.'));
        byte[] right = forge.signature(input);
        byte[] changed = right.clone();
        changed[right.length / 2] ^= 1;
        List<byte[]> wrong = List.of(
                new byte[0],
                Arrays.copyOf(right, right.length - 1),
                Arrays.copyOfRange(right, 1, right.length),
                Arrays.copyOf(right, right.length + 1),
                Arrays.copyOf(right, right.length * 2),
                new byte[] {0x30},
                new byte[right.length],
                changed);
        wrong.forEach(signature -> assertThat(present(forge, input + "." + Base64Url.encode(signature))
                        .rejection())
                .contains(BAD_SIGNATURE));
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void authenticate_headerOfAnotherAlgorithm_isBadForEveryOne(Algorithm keys) {
        Forge forge = Forge.of(keys);
        for (Algorithm other : Algorithm.values()) {
            if (other != keys) {
                assertThat(present(forge, forge.withHeader("alg", "\"" + other + "\""))
                                .rejection())
                        .as(other.name())
                        .contains(BAD_SIGNATURE);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Algorithm.class,
            names = {"HS.*"},
            mode = EnumSource.Mode.MATCH_ALL)
    void authenticate_publicKeyAsHmacSecret_isBad(Algorithm hmac) {
        Forge rsa = Forge.of(Algorithm.RS256);
        PublicKey key = rsa.publicKey();
        String base64 = Base64.getEncoder().encodeToString(key.getEncoded());
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        String pem = "-----BEGIN PUBLIC KEY-----\n" + lines + "\n-----END PUBLIC KEY-----";
        BigInteger modulus = ((java.security.interfaces.RSAPublicKey) key).getModulus();
        List<byte[]> secrets = List.of(
                key.getEncoded(),
                base64.getBytes(UTF_8),
                pem.getBytes(UTF_8),
                (pem + "\n").getBytes(UTF_8),
                (" " + pem).getBytes(UTF_8),
                rsa.key().jwk().getBytes(UTF_8),
                modulus.toByteArray());
        String header = Forge.json(Forge.with(rsa.header(), "alg", "\"" + hmac + "\""));
        String input = encode(header) + "." + encode(Forge.json(Forge.claims()));
        for (byte[] secret : secrets) {
            byte[] signature = Forge.mac(hmac.name().substring(2), secret, input.getBytes(UTF_8));
            assertThat(present(rsa, input + "." + Base64Url.encode(signature)).rejection())
                    .contains(BAD_SIGNATURE);
        }
    }

    @Test
    void authenticate_rsaTokenAgainstHmacKey_isBad() {
        Forge hmac = Forge.of(Algorithm.HS256);
        Forge rsa = Forge.of(Algorithm.RS256);
        String header =
                Forge.json(Forge.with(rsa.header(), "kid", "\"" + hmac.key().id() + "\""));
        assertThat(present(hmac, rsa.sign(header, Forge.json(Forge.claims()))).rejection())
                .contains(BAD_SIGNATURE);
    }

    @Test
    void authenticate_anyCharacterChanged_isNeverAccepted() {
        JwtVerifier verifier = verifier(FORGE);
        String good = FORGE.good();
        assertThat(verifier.authenticate(Credential.of(good)).toOptional()).isPresent();
        for (int i = 0; i < good.length(); i++) {
            for (char c : new char[] {'A', 'B', '_', '.', '=', '+', ' ', '\u00e9'}) {
                StringBuilder changed = new StringBuilder(good);
                changed.setCharAt(i, c);
                boolean same = changed.toString().equals(good);
                assertThat(verifier.authenticate(Credential.of(changed.toString()))
                                .toOptional()
                                .isPresent())
                        .as("%s at %d", c, i)
                        .isEqualTo(same);
            }
        }
    }

    @Test
    void authenticate_tenThousandMutations_areNeverAcceptedAndNeverThrow() {
        Forge forge = Forge.of(Algorithm.HS256);
        JwtVerifier verifier = verifier(forge);
        String good = forge.good();
        Random random = new Random(20260101);
        for (int i = 0; i < 10_000; i++) {
            String mutant = mutate(good, random);
            boolean accepted =
                    verifier.authenticate(Credential.of(mutant)).toOptional().isPresent();
            assertThat(accepted).as(mutant).isEqualTo(mutant.equals(good));
        }
    }

    private static String mutate(String text, Random random) {
        StringBuilder mutant = new StringBuilder(text);
        int times = 1 + random.nextInt(3);
        for (int i = 0; i < times; i++) {
            int at = random.nextInt(Math.max(1, mutant.length()));
            int to = Math.min(mutant.length(), at + 1 + random.nextInt(20));
            char letter = ALPHABET.charAt(random.nextInt(64));
            switch (random.nextInt(7)) {
                case 0 -> mutant.replace(at, Math.min(mutant.length(), at + 1), String.valueOf(letter));
                case 1 -> mutant.insert(at, letter);
                case 2 -> mutant.delete(at, to);
                case 3 -> mutant.insert(at, mutant.substring(at, to));
                case 4 -> mutant.setLength(at);
                case 5 -> mutant.insert(at, (char) random.nextInt(0x10000));
                default -> mutant.insert(at, '.');
            }
        }
        return mutant.toString();
    }

    static List<Arguments> shapes() {
        String good = FORGE.good();
        String[] parts = good.split("\\.", -1);
        List<Arguments> rows = new ArrayList<>();
        List<String> malformed = List.of(
                "",
                " ",
                "null",
                "undefined",
                "eyJ",
                "a",
                "a.b",
                ".",
                "..",
                "...",
                ".a.b",
                "a..",
                "....",
                ".".repeat(1000),
                ".".repeat(8192),
                "\0",
                "\u3002",
                "{}",
                "Bearer " + good,
                "bearer " + good,
                " " + good,
                good + " ",
                good + "\n",
                good + "\r\n",
                good + "\0",
                good + ".",
                "." + good,
                good + "..",
                good + "." + good,
                good + "..." + "a",
                parts[0] + "." + parts[1],
                parts[0] + ".." + parts[1] + "." + parts[2],
                good.replace('.', '\u3002'),
                good.replace(".", "%2E"),
                good.replace(".", ". "),
                "\uFEFF" + good,
                "\u200B" + good,
                "\"" + good + "\"",
                good + ";",
                good + "#",
                "gr_AAAAAAAAAAAAAAAAAAAAAA." + "A".repeat(43),
                "gs_AAAAAAAAAAAAAAAAAAAAAA." + "A".repeat(43),
                "{\"payload\":\"" + parts[1] + "\",\"protected\":\"" + parts[0] + "\",\"signature\":\"" + parts[2]
                        + "\"}");
        malformed.forEach(token -> rows.add(row("shape " + rows.size(), token, MALFORMED)));
        rows.add(row("five parts", parts[0] + ".a.b.c.d", MALFORMED));
        rows.add(row("payload first", parts[1] + "." + parts[0] + "." + parts[2], MALFORMED));
        rows.add(row("signature in the middle", parts[0] + "." + parts[2] + "." + parts[1], BAD_SIGNATURE));
        rows.add(row("no payload", parts[0] + ".." + parts[2], BAD_SIGNATURE));
        rows.add(row("no signature", parts[0] + "." + parts[1] + ".", BAD_SIGNATURE));
        rows.add(row("header twice", parts[0] + "." + parts[0] + "." + parts[2], BAD_SIGNATURE));
        rows.add(row("8193 characters", "e".repeat(8193), TOO_LARGE));
        rows.add(row("a megabyte", good + "A".repeat(1 << 20), TOO_LARGE));
        rows.add(row("kid of 10 KB", FORGE.withHeader("kid", "\"" + "k".repeat(10_240) + "\""), TOO_LARGE));
        return rows;
    }

    static List<Arguments> encodings() {
        String good = FORGE.good();
        String[] parts = good.split("\\.", -1);
        List<Arguments> rows = new ArrayList<>();
        for (int part = 0; part < 3; part++) {
            for (String behind : List.of("=", "==", "+", "/", "!", " ", "\n", "?", "\u00e9", "\uFF21")) {
                String[] changed = parts.clone();
                changed[part] += behind;
                rows.add(row("part " + part + " and " + behind, String.join(".", changed), MALFORMED));
            }
        }
        String header = Forge.json(FORGE.header());
        String payload = Forge.json(Forge.claims());
        for (int part = 0; part < 2; part++) {
            for (String padded : List.of("", " ", "  ")) {
                String text = (part == 0 ? header : payload) + padded;
                String encoded = encode(text);
                if (encoded.length() % 4 != 0) {
                    String other = otherLast(encoded);
                    String input = part == 0 ? other + "." + encode(payload) : encode(header) + "." + other;
                    rows.add(
                            row("signed, last bits of part " + part + padded.length(), FORGE.signed(input), MALFORMED));
                    String pad = "=".repeat(4 - encoded.length() % 4);
                    String withPad =
                            part == 0 ? encoded + pad + "." + encode(payload) : encode(header) + "." + encoded + pad;
                    rows.add(
                            row("signed, padding of part " + part + padded.length(), FORGE.signed(withPad), MALFORMED));
                }
            }
        }
        rows.add(row("signature's last bits", parts[0] + "." + parts[1] + "." + otherLast(parts[2]), MALFORMED));
        return rows;
    }

    private static String otherLast(String encoded) {
        int last = ALPHABET.indexOf(encoded.charAt(encoded.length() - 1));
        return encoded.substring(0, encoded.length() - 1) + ALPHABET.charAt(last + 1);
    }

    private static String encode(String text) {
        return Base64Url.encode(text.getBytes(UTF_8));
    }

    static List<Arguments> headers() {
        List<Arguments> rows = new ArrayList<>();
        List<String> refused = List.of(
                "crit",
                "b64",
                "zip",
                "cty",
                "jku",
                "jwk",
                "x5u",
                "x5c",
                "x5t",
                "x5t#S256",
                "enc",
                "epk",
                "p2c",
                "cr\\u0069t");
        List<String> forms = List.of("null", "\"\"", "[]", "[\"exp\"]", "{}", "false", "1", "\"JWT\"");
        for (String name : refused) {
            for (String form : forms) {
                rows.add(row(name + " " + form, FORGE.withHeader(name, form), MALFORMED));
            }
        }
        for (String padded : List.of(" crit", "crit ", "\\talg", "kid\\n", " x", "\\u2003zip")) {
            rows.add(row("'" + padded + "'", FORGE.withHeader(padded, "\"x\""), MALFORMED));
        }
        for (String none :
                List.of("none", "None", "NONE", "nOnE", " none", "none ", "", "es256", "ES256 ", "ES256K", "dir")) {
            String token = FORGE.withHeader("alg", "\"" + none + "\"");
            rows.add(row("alg '" + none + "'", token, BAD_SIGNATURE));
            rows.add(row("unsigned '" + none + "'", token.substring(0, token.lastIndexOf('.') + 1), BAD_SIGNATURE));
        }
        for (String form :
                List.of("-", "null", "1", "true", "[]", "[\"ES256\"]", "{}", "\"" + "a".repeat(256) + "\"")) {
            rows.add(row("alg " + form, FORGE.withHeader("alg", form), MALFORMED));
        }
        for (String type : List.of(
                "JWT",
                "jwt",
                "",
                "at",
                "at+jwt ",
                "rt+jwt",
                "dpop+jwt",
                "logout+jwt",
                "application/jwt",
                "application/application/at+jwt",
                "text/at+jwt",
                "secevent+jwt")) {
            rows.add(row("typ '" + type + "'", FORGE.withHeader("typ", "\"" + type + "\""), WRONG_TYPE));
        }
        rows.add(row("typ missing", FORGE.withHeader("typ", "-"), WRONG_TYPE));
        for (String form : List.of("null", "1", "[\"at+jwt\"]", "{}", "true", "\"" + "a".repeat(256) + "\"")) {
            rows.add(row("typ " + form, FORGE.withHeader("typ", form), MALFORMED));
        }
        for (String kid : List.of("", "unknown", "../../dev/null", "' or 1=1 --", "\\u0000", "${jndi:ldap://x}", "*")) {
            rows.add(row("kid '" + kid + "'", FORGE.withHeader("kid", "\"" + kid + "\""), BAD_SIGNATURE));
        }
        rows.add(row("kid missing", FORGE.withHeader("kid", "-"), BAD_SIGNATURE));
        for (String form : List.of("null", "1", "[]", "{}", "true", "\"" + "k".repeat(256) + "\"")) {
            rows.add(row("kid " + form, FORGE.withHeader("kid", form), MALFORMED));
        }
        return rows;
    }

    /** Each in the header and in the claims. */
    static List<Arguments> json() {
        List<String> wrong = new ArrayList<>(List.of(
                "%s}",
                "%s]", "%s{}", "%s %s", "%s,", "%s\0", "%s//", "\uFEFF%s", "[%s]", "//c\n%s", "/*c*/%s", "# c\n%s"));
        List<String> members = List.of(
                "'x':1",
                "x:1",
                "\"x\":'1'",
                "\"x\":01",
                "\"x\":+1",
                "\"x\":.5",
                "\"x\":1.",
                "\"x\":0x1",
                "\"x\":NaN",
                "\"x\":Infinity",
                "\"x\":-Infinity",
                "\"x\":-",
                "\"x\":1e",
                "\"x\":True",
                "\"x\":nul",
                "\"x\":undefined",
                "\"x\":\"\t\"",
                "\"x\":\"\n\"",
                "\"x\":\"\\x\"",
                "\"x\":\"\\u12\"",
                "\"x\":\"\\ud800\"",
                "\"x\":\"\\udc00\"",
                "\"x\":\"\\ud800\\ud800\"",
                "\"\\ud800\":1",
                "\"x\":1,",
                "\"x\":1,,\"y\":1",
                "\"x\" 1",
                "\"x\":1 \"y\":1",
                "\"x\":1,\"x\":1",
                "\"x\":{\"y\":1,\"y\":1}",
                "\"x\":[{\"y\":1,\"\\u0079\":1}]",
                "\"x\":1,\"\\u0078\":2",
                "\"x\":" + nested(8),
                "\"x\":" + "[".repeat(2000),
                "\"x\":1e99999999999",
                "\"x\":-1e-99999999999",
                "\"x\":" + "9".repeat(65),
                "\"" + "n".repeat(256) + "\":1",
                "\"x\":" + ofMembers(257),
                "\"x\":1e309",
                "\"x\":-1e309",
                "\"x\":1e-400",
                "\"x\":[[1e309]]");
        members.forEach(member -> wrong.add("{" + member.replace("%", "%%") + ",!%s"));
        List<Arguments> rows = new ArrayList<>();
        for (String form : wrong) {
            rows.add(row(
                    "header " + rows.size(),
                    FORGE.sign(apply(form, FORGE.header()), Forge.json(Forge.claims())),
                    MALFORMED));
            rows.add(row(
                    "claims " + rows.size(),
                    FORGE.sign(Forge.json(FORGE.header()), apply(form, Forge.claims())),
                    MALFORMED));
        }
        List<byte[]> bytes = List.of(
                new byte[0],
                "[]".getBytes(UTF_8),
                "\"x\"".getBytes(UTF_8),
                "1".getBytes(UTF_8),
                "null".getBytes(UTF_8),
                "true".getBytes(UTF_8),
                " ".getBytes(UTF_8),
                "{".getBytes(UTF_8),
                "plain".getBytes(UTF_8),
                "{}".getBytes(UTF_8));
        for (byte[] each : bytes) {
            rows.add(row(
                    "header is " + new String(each, UTF_8),
                    FORGE.sign(each, Forge.json(Forge.claims()).getBytes(UTF_8)),
                    MALFORMED));
            rows.add(row(
                    "claims are " + new String(each, UTF_8),
                    FORGE.sign(Forge.json(FORGE.header()).getBytes(UTF_8), each),
                    MALFORMED));
        }
        for (String raw : List.of(
                "\u00ff",
                "\u00c0\u00af",
                "\u00e0\u0080\u00af",
                "\u00ed\u00a0\u0080\u00ed\u00b0\u0080",
                "\u00f4\u0090\u0080\u0080",
                "\u0080",
                "\u00c3")) {
            byte[] claims = Forge.json(Forge.with(Forge.claims(), "x", "\"" + raw + "\""))
                    .getBytes(ISO_8859_1);
            byte[] header = Forge.json(Forge.with(FORGE.header(), "x", "\"" + raw + "\""))
                    .getBytes(ISO_8859_1);
            rows.add(row(
                    "not UTF-8, claims", FORGE.sign(Forge.json(FORGE.header()).getBytes(UTF_8), claims), MALFORMED));
            rows.add(row(
                    "not UTF-8, header",
                    FORGE.sign(header, Forge.json(Forge.claims()).getBytes(UTF_8)),
                    MALFORMED));
        }
        rows.add(row(
                "UTF-16, claims",
                FORGE.sign(
                        Forge.json(FORGE.header()).getBytes(UTF_8),
                        Forge.json(Forge.claims()).getBytes(UTF_16)),
                MALFORMED));
        rows.add(row(
                "UTF-16, header",
                FORGE.sign(
                        Forge.json(FORGE.header()).getBytes(UTF_16),
                        Forge.json(Forge.claims()).getBytes(UTF_8)),
                MALFORMED));
        return rows;
    }

    private static String apply(String form, Map<String, String> members) {
        String json = Forge.json(members);
        return form.contains(",!%s")
                ? form.replace("!%s", json.substring(1)).replace("%%", "%")
                : form.replace("%s", json);
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    private static String many(int values) {
        return IntStream.range(0, values).mapToObj(i -> "1").collect(Collectors.joining(","));
    }

    private static String ofMembers(int members) {
        return IntStream.range(0, members).mapToObj(i -> "\"m" + i + "\":1").collect(Collectors.joining(",", "{", "}"));
    }

    static List<Arguments> claimTypes() {
        List<Arguments> rows = new ArrayList<>();
        for (String name : List.of("exp", "iat", "nbf", "auth_time")) {
            for (String form : List.of(
                    "null",
                    "\"\"",
                    "[]",
                    "{}",
                    "true",
                    "\"" + Forge.NOW + "\"",
                    "\"2026-01-01T00:00:00Z\"",
                    "-1",
                    "-0.5",
                    "-1e30",
                    "1e30",
                    "1e400",
                    "1e1000000000",
                    "1e-1000000000",
                    "253402300800",
                    "253402300799.5e1",
                    "9223372036854775807",
                    "9223372036854775808",
                    "18446744073709551616",
                    "12345678901234567890")) {
                rows.add(row(name + " " + form, FORGE.withClaim(name, form), MALFORMED));
            }
        }
        for (String name : List.of("exp", "iat", "jti", "sub", "iss", "aud")) {
            rows.add(row(name + " missing", FORGE.withClaim(name, "-"), MALFORMED));
        }
        for (String name : List.of("jti", "sub", "sid")) {
            for (String form : List.of(
                    "null",
                    "\"\"",
                    "1",
                    "true",
                    "[\"a\"]",
                    "{}",
                    "\"a\\nb\"",
                    "\"\\u0085\"",
                    "\"" + "x".repeat(256) + "\"")) {
                rows.add(row(name + " " + form, FORGE.withClaim(name, form), MALFORMED));
            }
        }
        for (String form : List.of("\"a b\"", "\"\\u00e9\"", "\"a\\nb\"")) {
            rows.add(row("sid " + form, FORGE.withClaim("sid", form), MALFORMED));
        }
        for (String form : List.of("null", "\"1\"", "1.5", "1.0", "[]", "true", "9223372036854775808")) {
            rows.add(row("sub_epoch " + form, FORGE.withClaim("sub_epoch", form), MALFORMED));
        }
        for (String form : List.of("null", "\"pwd\"", "1", "{}", "[1]", "[\"pwd\",1]", "[null]", "[[\"pwd\"]]")) {
            rows.add(row("amr " + form, FORGE.withClaim("amr", form), MALFORMED));
        }
        for (String form :
                List.of("null", "{}", "\"\"", "{\"jkt\":\"x\"}", "{\"x5t#S256\":\"x\"}", "[]", "{\"other\":1}")) {
            rows.add(row("cnf " + form, FORGE.withClaim("cnf", form), WRONG_TYPE));
        }
        rows.add(row("1e1000000000 elsewhere", FORGE.withClaim("x", "1e1000000000"), MALFORMED));
        rows.add(row("40 digits elsewhere", FORGE.withClaim("x", "1".repeat(40)), MALFORMED));
        rows.add(row("empty name", FORGE.withClaim("", "1"), MALFORMED));
        return rows;
    }

    static List<Arguments> dates() {
        long now = Forge.NOW;
        return List.of(
                row("expired a second ago", FORGE.withClaims("iat:" + (now - 60) + ";exp:" + (now - 1)), EXPIRED),
                row("expires now", FORGE.withClaims("iat:" + (now - 60) + ";exp:" + now), EXPIRED),
                row("exp rounded down", FORGE.withClaims("iat:" + (now - 60) + ";exp:" + now + ".999"), EXPIRED),
                row("exp 1", FORGE.withClaims("iat:0;exp:1"), EXPIRED),
                row("exp 0", FORGE.withClaims("iat:0;exp:0"), MALFORMED),
                row("exp is iat", FORGE.withClaims("exp:" + now), MALFORMED),
                row("exp before iat", FORGE.withClaims("exp:" + (now - 1)), MALFORMED),
                row("iat in a minute and a second", FORGE.withClaim("iat", "" + (now + 61)), NOT_YET_VALID),
                row("iat in a year", FORGE.withClaims("iat:1798761600;exp:1798761660"), NOT_YET_VALID),
                row("nbf in a minute and a second", FORGE.withClaim("nbf", "" + (now + 61)), NOT_YET_VALID),
                row("nbf rounded up", FORGE.withClaim("nbf", (now + 60) + ".001"), NOT_YET_VALID),
                row("nbf is exp", FORGE.withClaim("nbf", "" + (now + 300)), MALFORMED),
                row("nbf behind exp", FORGE.withClaim("nbf", "" + (now + 301)), MALFORMED),
                row("lives a second too long", FORGE.withClaim("exp", "" + (now + 3601)), LIVES_TOO_LONG),
                row("lives ten years", FORGE.withClaim("exp", "" + (now + 315_360_000)), LIVES_TOO_LONG),
                row("exp in milliseconds", FORGE.withClaim("exp", now + "000"), MALFORMED),
                row(
                        "all in milliseconds",
                        FORGE.withClaims("iat:" + now + "000;exp:" + (now + 300) + "000"),
                        MALFORMED),
                row("last second there is", FORGE.withClaims("iat:253402300700;exp:253402300799"), NOT_YET_VALID),
                row("second behind the last", FORGE.withClaims("iat:253402300700;exp:253402300800"), MALFORMED),
                row("fraction behind the last", FORGE.withClaims("iat:253402300700;exp:253402300800.0"), MALFORMED));
    }

    static List<Arguments> names() {
        List<Arguments> rows = new ArrayList<>();
        for (String iss : List.of(
                Forge.ISSUER + "/",
                "https://PARK.example",
                "http://park.example",
                "park.example",
                "",
                Forge.ISSUER + ".evil.example",
                "https://p\\u0430rk.example",
                " " + Forge.ISSUER,
                Forge.ISSUER + "\\u0000")) {
            rows.add(row("iss '" + iss + "'", FORGE.withClaim("iss", "\"" + iss + "\""), WRONG_ISSUER));
        }
        for (String form : List.of("null", "1", "[\"" + Forge.ISSUER + "\"]", "{}", "true")) {
            rows.add(row("iss " + form, FORGE.withClaim("iss", form), MALFORMED));
        }
        for (String aud : List.of(
                Forge.AUDIENCE + "2",
                Forge.AUDIENCE + "/",
                "https://api.park.exampl",
                "https://API.park.example",
                "",
                "*")) {
            rows.add(row("aud '" + aud + "'", FORGE.withClaim("aud", "\"" + aud + "\""), WRONG_AUDIENCE));
            rows.add(row("aud ['" + aud + "']", FORGE.withClaim("aud", "[\"" + aud + "\",\"x\"]"), WRONG_AUDIENCE));
        }
        for (String form : List.of(
                "null",
                "1",
                "[]",
                "{}",
                "true",
                "[\"" + Forge.AUDIENCE + "\",1]",
                "[\"" + Forge.AUDIENCE + "\",null]",
                "[[\"" + Forge.AUDIENCE + "\"]]",
                "{\"" + Forge.AUDIENCE + "\":1}")) {
            rows.add(row("aud " + form, FORGE.withClaim("aud", form), MALFORMED));
        }
        for (String padded : List.of(" nbf", "nbf ", " cnf", "\\tsub", "exp\\r\\n", "\\u2003sid", " x", " ")) {
            rows.add(row("claim '" + padded + "'", FORGE.withClaim(padded, "1"), MALFORMED));
        }
        String idToken = Forge.json(Forge.with(FORGE.header(), "typ", "\"JWT\""));
        rows.add(row(
                "ID token", FORGE.sign(idToken, Forge.json(Forge.with(Forge.claims(), "nonce", "\"n\""))), WRONG_TYPE));
        rows.add(row("names in another case", FORGE.withClaims("exp:-;EXP:" + (Forge.NOW + 300)), MALFORMED));
        return rows;
    }

    static List<Arguments> signatures() {
        String good = FORGE.good();
        String input = good.substring(0, good.lastIndexOf('.'));
        byte[] right = FORGE.signature(input);
        BigInteger n = P256_ORDER;
        List<BigInteger> specials = List.of(
                BigInteger.ZERO,
                BigInteger.ONE,
                n.subtract(BigInteger.ONE),
                n,
                n.add(BigInteger.ONE),
                BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE));
        List<Arguments> rows = new ArrayList<>();
        for (BigInteger r : specials) {
            for (BigInteger s : specials) {
                byte[] signature = new byte[64];
                put(r, signature, 0);
                put(s, signature, 32);
                rows.add(row(
                        "r " + r.toString(16) + " s " + s.toString(16),
                        input + "." + Base64Url.encode(signature),
                        BAD_SIGNATURE));
            }
        }
        rows.add(row("DER", input + "." + Base64Url.encode(der(right)), BAD_SIGNATURE));
        rows.add(row("somebody else's key", Forge.of(Algorithm.ES256).signed(input), BAD_SIGNATURE));
        byte[] swapped = new byte[64];
        System.arraycopy(right, 0, swapped, 32, 32);
        System.arraycopy(right, 32, swapped, 0, 32);
        rows.add(row("r and s swapped", input + "." + Base64Url.encode(swapped), BAD_SIGNATURE));
        return rows;
    }

    private static void put(BigInteger number, byte[] into, int at) {
        byte[] bytes = number.toByteArray();
        int length = Math.min(32, bytes.length);
        System.arraycopy(bytes, bytes.length - length, into, at + 32 - length, length);
    }

    private static byte[] der(byte[] p1363) {
        byte[] r = new BigInteger(1, Arrays.copyOf(p1363, 32)).toByteArray();
        byte[] s = new BigInteger(1, Arrays.copyOfRange(p1363, 32, 64)).toByteArray();
        java.nio.ByteBuffer der = java.nio.ByteBuffer.allocate(6 + r.length + s.length);
        der.put((byte) 0x30).put((byte) (4 + r.length + s.length));
        der.put((byte) 2).put((byte) r.length).put(r);
        der.put((byte) 2).put((byte) s.length).put(s);
        return der.array();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("harmless")
    void authenticate_unusualButRight_isAccepted(String name, String token) {
        assertThat(present(FORGE, token).toOptional()).as(name).isPresent();
    }

    static List<Arguments> harmless() {
        long now = Forge.NOW;
        return List.of(
                Arguments.of("typ in capitals", FORGE.withHeader("typ", "\"AT+JWT\"")),
                Arguments.of("typ in full", FORGE.withHeader("typ", "\"application/AT+JWT\"")),
                Arguments.of("unknown header member", FORGE.withHeader("x", "{\"y\":1}")),
                Arguments.of("depth 8", FORGE.withClaim("x", nested(7))),
                Arguments.of("2,000 values", FORGE.withClaim("x", "[" + many(2_000) + "]")),
                Arguments.of("256 members", FORGE.withClaim("x", ofMembers(256))),
                Arguments.of("the largest double", FORGE.withClaim("x", "1.7976931348623157e308")),
                Arguments.of("iat in a minute", FORGE.withClaim("iat", "" + (now + 60))),
                Arguments.of("nbf in a minute", FORGE.withClaim("nbf", "" + (now + 60))),
                Arguments.of("jti of any characters", FORGE.withClaims("sid:-;jti:\"a b\u00e9\"")),
                Arguments.of("audience among others", FORGE.withClaim("aud", "[\"x\",\"" + Forge.AUDIENCE + "\"]")),
                Arguments.of("sid missing", FORGE.withClaim("sid", "-")),
                Arguments.of("sub_epoch missing", FORGE.withClaim("sub_epoch", "-")),
                Arguments.of("expires in a second", FORGE.withClaim("exp", "" + (now + 1))),
                Arguments.of("exp with a fraction", FORGE.withClaim("exp", (now + 1) + ".9")),
                Arguments.of("exp in scientific notation", FORGE.withClaim("exp", "1.7672257E9")),
                Arguments.of("iat rounded down", FORGE.withClaim("iat", now + ".9")),
                Arguments.of("nbf now", FORGE.withClaim("nbf", "" + now)),
                Arguments.of("lives as long as allowed", FORGE.withClaim("exp", "" + (now + 3600))),
                Arguments.of("proof when issued", FORGE.withClaim("auth_time", "" + now)),
                Arguments.of(
                        "names 255 long",
                        FORGE.withClaims("sub:\"" + "x".repeat(255) + "\";jti:\"" + "x".repeat(255) + "\"")),
                Arguments.of("null of the host's", FORGE.withClaim("x", "null")),
                Arguments.of("names of others' trouble", FORGE.withClaims("__proto__:1;@type:\"x\";class:\"y\";EXP:1")),
                Arguments.of(
                        "white space in the JSON",
                        FORGE.sign(" " + Forge.json(FORGE.header()) + "\n", "\t" + Forge.json(Forge.claims()))));
    }
}
