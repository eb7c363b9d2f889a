package dev.gateline.engine;

import dev.gateline.Credential;
import dev.gateline.LoginId;
import dev.gateline.internal.Base64Url;
import dev.gateline.internal.Secrets;
import dev.gateline.internal.Sha256;
import dev.gateline.store.TicketState;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * An opaque secret, {@code <prefix><login id>.<secret><origin>}, in base64url. The id has 128 random bits and finds the
 * row. The secret has 256, proves the right to the login, and changes with each succession. The origin has 128, is
 * shared by all tickets of a login, and is good only for ending it. Session ids and refresh tokens are tickets of
 * different prefixes. Immutable.
 */
public final class Ticket {
    /** The length of the prefix, which says what kind of ticket it is, in characters. */
    static final int PREFIX_LENGTH = 3;

    private static final int ID_LENGTH = 22;
    private static final int SECRET_BYTES = 32;
    private static final int ORIGIN_BYTES = 16;
    private static final int SECRETS_LENGTH = (SECRET_BYTES + ORIGIN_BYTES) / 3 * 4;
    private static final int DOT = PREFIX_LENGTH + ID_LENGTH;

    private static final byte[] NOTHING = {};

    /** The number of characters of the secret that nobody guesses: they have 132 bits. */
    private static final int GUESSED_BY_NOBODY = 22;

    /** The length of a ticket, in characters. */
    static final int LENGTH = DOT + 1 + SECRETS_LENGTH;

    private final String prefix;
    private final LoginId loginId;
    private final byte[] secret;
    private final byte[] origin;
    private final byte[] digest;
    private final byte[] originDigest;
    private final Credential credential;

    private Ticket(String prefix, LoginId loginId, byte[] secret, byte[] origin, Credential credential) {
        this.prefix = prefix;
        this.loginId = loginId;
        this.secret = secret;
        this.origin = origin;
        MessageDigest sha256 = Sha256.start();
        byte[] kind = prefix.getBytes(StandardCharsets.ISO_8859_1);
        this.digest = digest(sha256, kind, secret, origin);
        this.originDigest = digest(sha256, kind, origin, NOTHING);
        this.credential = credential;
    }

    private static Ticket of(String prefix, LoginId id, byte[] secret, byte[] origin) {
        byte[] both = Arrays.copyOf(secret, SECRET_BYTES + ORIGIN_BYTES);
        System.arraycopy(origin, 0, both, SECRET_BYTES, ORIGIN_BYTES);
        String text = prefix + id.value() + '.' + Base64Url.encode(both);
        return new Ticket(prefix, id, secret, origin, Credential.of(text));
    }

    /**
     * The first ticket of a login.
     *
     * @param prefix 3 characters, such as {@code gs_}
     * @param loginId 22 characters of base64url
     */
    static Ticket mint(String prefix, LoginId loginId) {
        return of(prefix, loginId, Secrets.bytes(SECRET_BYTES), Secrets.bytes(ORIGIN_BYTES));
    }

    /** A ticket of the same login that follows from no other. */
    Ticket another() {
        return of(prefix, loginId, Secrets.bytes(SECRET_BYTES), origin);
    }

    /**
     * Reads what a client presented, and checks the form only.
     *
     * @param prefix the expected prefix
     * @param presented the presented credential, of any content
     * @return empty if the credential has not exactly this prefix, length and alphabet
     */
    static Optional<Ticket> parse(String prefix, Credential presented) {
        String text = presented.reveal();
        if (text.length() != LENGTH) {
            return Optional.empty();
        }
        byte[] latin1 = text.getBytes(StandardCharsets.ISO_8859_1);
        if (latin1.length != LENGTH
                || !text.startsWith(prefix)
                || latin1[DOT] != '.'
                || !Base64Url.isEncoded(latin1, PREFIX_LENGTH, DOT)) {
            return Optional.empty();
        }
        LoginId id = new LoginId(text.substring(PREFIX_LENGTH, DOT));
        return Base64Url.decode(latin1, DOT + 1, LENGTH)
                .map(both -> new Ticket(
                        prefix,
                        id,
                        Arrays.copyOf(both, SECRET_BYTES),
                        Arrays.copyOfRange(both, SECRET_BYTES, both.length),
                        presented));
    }

    /** The login to which the ticket belongs, or claims to belong. */
    LoginId loginId() {
        return loginId;
    }

    /** The text to hand to the client. */
    Credential credential() {
        return credential;
    }

    /**
     * Whether the ticket was read from this text. The first part of the secret, which nobody can guess, is compared in
     * constant time. Java compares the rest faster, so the time may tell a client that knows the first part how much of
     * the rest is right.
     *
     * @param text {@link #LENGTH} characters
     */
    boolean isReadFrom(String text) {
        String own = credential.reveal();
        int different = 0;
        for (int i = DOT + 1; i <= DOT + GUESSED_BY_NOBODY; i++) {
            different |= text.charAt(i) ^ own.charAt(i);
        }
        return different == 0 && text.equals(own);
    }

    /** The ticket that follows this one. It is the same for every caller, and unknown without the salt. */
    Ticket successor(Mac mac) {
        return of(prefix, loginId, mac.doFinal(secret), origin);
    }

    /**
     * The number of successions that lead from this ticket to another one. It works on bytes, because nobody needs the
     * tickets between.
     *
     * @param isIt whether a digest is that of the other ticket
     * @param most the number of successions to try
     * @return 1 to {@code most}; empty if none leads there
     */
    OptionalInt successionsTo(Predicate<byte[]> isIt, Mac mac, int most) {
        MessageDigest sha256 = Sha256.start();
        byte[] kind = prefix.getBytes(StandardCharsets.ISO_8859_1);
        byte[] next = secret;
        for (int i = 1; i <= most; i++) {
            next = mac.doFinal(next);
            if (isIt.test(digest(sha256, kind, next, origin))) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
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

    /**
     * The digest of the ticket in a store: SHA-256, bound to the kind of ticket, so that one kind never proves another.
     */
    byte[] digest() {
        return digest;
    }

    /** The digest of a later ticket in a store, 16 bytes. */
    byte[] shortDigest() {
        return Arrays.copyOf(digest, TicketState.SHORT_DIGEST_LENGTH);
    }

    /** The digest of the part that all tickets of a login share, in a store, 16 bytes. */
    byte[] originDigest() {
        return Arrays.copyOf(originDigest, TicketState.SHORT_DIGEST_LENGTH);
    }

    private static byte[] digest(MessageDigest sha256, byte[] kind, byte[] one, byte[] other) {
        sha256.update(kind);
        sha256.update(one);
        return sha256.digest(other);
    }

    @Override
    public String toString() {
        return "Ticket[" + prefix + loginId + ".redacted]";
    }
}
