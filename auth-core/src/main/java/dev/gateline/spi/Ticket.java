package dev.gateline.spi;

import dev.gateline.Credential;
import dev.gateline.LoginId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * An opaque secret, {@code <prefix><login id>.<secret>}: 128 random bits to find the row and 256 to prove the right to
 * it, in base64url. Session ids and refresh tokens are tickets of different prefixes. Immutable.
 */
public final class Ticket {
    private static final int PREFIX_LENGTH = 3;
    private static final int ID_LENGTH = 22;
    private static final int SECRET_LENGTH = 43;
    private static final int DOT = PREFIX_LENGTH + ID_LENGTH;
    private static final int LENGTH = DOT + 1 + SECRET_LENGTH;

    private final String prefix;
    private final LoginId loginId;
    private final byte[] secret;

    private Ticket(String prefix, LoginId loginId, byte[] secret) {
        this.prefix = prefix;
        this.loginId = loginId;
        this.secret = secret;
    }

    /**
     * The first ticket of a login, or a new one that follows from no other.
     *
     * @param prefix 3 characters, such as {@code gs_}
     * @param loginId 22 characters of base64url
     */
    static Ticket mint(String prefix, LoginId loginId) {
        return new Ticket(prefix, loginId, Secrets.bytes(32));
    }

    /**
     * Reads what a client presented. Looks at the form only.
     *
     * @param prefix the one to expect
     * @param presented of any content
     * @return empty if it is not exactly of this prefix, length and alphabet
     */
    static Optional<Ticket> parse(String prefix, Credential presented) {
        String text = presented.reveal();
        if (text.length() != LENGTH || !text.startsWith(prefix) || text.charAt(DOT) != '.') {
            return Optional.empty();
        }
        byte[] latin1 = text.getBytes(StandardCharsets.ISO_8859_1);
        if (latin1.length != LENGTH) {
            return Optional.empty();
        }
        Optional<byte[]> id = Base64Url.decode(latin1, PREFIX_LENGTH, DOT);
        Optional<byte[]> secret = Base64Url.decode(latin1, DOT + 1, LENGTH);
        if (id.isEmpty() || secret.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Ticket(prefix, new LoginId(text.substring(PREFIX_LENGTH, DOT)), secret.get()));
    }

    /** The login that it belongs to, or claims to. */
    LoginId loginId() {
        return loginId;
    }

    /** The text to hand to the client. */
    Credential credential() {
        return Credential.of(prefix + loginId.value() + '.' + Base64Url.encode(secret));
    }

    /** The ticket that follows this one: the same whoever asks, and unknown to all who don't have the salt. */
    Ticket successor(Mac mac) {
        return new Ticket(prefix, loginId, mac.doFinal(secret));
    }

    static Mac mac(byte[] salt) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(salt, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /** What a store keeps of it: SHA-256, bound to the kind of ticket, so that one kind never proves another. */
    byte[] digest() {
        byte[] both = new byte[PREFIX_LENGTH + secret.length];
        for (int i = 0; i < PREFIX_LENGTH; i++) {
            both[i] = (byte) prefix.charAt(i);
        }
        System.arraycopy(secret, 0, both, PREFIX_LENGTH, secret.length);
        try {
            return MessageDigest.getInstance("SHA-256").digest(both);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "Ticket[" + prefix + loginId + ".redacted]";
    }
}
