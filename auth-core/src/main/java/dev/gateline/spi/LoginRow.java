package dev.gateline.spi;

import dev.gateline.Claims;
import dev.gateline.Identity;
import dev.gateline.LoginId;
import dev.gateline.LoginInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A login as a store keeps it: a session, or what a refresh token stands for. Holds digests, never a usable secret.
 * Immutable.
 *
 * @param id the key, 22 characters of base64url
 * @param realm which authenticator it belongs to, 1 to 40 visible ASCII characters; several may share a store
 * @param version counts the replacements, from 0; {@link LoginStore#replace} compares it
 * @param epoch the subject's, by {@link RevocationStore#epoch}, when the login started
 * @param subject the user, 1 to 255 characters
 * @param client the host's label of the client, 0 to 255 characters
 * @param remembered as in {@link dev.gateline.Login#remembered()}
 * @param startedAt when the login started
 * @param endsAt the absolute limit, exclusive
 * @param idleTimeout how long it may go unused, exclusive
 * @param lastSeenAt when it was last used, to within the interval at which that is written
 * @param authenticatedAt when the user last proved who they are
 * @param methods how, RFC 8176 values
 * @param claims what the host said of the user
 * @param ticket what proves the right to it
 */
public record LoginRow(
        LoginId id,
        String realm,
        long version,
        long epoch,
        String subject,
        String client,
        boolean remembered,
        Instant startedAt,
        Instant endsAt,
        Duration idleTimeout,
        Instant lastSeenAt,
        Instant authenticatedAt,
        List<String> methods,
        Claims claims,
        TicketState ticket) {

    /** Copies the methods. */
    public LoginRow {
        methods = List.copyOf(methods);
    }

    /** When it ends unless it is used before: the idle or the absolute limit, whichever comes first. Exclusive. */
    public Instant expiresAt() {
        Instant idleAt = lastSeenAt.plus(idleTimeout);
        return idleAt.isBefore(endsAt) ? idleAt : endsAt;
    }

    /**
     * The same row, last seen at {@code instant} or when it was, whichever is later. Not a new version.
     *
     * @param instant when it was used
     */
    public LoginRow seen(Instant instant) {
        return instant.isAfter(lastSeenAt) ? with(version, instant, authenticatedAt, methods, claims, ticket) : this;
    }

    /** The next version, with another ticket. */
    LoginRow next(TicketState next, Instant now) {
        return with(version + 1, now, authenticatedAt, methods, claims, next);
    }

    /** The next version, with another ticket and a new proof. */
    LoginRow next(TicketState next, Instant now, Instant authenticatedAt, List<String> methods, Claims claims) {
        return with(version + 1, now, authenticatedAt, methods, claims, next);
    }

    private LoginRow with(
            long version,
            Instant lastSeenAt,
            Instant authenticatedAt,
            List<String> methods,
            Claims claims,
            TicketState ticket) {
        return new LoginRow(
                id,
                realm,
                version,
                epoch,
                subject,
                client,
                remembered,
                startedAt,
                endsAt,
                idleTimeout,
                lastSeenAt,
                authenticatedAt,
                methods,
                claims,
                ticket);
    }

    /** What it says of the user. Instants in seconds, as tokens have them, but for the end. */
    public Identity identity() {
        Instant issuedAt = ticket.rotatedAt().truncatedTo(ChronoUnit.SECONDS);
        return new Identity(subject, id, authenticatedAt, issuedAt, expiresAt(), methods, claims);
    }

    /** What may be shown of it. */
    LoginInfo info() {
        return new LoginInfo(
                id, subject, startedAt, authenticatedAt, lastSeenAt, expiresAt(), methods, client, remembered);
    }
}
