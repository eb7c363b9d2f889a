package dev.gateline;

/** Why a login has ended before its time. */
public enum EndReason {
    /** A credential of the login was presented to end it. */
    LOGGED_OUT,
    /** A new login took its place: {@link Login#replaces()}. */
    REPLACED,
    /** The user, in a list of devices, or an administrator ended it through {@link Logins}. */
    ENDED,
    /** Its subject had as many logins as a {@link LoginLimit} allows, and a new one started. */
    LIMIT,
    /** A {@link RenewalPolicy} did not let it continue. */
    POLICY,
    /** A secret of the login was used after it had been traded, which is a sign of theft. */
    REUSED,
    /** It ended at another node, which did not give the reason. */
    UNKNOWN
}
