package dev.gateline.store;

import dev.gateline.LoginId;
import org.jspecify.annotations.Nullable;

/**
 * What could have been ended: a token or a login. Thread-safe.
 */
public final class Revocable {
    private final String realm;
    private final String tokenId;
    private final String tokensId;
    private final String loginId;
    private final String subject;
    private final long epoch;
    private @Nullable String subjectKey;

    /**
     * A login, or a token that is ended alone or with its login.
     *
     * @param realm of the login
     * @param tokenId its {@code jti}; empty for a login itself
     * @param loginId the login that it belongs to
     * @param subject whose it is
     * @param epoch the subject's when the login started
     */
    public Revocable(String realm, String tokenId, String loginId, String subject, long epoch) {
        this(realm, tokenId, "", loginId, subject, epoch);
    }

    /**
     * Something to look for.
     *
     * @param realm of the login
     * @param tokenId its {@code jti}; empty for a login itself
     * @param tokensId of the login's tokens between two step-ups, as in {@link #tokensKey}; empty for a login itself
     * @param loginId the login that it belongs to
     * @param subject whose it is
     * @param epoch the subject's when the login started
     */
    public Revocable(String realm, String tokenId, String tokensId, String loginId, String subject, long epoch) {
        this.realm = realm;
        this.tokenId = tokenId;
        this.tokensId = tokensId;
        this.loginId = loginId;
        this.subject = subject;
        this.epoch = epoch;
    }

    /** Its {@code jti}; empty for a login itself. */
    public String tokenId() {
        return tokenId;
    }

    /** Of its login's tokens between two step-ups, which end as tokens do; empty for a login itself. */
    public String tokensId() {
        return tokensId;
    }

    /**
     * The key of a login's tokens between two step-ups, in the grain of tokens.
     *
     * @param id of the login
     * @param stepUps before they were signed, 0 or more
     */
    public static String tokensKey(LoginId id, int stepUps) {
        return id.value() + '#' + stepUps;
    }

    /** The login that it belongs to. */
    public String loginId() {
        return loginId;
    }

    /** The subject's epoch when the login started. */
    public long epoch() {
        return epoch;
    }

    /**
     * The group of the subject's logins, as given to {@link RevocationStore#raiseEpoch}. Each realm counts its own,
     * because each remembers for a time of its own.
     */
    public String subjectKey() {
        String known = subjectKey;
        if (known == null) {
            known = subjectKey(realm, subject);
            subjectKey = known;
        }
        return known;
    }

    /**
     * The group of a subject's logins.
     *
     * @param realm of the logins, in which there is no blank
     * @param subject whose they are
     */
    public static String subjectKey(String realm, String subject) {
        return realm + ' ' + subject;
    }

    /** Which authenticator the login belongs to. */
    public String realm() {
        return realm;
    }
}
