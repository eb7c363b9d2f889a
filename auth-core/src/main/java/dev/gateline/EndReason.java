package dev.gateline;

/** Why a login has ended before its time. */
public enum EndReason {
    /** Its own credential was presented to end it. */
    LOGGED_OUT,
    /** A new login took its place: {@link Login#replaces()}. */
    REPLACED,
    /** It was ended through {@link Logins}: by the user in a list of devices, or by an administrator. */
    ENDED,
    /** Its subject had as many logins as a {@link LoginLimit} allows, and a new one started. */
    LIMIT,
    /** A {@link RenewalPolicy} did not let it go on. */
    POLICY,
    /** A secret of it was used after it had been traded, a sign of theft. */
    REUSED,
    /** It ended at another node, which did not say why. */
    UNKNOWN
}
