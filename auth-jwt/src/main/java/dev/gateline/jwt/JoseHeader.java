package dev.gateline.jwt;

import dev.gateline.spi.Base64Url;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The header of a token (RFC 7515 section 4), read strictly. An issuer's tokens of one key all have the same, so that it is
 * read once. Immutable.
 */
final class JoseHeader {
    /** These would let the token say how it is to be checked, or wrap something else (RFC 8725 section 3). */
    private static final Set<String> REFUSED = Set.of(
            "crit",
            "b64",
            "zip",
            "cty",
            "enc",
            "jku",
            "jwk",
            "x5u",
            "x5c",
            "x5t",
            "x5t#S256",
            "epk",
            "apu",
            "apv",
            "iv",
            "tag",
            "p2s",
            "p2c");

    /** None. */
    static final JoseHeader NONE = new JoseHeader(new byte[0], Map.of());

    private final byte[] encoded;
    private final String type;
    private final String algorithm;
    private final String keyId;

    private JoseHeader(byte[] encoded, Map<String, @Nullable Object> members) {
        this.encoded = encoded;
        type = text(members, "typ").orElse("");
        algorithm = text(members, "alg").orElse("");
        keyId = text(members, "kid").orElse("");
    }

    /**
     * Reads the first part of a token.
     *
     * @param token in ISO 8859-1
     * @param end where the part ends, exclusive
     */
    static Optional<JoseHeader> read(byte[] token, int end) {
        return Base64Url.decode(token, 0, end)
                .flatMap(StrictJson::read)
                .filter(JoseHeader::isAcceptable)
                .map(members -> new JoseHeader(Arrays.copyOf(token, end), members));
    }

    private static boolean isAcceptable(Map<String, @Nullable Object> members) {
        return text(members, "alg").isPresent()
                && (!members.containsKey("kid") || text(members, "kid").isPresent())
                && (!members.containsKey("typ") || text(members, "typ").isPresent())
                && members.keySet().stream().noneMatch(name -> REFUSED.contains(name) || !name.equals(name.strip()));
    }

    private static Optional<String> text(Map<String, @Nullable Object> members, String name) {
        return members.get(name) instanceof String text && text.length() <= 255 ? Optional.of(text) : Optional.empty();
    }

    /**
     * Writes one, in the same order on every node, so that all of them know it by its bytes.
     *
     * @return the first part of a token
     */
    static String write(String type, String algorithm, String keyId) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("typ", type);
        members.put("alg", algorithm);
        members.put("kid", keyId);
        return Base64Url.encode(StrictJson.write(members));
    }

    /** Whether it is the first part of a token. */
    boolean isOf(byte[] token, int end) {
        return Arrays.equals(encoded, 0, encoded.length, token, 0, end);
    }

    /** Whether {@code typ} is this media type, by RFC 7515 section 4.1.9: any case, {@code application/} or not. */
    boolean isOfType(String expected) {
        if (type.equals(expected)) {
            return true;
        }
        String lower = type.toLowerCase(Locale.ROOT);
        String prefix = "application/";
        return (lower.startsWith(prefix) ? lower.substring(prefix.length()) : lower).equals(expected);
    }

    /** Its {@code alg}. */
    String algorithm() {
        return algorithm;
    }

    /** Its {@code kid}; empty if it has none. */
    String keyId() {
        return keyId;
    }
}
