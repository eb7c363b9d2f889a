package dev.gateline.jwt;

import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.internal.Base64Url;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The header of a token (RFC 7515 section 4), read strictly. All tokens of one key usually have the same header, so it
 * is read once. Immutable.
 */
final class JoseHeader {
    /**
     * The members that are refused, because they let the token say how to check it, or wrap something else (RFC 8725
     * section 3).
     */
    private static final Set<String> REFUSED = Set.of(
            "crit", "b64", "zip", "cty", "enc", "jku", "jwk", "x5u", "x5c", "epk", "apu", "apv", "iv", "tag", "p2s",
            "p2c");

    /** The members that name a certificate. Nothing is looked up by them. */
    private static final Set<String> HINTS = Set.of("x5t", "x5t#S256");

    private static final List<String> OPTIONAL_TEXTS = List.of("kid", "typ", "x5t", "x5t#S256");

    /** The header that no token has. */
    static final JoseHeader NONE = new JoseHeader(new byte[0], Map.of());

    private final byte[] encoded;
    private final @Nullable String type;
    private final boolean hasCertificateHint;
    private final String algorithm;
    private final String keyId;

    private JoseHeader(byte[] encoded, Map<String, @Nullable Object> members) {
        this.encoded = encoded;
        type = text(members, "typ").map(JoseHeader::mediaType).orElse(null);
        hasCertificateHint = HINTS.stream().anyMatch(members::containsKey);
        algorithm = text(members, "alg").orElse("");
        keyId = text(members, "kid").orElse("");
    }

    /**
     * Reads the first part of a token.
     *
     * @param token the token in ISO 8859-1
     * @param end the index behind the part
     */
    static Outcome<JoseHeader> read(byte[] token, int end) {
        Optional<byte[]> json = Base64Url.decode(token, 0, end);
        if (json.isEmpty()) {
            return malformed("not base64url without padding");
        }
        return StrictJson.readOrSay(json.get(), "header")
                .then(members -> broken(members)
                        .<Outcome<JoseHeader>>map(JoseHeader::malformed)
                        .orElseGet(() -> Outcome.accepted(new JoseHeader(Arrays.copyOf(token, end), members))));
    }

    private static <T> Outcome<T> malformed(String rule) {
        return Outcome.rejected(Rejection.MALFORMED, "header: " + rule);
    }

    /** The rule that the members break; empty if there is none. */
    private static Optional<String> broken(Map<String, @Nullable Object> members) {
        if (text(members, "alg").isEmpty()) {
            return Optional.of("alg is missing, or no text of at most 255 characters");
        }
        for (String name : OPTIONAL_TEXTS) {
            if (members.containsKey(name) && text(members, name).isEmpty()) {
                return Optional.of(name + " is no text of at most 255 characters");
            }
        }
        for (String name : members.keySet()) {
            if (REFUSED.contains(name)) {
                return Optional.of(name + " is refused");
            }
            if (!name.equals(name.strip())) {
                return Optional.of("a name has white space around it");
            }
        }
        return Optional.empty();
    }

    private static Optional<String> text(Map<String, @Nullable Object> members, String name) {
        return members.get(name) instanceof String text && text.length() <= 255 ? Optional.of(text) : Optional.empty();
    }

    /**
     * Writes a header, in the same order on every node, so that all nodes recognise it by its bytes.
     *
     * @return the first part of a token
     */
    static String write(String type, String algorithm, String keyId) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("typ", type);
        members.put("alg", algorithm);
        members.put("kid", keyId);
        return Base64Url.encode(JsonWriter.write(members));
    }

    /** Whether a token has this header. */
    boolean isOf(byte[] token, int end) {
        return Arrays.equals(encoded, 0, encoded.length, token, 0, end);
    }

    /** The meaning of {@code typ} by RFC 7515 section 4.1.9: in lower case, and without {@code application/}. */
    static String mediaType(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        String prefix = "application/";
        return lower.startsWith(prefix) ? lower.substring(prefix.length()) : lower;
    }

    /** Its {@code typ}, by {@link #mediaType}; empty if it has none. */
    Optional<String> type() {
        return Optional.ofNullable(type);
    }

    /** Whether it names a certificate, by {@code x5t} or {@code x5t#S256}. */
    boolean hasCertificateHint() {
        return hasCertificateHint;
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
