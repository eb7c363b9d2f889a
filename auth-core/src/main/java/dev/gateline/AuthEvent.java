package dev.gateline;

import java.time.Duration;
import java.time.Instant;

/** A step that somebody may want to log, count or alert on. No event carries a secret. */
public sealed interface AuthEvent {

    /** When it happened, by the authenticator's clock. */
    Instant at();

    /** A login started. */
    record LoggedIn(Instant at, LoginId loginId, String subject) implements AuthEvent {}

    /** Fresh credentials were given out for a login. */
    record Renewed(Instant at, LoginId loginId, String subject) implements AuthEvent {}

    /** The user of a login proved again who they are. */
    record Reauthenticated(Instant at, LoginId loginId, String subject) implements AuthEvent {}

    /**
     * A {@link RenewalPolicy} has returned claims with which a credential would be too large: nothing was renewed.
     *
     * @param size that the claims or the credential would have
     * @param limit inclusive
     */
    record ClaimsTooLarge(Instant at, LoginId loginId, String subject, int size, int limit) implements AuthEvent {}

    /**
     * A credential was not accepted.
     *
     * @param detail which part of the credential broke which rule; empty if the reason says it all
     */
    record Rejected(Instant at, Rejection reason, String detail) implements AuthEvent {

        /** A rejection whose reason says it all. */
        public Rejected(Instant at, Rejection reason) {
            this(at, reason, "");
        }
    }

    /** A login was ended before its time, at this node. One that expires is not told of. */
    record Ended(Instant at, LoginId loginId, String subject, EndReason reason) implements AuthEvent {}

    /** A subject has as many logins as it may: the new one is refused, or another has ended for it. */
    record LimitReached(Instant at, String subject) implements AuthEvent {}

    /** All logins of a subject were ended through {@link Logins}. */
    record AllEnded(Instant at, String subject) implements AuthEvent {}

    /** All logins of a realm were ended through {@link Logins}. */
    record EverybodyEnded(Instant at, String realm) implements AuthEvent {}

    /** A secret was used after it had been traded for its successor, a sign of theft: the login has ended. */
    record ReuseDetected(Instant at, LoginId loginId, String subject) implements AuthEvent {}

    /** One access token was revoked; its login goes on. */
    record TokenRevoked(Instant at, LoginId loginId, String subject) implements AuthEvent {}

    /**
     * This node can't prove any more that it hears of changes: it asks the store for each request until it can again. Told
     * once a request comes.
     */
    record FeedLost(Instant at) implements AuthEvent {}

    /**
     * A shared store has lost what it had acknowledged. Nodes give back the endings that they remember; if that is not enough
     * all logins are ended, so that none comes back that had ended.
     *
     * @param lost how far it went back, by its own clock
     * @param remembered how far back this node knows all endings
     * @param allEnded whether all logins of the store were ended
     */
    record StoreWentBack(Instant at, Duration lost, Duration remembered, boolean allEnded) implements AuthEvent {}

    /**
     * The clock of this node is more than a minute off: it writes nothing until it is right.
     *
     * @param offset how far the server's clock is ahead
     */
    record ClockOff(Instant at, Duration offset) implements AuthEvent {}

    /** This node hears of changes again. */
    record FeedRegained(Instant at) implements AuthEvent {}

    /**
     * A store failed.
     *
     * @param failure the class of what it threw, and its message
     */
    record StoreUnavailable(Instant at, String failure) implements AuthEvent {}

    /**
     * An issuer's set of keys has one that can't be used. Told once, as long as it stays in the set.
     *
     * @param keyId its {@code kid}, at most 255 characters and no control character; empty if it has none
     * @param reason a sentence about "it"
     */
    record KeyPassedOver(Instant at, String keyId, String reason) implements AuthEvent {}
}
