package dev.gateline;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A step that somebody may want to log, count or alert on: when it happened, from where, whose login it was, which one,
 * and what happened to it. No event carries a secret. A realm is that of {@link Identity#realm()}. Sealed: a later
 * version may have more.
 */
public sealed interface AuthEvent {

    /** When it happened, by the authenticator's clock. */
    Instant at();

    /**
     * A login started.
     *
     * @param methods how the user proved who they are, RFC 8176 values
     */
    record LoggedIn(Instant at, ClientInfo client, String realm, LoginId loginId, String subject, List<String> methods)
            implements AuthEvent {}

    /** Fresh credentials were given out for a login. */
    record Renewed(Instant at, ClientInfo client, String realm, LoginId loginId, String subject) implements AuthEvent {}

    /**
     * The user of a login proved again who they are.
     *
     * @param methods how, RFC 8176 values
     */
    record Reauthenticated(
            Instant at, ClientInfo client, String realm, LoginId loginId, String subject, List<String> methods)
            implements AuthEvent {}

    /**
     * A {@link RenewalPolicy} has returned claims with which a credential would be too large: nothing was renewed.
     *
     * @param size that the claims or the credential would have
     * @param limit inclusive
     */
    record ClaimsTooLarge(
            Instant at, ClientInfo client, String realm, LoginId loginId, String subject, int size, int limit)
            implements AuthEvent {}

    /**
     * A request was not let in. One request tells it once, and not for an expired credential that was refreshed on the
     * way.
     *
     * @param kind of the last credential that was looked at
     * @param realm of the authenticator that looked; empty if none did
     * @param loginId the login that the credential names: proved only if there is a subject; empty if it names none
     * @param subject whose login it is, if the credential is or was one of it; else empty
     * @param detail which part of the credential broke which rule, in words of ours; empty if the reason says it all
     */
    record Rejected(
            Instant at,
            ClientInfo client,
            Rejection reason,
            CredentialKind kind,
            String realm,
            String loginId,
            String subject,
            String detail)
            implements AuthEvent {

        /** A rejection whose reason says it all. */
        public Rejected(
                Instant at,
                ClientInfo client,
                Rejection reason,
                CredentialKind kind,
                String realm,
                String loginId,
                String subject) {
            this(at, client, reason, kind, realm, loginId, subject, "");
        }
    }

    /** A login was ended before its time, at this node. One that expires is not told of. */
    record Ended(Instant at, ClientInfo client, String realm, LoginId loginId, String subject, EndReason reason)
            implements AuthEvent {}

    /** A subject has as many logins as it may: the new one is refused, or another has ended for it. */
    record LimitReached(Instant at, ClientInfo client, String realm, String subject) implements AuthEvent {}

    /** All logins of a subject were ended through {@link Logins}. */
    record AllEnded(Instant at, ClientInfo client, String realm, String subject) implements AuthEvent {}

    /** All logins of a realm were ended through {@link Logins}. */
    record EverybodyEnded(Instant at, ClientInfo client, String realm) implements AuthEvent {}

    /**
     * A secret was used after it had been traded for its successor, a sign of theft: the login has ended.
     *
     * @param kind of the secret
     */
    record ReuseDetected(
            Instant at, ClientInfo client, String realm, LoginId loginId, String subject, CredentialKind kind)
            implements AuthEvent {}

    /**
     * One access token was revoked; its login goes on.
     *
     * @param tokenId its {@code jti}
     */
    record TokenRevoked(Instant at, ClientInfo client, String realm, LoginId loginId, String subject, String tokenId)
            implements AuthEvent {}

    /**
     * This node can't prove any more that it hears of changes: it asks the store for each request until it can again.
     * Told once a request comes.
     */
    record FeedLost(Instant at) implements AuthEvent {}

    /**
     * A shared store has lost what it had acknowledged. Nodes give back the endings that they remember; if that is not
     * enough all logins are ended, so that none comes back that had ended.
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
