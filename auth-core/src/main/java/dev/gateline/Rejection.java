package dev.gateline;

/**
 * The reason why a credential was not accepted, for logs, events and the host's own decisions. The client only learns
 * "invalid", because a reason would help an attacker to guess.
 */
public enum Rejection {
    /** Nothing was presented. */
    MISSING,
    /** More than one credential was presented, and they differ. */
    AMBIGUOUS,
    /** The credential is longer than {@link Credential#MAX_LENGTH}. It was refused before any parsing. */
    TOO_LARGE,
    /** The credential has not the form that this authenticator issues. */
    MALFORMED,
    /**
     * The credential is well-formed, but no live login has it: it is a guess, or the login has ended. A secret that had
     * been traded for its successor is rejected like this for a minute after the grace.
     */
    UNKNOWN,
    /** No trusted key made this signature, or the algorithm is not that of the key. */
    BAD_SIGNATURE,
    /** The idle timeout, the absolute timeout or the token's own time is over. */
    EXPIRED,
    /** The lifetime of the signed token is longer than this verifier allows. */
    LIVES_TOO_LONG,
    /** The credential is not valid yet. */
    NOT_YET_VALID,
    /** Another issuer issued the credential. */
    WRONG_ISSUER,
    /** The credential was issued for another audience. */
    WRONG_AUDIENCE,
    /** The signed token is of another kind. */
    WRONG_TYPE,
    /**
     * Another user than the subject of the login has proved who they are, or the subject of a token is written as those
     * of another issuer.
     */
    WRONG_SUBJECT,
    /** The token, its login or all logins of its subject were ended, or the login was stepped up since. */
    REVOKED,
    /**
     * A secret that had been traded for its successor came back more than a minute after the grace. The login has
     * ended.
     */
    REUSED,
    /**
     * The login is live, but the proof is older or weaker than required, or the verifier can't ask a store although the
     * requirement demands it.
     */
    INSUFFICIENT,
    /** A browser sent the credential along with a request that does not prove to come from the same origin. */
    CROSS_ORIGIN,
    /** Too many attempts to log in have failed. The next attempt has to wait. */
    TOO_MANY_ATTEMPTS
}
