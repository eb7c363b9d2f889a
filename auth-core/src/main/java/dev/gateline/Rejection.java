package dev.gateline;

/**
 * Why a credential was not accepted. For logs, events and the host's own decisions; a client is told none of it beyond
 * "invalid", so that it helps nobody to guess.
 */
public enum Rejection {
    /** Nothing was presented. */
    MISSING,
    /** More than one credential was presented, and they differ. */
    AMBIGUOUS,
    /** Longer than {@link Credential#MAX_LENGTH}; refused before any parsing. */
    TOO_LARGE,
    /** Not of the form that this authenticator issues. */
    MALFORMED,
    /** Well-formed, but no live login has it: a guess, or the login has ended. */
    UNKNOWN,
    /** No key of ours made this signature, or the algorithm is not the key's. */
    BAD_SIGNATURE,
    /** Its time is over: idle, absolute or the token's own. */
    EXPIRED,
    /** A signed token that would live longer than this verifier lets any token live. */
    LIVES_TOO_LONG,
    /** Its time has not come. */
    NOT_YET_VALID,
    /** Issued by somebody else. */
    WRONG_ISSUER,
    /** Issued for somebody else. */
    WRONG_AUDIENCE,
    /** A signed token of another kind. */
    WRONG_TYPE,
    /** Somebody other than the login's subject proved themselves. */
    WRONG_SUBJECT,
    /** The token, its login or everything of its subject was ended. */
    REVOKED,
    /** A secret that had been traded for its successor came back after the grace: the login has ended. */
    REUSED,
    /** Live, but the proof is older or weaker than was required. */
    INSUFFICIENT,
    /** A browser sent the credential along with a request that does not prove to come from the same origin. */
    CROSS_ORIGIN,
    /** Too many attempts to log in have failed: the next is not looked at before some time has passed. */
    TOO_MANY_ATTEMPTS
}
