package dev.gateline;

/** What kind of credential was presented, as far as it could be told. */
public enum CredentialKind {
    /** An access token, a JWT. */
    ACCESS_TOKEN,
    /** A refresh token, a ticket. */
    REFRESH_TOKEN,
    /** The id of a session, a ticket. */
    SESSION_ID,
    /**
     * None that could be told: several, one of another form, or a request that was refused before any was looked at.
     */
    UNKNOWN
}
