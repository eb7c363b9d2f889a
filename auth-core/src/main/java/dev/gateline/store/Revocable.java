package dev.gateline.store;

import dev.gateline.LoginId;
import org.jspecify.annotations.Nullable;

/** A token or a login, for the question whether it has ended. Thread-safe. */
public final class Revocable {
    private final String realm;
    private final String tokenId;
    private final String tokensId;
    private final String loginId;
    private final String subject;
    private final long epoch;
    private @Nullable String subjectKey;

    /**
     * Creates a login, or a token without a key for the tokens between two step-ups.
     *
     * @param realm of the login
     * @param tokenId the {@code jti}; empty for a login
     * @param loginId the login that it belongs to
     * @param subject the subject of the login
     * @param epoch the epoch in which the login started
     */
    public Revocable(String realm, String tokenId, String loginId, String subject, long epoch) {
        this(realm, tokenId, "", loginId, subject, epoch);
    }

    /**
     * Creates a login or a token.
     *
     * @param realm of the login
     * @param tokenId the {@code jti}; empty for a login
     * @param tokensId the key of the login's tokens between two step-ups, as in {@link #tokensKey}; empty for a login
     * @param loginId the login that it belongs to
     * @param subject the subject of the login
     * @param epoch the epoch in which the login started
     */
    public Revocable(String realm, String tokenId, String tokensId, String loginId, String subject, long epoch) {
        this.realm = realm;
        this.tokenId = tokenId;
        this.tokensId = tokensId;
        this.loginId = loginId;
        this.subject = subject;
        this.epoch = epoch;
    }

    /** The {@code jti}; empty for a login. */
    public String tokenId() {
        return tokenId;
    }

    /** The key of the login's tokens between two step-ups, which end as a single token does; empty for a login. */
    public String tokensId() {
        return tokensId;
    }

    /**
     * The key of a login's tokens between two step-ups, in the grain of tokens.
     *
     * @param id the id of the login
     * @param stepUps the number of step-ups before the tokens were signed, 0 or more
     */
    public static String tokensKey(LoginId id, int stepUps) {
        return id.value() + '#' + stepUps;
    }

    /** The login that it belongs to. */
    public String loginId() {
        return loginId;
    }

    /** The epoch in which the login started. */
    public long epoch() {
        return epoch;
    }

    /**
     * The group of the subject's logins, as given to {@link RevocationStore#raiseEpoch}. Each realm has groups of its
     * own, because each realm keeps revocations for a different time.
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
     * @param realm the realm of the logins, without a blank
     * @param subject the subject of the logins
     */
    public static String subjectKey(String realm, String subject) {
        return realm + ' ' + subject;
    }

    /** The realm of the login's authenticator. */
    public String realm() {
        return realm;
    }
}
