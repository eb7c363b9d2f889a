package dev.gateline;

/** The kind of a presented credential, as far as it is known. */
public enum CredentialKind {
    /** An access token, a JWT. */
    ACCESS_TOKEN,
    /** A refresh token, a ticket. */
    REFRESH_TOKEN,
    /** The id of a session, a ticket. */
    SESSION_ID,
    /**
     * Not known: there were several credentials, or one of another form, or the request was refused before any was
     * read.
     */
    UNKNOWN
}
