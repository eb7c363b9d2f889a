package dev.gateline.http;

import dev.gateline.Identity;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.internal.Base64Url;
import dev.gateline.internal.Rules;
import dev.gateline.internal.Secrets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * Tokens against forged requests, for hosts that must have them besides the cross-origin guard (ASVS 5.0 3.5.1, NIST SP
 * 800-63B-4 section 5.1). A token goes into a form's hidden field or into the header {@code X-CSRF-Token}.
 *
 * <p>A token is an HMAC over the login, so the server keeps nothing. A token of another user, of an earlier login or
 * from before the login is refused. The rotation of a session id does not break open forms. For a visitor who is not
 * logged in the token is bound to a random cookie (signed double submit). No two tokens are equal, so that compression
 * reveals nothing about them. Thread-safe.
 */
public final class CsrfTokens {
    /** The request header that may carry a token. */
    public static final String HEADER = "X-CSRF-Token";

    /** The name of the cookie behind the prefix. */
    static final String COOKIE = "csrf";

    private static final int RANDOM = 16;
    private static final int LENGTH = RANDOM + 32;
    private static final int TEXT_LENGTH = LENGTH * 4 / 3;

    private final SecretKey key;
    private final CookieSettings cookie;

    private CsrfTokens(SecretKey key, CookieSettings cookie) {
        this.key = key;
        this.cookie = cookie;
    }

    /**
     * Creates the tokens of one application.
     *
     * @param key 32 bytes or more, random, the same on all nodes, and used for nothing else
     * @throws IllegalArgumentException if the key is shorter, does not show its bytes, or is evidently not random
     */
    public static CsrfTokens create(SecretKey key) {
        return new CsrfTokens(
                Rules.macKey("CSRF tokens", key), new CookieSettings(COOKIE, "/", "", CookieSettings.Sites.LAX, true));
    }

    /**
     * Leaves out Secure, as {@link CookieCarrier#insecureCookieForLocalDevelopment()} does, for the cookie of visitors
     * who are not logged in.
     */
    public CsrfTokens insecureCookieForLocalDevelopment() {
        return new CsrfTokens(key, new CookieSettings(COOKIE, "/", "", CookieSettings.Sites.LAX, false));
    }

    /**
     * Makes a token for a page that is about to be sent. Call it once for each response, because each call for a new
     * visitor sets another cookie. If a new visitor loads two pages at the same time, the page whose cookie was
     * replaced has to be loaded again.
     *
     * @param exchange the request; its response gets {@code Cache-Control: no-store}, and a cookie if nobody is logged
     *     in and there is none yet
     * @param who the identity that is logged in; empty if nobody is
     * @return 64 characters of base64url
     */
    public String token(Exchange exchange, Optional<Identity> who) {
        exchange.addHeader("Cache-Control", "no-store");
        exchange.addHeader("Vary", "Cookie");
        String binding =
                who.map(CsrfTokens::binding).or(() -> visitor(exchange)).orElseGet(() -> newVisitor(exchange));
        byte[] random = Secrets.bytes(RANDOM);
        return Base64Url.encode(ByteBuffer.allocate(LENGTH)
                .put(random)
                .put(mac(binding, random))
                .array());
    }

    /**
     * Checks the token of a request. The host calls it for each request that changes something.
     *
     * @param exchange the request, whose header is read
     * @param who the identity that is logged in; empty if nobody is
     * @param field the token of the form; empty if there is no form or no such field
     * @return {@link Rejection#CROSS_ORIGIN} if the token is missing or wrong, or if there are two different ones;
     *     otherwise empty
     */
    public Optional<Rejection> check(Exchange exchange, Optional<Identity> who, String field) {
        List<String> lines = exchange.headers(HEADER);
        String presented = lines.isEmpty() ? field : lines.get(0);
        boolean one = lines.size() <= 1 && (field.isEmpty() || field.equals(presented));
        boolean ours = one
                && who.map(CsrfTokens::binding)
                        .or(() -> visitor(exchange))
                        .filter(binding -> isFor(binding, presented))
                        .isPresent();
        return ours ? Optional.empty() : Optional.of(Rejection.CROSS_ORIGIN);
    }

    private boolean isFor(String binding, String presented) {
        if (presented.length() != TEXT_LENGTH) {
            return false;
        }
        return Base64Url.decode(presented, 0, TEXT_LENGTH)
                .filter(token -> MessageDigest.isEqual(
                        mac(binding, Arrays.copyOf(token, RANDOM)), Arrays.copyOfRange(token, RANDOM, LENGTH)))
                .isPresent();
    }

    /**
     * The text to which a token is bound. Two authenticators may have logins with the same id, because an issuer of
     * tokens chooses its ids.
     */
    private static String binding(Identity who) {
        return "login " + who.realm() + ' ' + who.loginId().value();
    }

    private Optional<String> visitor(Exchange exchange) {
        Outcome<Optional<String>> found =
                Cookies.of(exchange.headers("Cookie"), cookie.fullName()).one();
        return found.toOptional()
                .flatMap(value -> value)
                .filter(value -> value.length() == 22
                        && Base64Url.decode(value, 0, value.length()).isPresent())
                .map(value -> "visitor " + value);
    }

    private String newVisitor(Exchange exchange) {
        String value = Secrets.id();
        exchange.addHeader("Set-Cookie", cookie.fullName() + "=" + value + cookie.attributes());
        return "visitor " + value;
    }

    private byte[] mac(String binding, byte[] random) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update("Gateline CSRF token".getBytes(StandardCharsets.US_ASCII));
            mac.update((byte) (binding.length() >> 8));
            mac.update((byte) binding.length());
            mac.update(binding.getBytes(StandardCharsets.US_ASCII));
            return mac.doFinal(random);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    @Override
    public String toString() {
        return "CsrfTokens[" + cookie.fullName() + "]";
    }
}
