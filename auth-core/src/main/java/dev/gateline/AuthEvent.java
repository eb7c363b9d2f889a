package dev.gateline;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A step that a host may want to log, count or alert on, with its time, the client, the user and the login. No event
 * contains a secret. A realm is that of {@link Identity#realm()}. The interface is sealed, and a later version may have
 * more events.
 */
public sealed interface AuthEvent {

    /** When it happened, by the authenticator's clock. */
    Instant at();

    /** The realm of the logins that it is about; empty if it is about no realm, or about none that is known. */
    default String realm() {
        return "";
    }

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
     * A {@link RenewalPolicy} returned claims with which a credential would be too large. Nothing was renewed.
     *
     * @param size the size that the claims or the credential would have
     * @param limit inclusive
     */
    record ClaimsTooLarge(
            Instant at, ClientInfo client, String realm, LoginId loginId, String subject, int size, int limit)
            implements AuthEvent {}

    /**
     * A request was rejected. One request causes this event at most once, and not for an expired credential that was
     * refreshed on the way.
     *
     * @param kind the kind of the last credential that was checked
     * @param realm the realm of the authenticator that checked it; empty if none did
     * @param loginId the login that the credential names; it is proved only if there is a subject; empty if the
     *     credential names none
     * @param subject the subject of the login, if the credential is or was one of the login; otherwise empty
     * @param detail which part of the credential broke which rule, in Gateline's own words; empty if the reason is
     *     enough
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

        /** A rejection without further detail. */
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

    /** A login was ended before its time, at this node. The expiry of a login is no event. */
    record Ended(Instant at, ClientInfo client, String realm, LoginId loginId, String subject, EndReason reason)
            implements AuthEvent {}

    /** A subject has reached its limit of logins. The new login was refused, or another login has ended for it. */
    record LimitReached(Instant at, ClientInfo client, String realm, String subject) implements AuthEvent {}

    /** All logins of a subject were ended through {@link Logins}. */
    record AllEnded(Instant at, ClientInfo client, String realm, String subject) implements AuthEvent {}

    /** All logins of a realm were ended through {@link Logins}. */
    record EverybodyEnded(Instant at, ClientInfo client, String realm) implements AuthEvent {}

    /**
     * A secret was used after it had been traded for its successor, which is a sign of theft. The login has ended.
     *
     * @param kind the kind of the secret
     */
    record ReuseDetected(
            Instant at, ClientInfo client, String realm, LoginId loginId, String subject, CredentialKind kind)
            implements AuthEvent {}

    /**
     * One access token was revoked. Its login continues.
     *
     * @param tokenId the {@code jti} of the token
     */
    record TokenRevoked(Instant at, ClientInfo client, String realm, LoginId loginId, String subject, String tokenId)
            implements AuthEvent {}

    /**
     * This node can't prove any more that it hears of changes. It asks the store for each request until it can. The
     * event comes with the next request. A node that has never had a proof tells no event.
     */
    record FeedLost(Instant at) implements AuthEvent {}

    /**
     * A shared store has lost writes that it had acknowledged. Nodes write the endings that they remember again. If
     * they don't remember enough, all logins are ended, so that no ended login comes back.
     *
     * @param lost how far the store went back, by its own clock
     * @param remembered the span for which this node knows all endings
     * @param allEnded whether all logins of the store were ended
     */
    record StoreWentBack(Instant at, Duration lost, Duration remembered, boolean allEnded) implements AuthEvent {}

    /**
     * The clock of this node is more than a minute off. The node writes nothing until the clock is right.
     *
     * @param offset how far the server's clock is ahead
     */
    record ClockOff(Instant at, Duration offset) implements AuthEvent {}

    /** This node hears of changes again. */
    record FeedRegained(Instant at) implements AuthEvent {}

    /**
     * A store failed.
     *
     * @param failure the class and the message of the exception
     */
    record StoreUnavailable(Instant at, String failure) implements AuthEvent {}

    /**
     * The key set of an issuer contains a key that can't be used. The event comes once, as long as the key stays in the
     * set.
     *
     * @param keyId its {@code kid}, at most 255 characters and no control character; empty if it has none
     * @param reason a sentence about "it"
     */
    record KeyPassedOver(Instant at, String keyId, String reason) implements AuthEvent {}
}
