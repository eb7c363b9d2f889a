package dev.gateline.jwt;

import dev.gateline.Credential;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.internal.Base64Url;
import dev.gateline.internal.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A token as received (RFC 7515 section 7.1), which is read once and strictly. Nothing in it is proven, and the payload
 * is not parsed before the signature is checked. Immutable.
 */
final class CompactJws {
    private final JoseHeader header;
    private final byte[] signed;
    private final byte[] signature;
    private final byte[] payload;

    private CompactJws(JoseHeader header, byte[] signed, byte[] signature, byte[] payload) {
        this.header = header;
        this.signed = signed;
        this.signature = signature;
        this.payload = payload;
    }

    /**
     * Reads the compact form.
     *
     * @param credential the credential, of any content
     * @param known a header that the token may have
     */
    static Outcome<CompactJws> read(Credential credential, JoseHeader known) {
        if (credential.tooLong()) {
            return Outcome.rejected(Rejection.TOO_LARGE);
        }
        String text = credential.reveal();
        byte[] latin1 = text.getBytes(StandardCharsets.ISO_8859_1);
        int first = text.indexOf('.');
        int second = text.indexOf('.', first + 1);
        boolean twoDots = first > 0 && second > first && text.indexOf('.', second + 1) < 0;
        if (!twoDots || latin1.length != text.length()) {
            return malformed("token: not three parts in ISO 8859-1");
        }
        Optional<byte[]> payload = Base64Url.decode(latin1, first + 1, second);
        Optional<byte[]> signature = Base64Url.decode(latin1, second + 1, latin1.length);
        if (payload.isEmpty() || signature.isEmpty()) {
            return malformed((payload.isEmpty() ? "claims" : "signature") + ": not base64url without padding");
        }
        if (known.isOf(latin1, first)) {
            return Outcome.accepted(
                    new CompactJws(known, Arrays.copyOf(latin1, second), signature.get(), payload.get()));
        }
        return JoseHeader.read(latin1, first)
                .map(header -> new CompactJws(header, Arrays.copyOf(latin1, second), signature.get(), payload.get()));
    }

    private static <T> Outcome<T> malformed(String detail) {
        return Outcome.rejected(Rejection.MALFORMED, detail);
    }

    /**
     * Reads {@code iss} of a token of which nothing is proven, to find out who might prove it.
     *
     * @param credential the credential, of any content
     */
    static Outcome<String> unprovenIssuer(Credential credential) {
        return unprovenClaims(credential)
                .then(claims -> claims.get("iss") instanceof String issuer
                        ? Outcome.accepted(issuer)
                        : malformed("iss: must be a string"));
    }

    /**
     * Reads the claims of a token, of which nothing is proven here.
     *
     * @param credential the credential, of any content
     */
    static Outcome<Map<String, @Nullable Object>> unprovenClaims(Credential credential) {
        if (credential.tooLong()) {
            return Outcome.rejected(Rejection.TOO_LARGE);
        }
        String text = credential.reveal();
        int first = text.indexOf('.');
        int second = text.indexOf('.', first + 1);
        return second < 0
                ? malformed("token: not three parts in ISO 8859-1")
                : Base64Url.decode(text, first + 1, second)
                        .map(payload -> StrictJson.readOrSay(payload, "claims"))
                        .orElseGet(() -> malformed("claims: not base64url without padding"));
    }

    /** The first part of the token. */
    JoseHeader header() {
        return header;
    }

    /** Whether the key belongs to the token's algorithm and made its signature. */
    boolean isSignedBy(VerificationKey key) {
        return key.isFor(header.algorithm()) && key.verify(signed, signature);
    }

    /** Reads the claims. Call it only after the signature is proven. */
    Outcome<Map<String, @Nullable Object>> claims() {
        return StrictJson.readClaims(payload);
    }

    /** A digest that is the same for all signatures of these bytes, and for no other bytes. */
    String digest() {
        return Sha256.base64url(signed);
    }
}
