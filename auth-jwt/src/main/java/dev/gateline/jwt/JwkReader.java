package dev.gateline.jwt;

import dev.gateline.internal.Base64Url;
import dev.gateline.internal.Rules;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.security.Jwks;
import io.jsonwebtoken.security.PublicJwk;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads a public key for signatures from a JWK of another party (RFC 7517 section 4, RFC 7518 section 6, RFC 8037
 * section 2), and nothing else. A member that is {@code null} or an empty array counts as absent.
 */
final class JwkReader {
    private static final Set<String> PRIVATE = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    /** The number of bytes of a coordinate, by the curve. */
    private static final Map<String, Integer> COORDINATES =
            Map.of("P-256", 32, "P-384", 48, "P-521", 66, "Ed25519", 32, "Ed448", 57);

    private final Map<String, Object> members = new LinkedHashMap<>();

    JwkReader(Map<?, ?> jwk) {
        jwk.forEach((name, value) -> {
            if (name instanceof String text && value != null && !(value instanceof List<?> list && list.isEmpty())) {
                members.put(text, value);
            }
        });
    }

    /** The {@code kid} of the JWK; empty if it has none that is a text. */
    String id() {
        return members.get("kid") instanceof String kid ? kid : "";
    }

    /**
     * The key.
     *
     * @throws IllegalArgumentException if the key can't be used; the message is a sentence about "it"
     */
    VerificationKey key() {
        checkPurpose();
        Object kid = members.getOrDefault("kid", "");
        Rules.require(
                kid instanceof String text && text.length() <= 255, "its kid is not a string of up to 255 characters");
        Algorithm algorithm = algorithm();
        try {
            if (Jwks.builder().add(material()).build() instanceof PublicJwk<?> jwk) {
                return VerificationKey.foreign(id(), algorithm, jwk.toKey());
            }
        } catch (JwtException e) {
            throw new IllegalArgumentException("it is not a key of its kind: " + shown(members.get("kty")), e);
        }
        throw new IllegalArgumentException("it is not a public key");
    }

    private void checkPurpose() {
        Set<String> secrets = new TreeSet<>(members.keySet());
        secrets.retainAll(PRIVATE);
        Rules.require(secrets.isEmpty(), "it has members of a private or secret key: " + String.join(", ", secrets));
        Object use = members.getOrDefault("use", "sig");
        Rules.require(use.equals("sig"), "its use is not sig but " + shown(use));
        Object operations = members.getOrDefault("key_ops", List.of("verify"));
        Rules.require(
                operations instanceof List<?> list && list.contains("verify"),
                "its key_ops are without verify: " + shown(operations));
    }

    /**
     * The algorithm of the key. Without {@code alg} it is RS256 for an RSA key, and the only one of its curve for
     * another key.
     */
    private Algorithm algorithm() {
        Object name = members.get("alg");
        if (name == null) {
            return usual(members.get("kty") + " " + members.get("crv"));
        }
        // RFC 9864 names the algorithm EdDSA by the curve
        boolean byCurve = name.equals(members.get("crv")) && "OKP".equals(members.get("kty"));
        return Algorithm.find(byCurve ? "EdDSA" : name.toString())
                .filter(algorithm -> !algorithm.isSymmetric())
                .orElseThrow(() -> new IllegalArgumentException(
                        "its alg is no signature of a key pair known here: " + shown(name)));
    }

    private static Algorithm usual(String kindAndCurve) {
        return switch (kindAndCurve) {
            case "RSA null" -> Algorithm.RS256;
            case "EC P-256" -> Algorithm.ES256;
            case "EC P-384" -> Algorithm.ES384;
            case "EC P-521" -> Algorithm.ES512;
            case "OKP Ed25519", "OKP Ed448" -> Algorithm.EdDSA;
            default ->
                throw new IllegalArgumentException("its kty and crv are none known here: " + shown(kindAndCurve));
        };
    }

    /**
     * The members of the key, each checked to be in its only form, because jjwt would also read padding, foreign
     * characters and further bytes.
     */
    private Map<String, Object> material() {
        Map<String, Object> material = new LinkedHashMap<>();
        material.put("kty", text("kty"));
        switch (text("kty")) {
            case "RSA" -> {
                material.put("n", number("n"));
                material.put("e", number("e"));
            }
            case "EC" -> {
                material.put("crv", text("crv"));
                material.put("x", coordinate("x"));
                material.put("y", coordinate("y"));
            }
            case "OKP" -> {
                material.put("crv", text("crv"));
                material.put("x", coordinate("x"));
            }
            default -> throw new IllegalArgumentException("its kty is none known here: " + shown(members.get("kty")));
        }
        return material;
    }

    private String text(String name) {
        if (members.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("its " + name + " is missing or not a string");
    }

    /**
     * Reads a number. Leading zero bytes are accepted, because they change the number for no reader, and a key of
     * Google's App Check has one.
     */
    private String number(String name) {
        byte[] bytes = bytes(name);
        Rules.require(bytes.length > 0, "its " + name + " is empty");
        return text(name);
    }

    private String coordinate(String name) {
        int length = Optional.ofNullable(COORDINATES.get(text("crv")))
                .orElseThrow(
                        () -> new IllegalArgumentException("its crv is none known here: " + shown(members.get("crv"))));
        int found = bytes(name).length;
        Rules.require(found == length, "its " + name + " has " + found + " bytes, not " + length);
        return text(name);
    }

    private byte[] bytes(String name) {
        String text = text(name);
        return Base64Url.decode(text, 0, text.length())
                .orElseThrow(() -> new IllegalArgumentException("its " + name + " is not base64url without padding"));
    }

    /** A value for a message, shortened, and without characters that could break a line of a log. */
    static String shown(@Nullable Object value) {
        String text = String.valueOf(value).replaceAll("[^\\x20-\\x7e]", "?");
        return text.substring(0, Math.min(128, text.length()));
    }
}
