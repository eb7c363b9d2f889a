package dev.gateline.store;

import dev.gateline.Identity;
import dev.gateline.LoginId;
import dev.gateline.LoginInfo;
import dev.gateline.internal.Micros;
import dev.gateline.internal.Secrets;
import java.time.Duration;
import java.time.Instant;

/**
 * A login as a store keeps it: a session, or what a refresh token stands for. The store needs to understand the first
 * five parts; the state is bytes to it. Holds digests, never a usable secret. Immutable.
 *
 * @param id the key, 22 characters of base64url
 * @param realm which authenticator it belongs to, 1 to 40 visible ASCII characters; several may share a store
 * @param subject the user, 0 to 255 characters; empty for a visitor who has not logged in
 * @param version random, and another one after each replacement, so that it never comes back: not even in a store that
 *     has lost its last writes. {@link LoginStore#replace} compares it
 * @param lastSeenAt when it was last used, in microseconds, to within the interval at which that is written
 * @param state everything else
 */
public record LoginRow(LoginId id, String realm, String subject, long version, Instant lastSeenAt, LoginState state) {

    /** Cuts off what is finer than a microsecond. */
    public LoginRow {
        lastSeenAt = Micros.cut(lastSeenAt);
    }

    /** When it ends unless it is used before: the idle or the absolute limit, whichever comes first. Exclusive. */
    public Instant expiresAt() {
        return Micros.instant(state.expiresAt(Micros.of(lastSeenAt)));
    }

    /** Whether it has not expired. It may have been revoked all the same. */
    public boolean isLiveAt(Instant now) {
        return Micros.of(now) < state.expiresAt(Micros.of(lastSeenAt));
    }

    /**
     * Whether a use need not be noted, because one was lately: ten are noted in the time that the login may go unused,
     * or its end would be far from exact.
     *
     * @param interval in which one note is enough, if that is less
     */
    public boolean isNotedWithin(Duration interval, Instant now) {
        long since = Micros.of(now) - Micros.of(lastSeenAt);
        return since < Math.min(Micros.of(interval), state.idleMicros() / 10);
    }

    /**
     * The same row, last seen at {@code instant} or when it was, whichever is later. Not a new version.
     *
     * @param instant when it was used
     */
    public LoginRow seen(Instant instant) {
        return instant.isAfter(lastSeenAt) ? new LoginRow(id, realm, subject, version, instant, state) : this;
    }

    /** The row with another state, in a version that never was before. */
    public LoginRow next(LoginState next, Instant now) {
        return new LoginRow(id, realm, subject, Secrets.number(), now, next);
    }

    /** What it says of the user. Instants in seconds, as tokens have them, but for the end. */
    public Identity identity() {
        return identity(state.ticket().issuedAt());
    }

    /** The same, of the ticket before the current one: when that was issued is not known, but it is due for a trade. */
    public Identity identityOfOld() {
        return identity(state.startedAt());
    }

    private Identity identity(Instant issuedAt) {
        return new Identity(
                subject,
                id,
                state.authenticatedAt(),
                Instant.ofEpochSecond(issuedAt.getEpochSecond()),
                expiresAt(),
                state.methods(),
                state.claims(),
                realm,
                state.epoch(),
                state.ticket().stepUps(),
                "");
    }

    /** What could have been ended of it. */
    public Revocable revocable() {
        return new Revocable(realm, "", id.value(), subject, state.epoch());
    }

    /** What may be shown of it. */
    public LoginInfo info() {
        return new LoginInfo(
                id,
                subject,
                state.startedAt(),
                state.authenticatedAt(),
                lastSeenAt,
                expiresAt(),
                state.methods(),
                state.client(),
                state.remembered());
    }
}
