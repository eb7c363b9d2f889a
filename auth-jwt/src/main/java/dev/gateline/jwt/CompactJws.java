package dev.gateline.jwt;

import dev.gateline.Claims;
import dev.gateline.Credential;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.spi.Base64Url;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A token as received (RFC 7515 section 7.1), read once and strictly. Nothing in it is proven. The payload is not even
 * parsed before the signature is.
 */
final class CompactJws {
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

    /** The host's claims, and room for those that every token has. */
    private static final int MAX_VALUES = Claims.MAX_VALUES + 64;

    private final String type;
    private final String algorithm;
    private final String keyId;
    private final byte[] signed;
    private final byte[] signature;
    private final byte[] payload;

    private CompactJws(Map<String, @Nullable Object> header, byte[] signed, byte[] signature, byte[] payload) {
        this.type = text(header, "typ").orElse("");
        this.algorithm = text(header, "alg").orElse("");
        this.keyId = text(header, "kid").orElse("");
        this.signed = signed;
        this.signature = signature;
        this.payload = payload;
    }

    /**
     * Reads the compact form.
     *
     * @param credential of any content
     */
    static Outcome<CompactJws> read(Credential credential) {
        if (credential.tooLong()) {
            return Outcome.rejected(Rejection.TOO_LARGE);
        }
        String text = credential.reveal();
        int first = text.indexOf('.');
        int second = text.indexOf('.', first + 1);
        boolean twoDots = first > 0 && second > first && text.indexOf('.', second + 1) < 0;
        if (!twoDots) {
            return Outcome.rejected(Rejection.MALFORMED);
        }
        Optional<byte[]> header = Base64Url.decode(text, 0, first);
        Optional<byte[]> payload = Base64Url.decode(text, first + 1, second);
        Optional<byte[]> signature = Base64Url.decode(text, second + 1, text.length());
        if (header.isEmpty() || payload.isEmpty() || signature.isEmpty()) {
            return Outcome.rejected(Rejection.MALFORMED);
        }
        byte[] signed = text.substring(0, second).getBytes(StandardCharsets.US_ASCII);
        return StrictJson.read(header.get())
                .filter(CompactJws::isAcceptable)
                .map(members -> Outcome.accepted(new CompactJws(members, signed, signature.get(), payload.get())))
                .orElse(Outcome.rejected(Rejection.MALFORMED));
    }

    private static boolean isAcceptable(Map<String, @Nullable Object> header) {
        return text(header, "alg").isPresent()
                && (!header.containsKey("kid") || text(header, "kid").isPresent())
                && (!header.containsKey("typ") || text(header, "typ").isPresent())
                && header.keySet().stream().noneMatch(name -> REFUSED.contains(name) || !name.equals(name.strip()));
    }

    private static Optional<String> text(Map<String, @Nullable Object> header, String name) {
        return header.get(name) instanceof String text && text.length() <= 255 ? Optional.of(text) : Optional.empty();
    }

    /** Whether {@code typ} is this media type, by RFC 7515 section 4.1.9: any case, {@code application/} or not. */
    boolean isOfType(String expected) {
        String lower = type.toLowerCase(Locale.ROOT);
        String prefix = "application/";
        return (lower.startsWith(prefix) ? lower.substring(prefix.length()) : lower).equals(expected);
    }

    /** Its {@code kid}; empty if it has none. */
    String keyId() {
        return keyId;
    }

    /** Whether the key is the one for the token's algorithm, and made its signature. */
    boolean isSignedBy(VerificationKey key) {
        return key.isFor(algorithm) && key.verify(signed, signature);
    }

    /** The claims; to be asked for only once the signature is proven. */
    Optional<Map<String, @Nullable Object>> claims() {
        return StrictJson.read(payload, MAX_VALUES);
    }
}
