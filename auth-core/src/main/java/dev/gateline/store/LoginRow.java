package dev.gateline.store;

import dev.gateline.Identity;
import dev.gateline.LoginId;
import dev.gateline.LoginInfo;
import dev.gateline.internal.Micros;
import dev.gateline.internal.Secrets;
import java.time.Duration;
import java.time.Instant;

/**
 * A login in a store: a session, or the login of a refresh token. The store only needs to understand the first five
 * parts and {@link #expiresAt}; the state is bytes to it. The row contains digests and no usable secret. Immutable.
 *
 * @param id the key, 22 characters of base64url
 * @param realm the realm of its authenticator, 1 to 40 visible ASCII characters; several authenticators may share a
 *     store
 * @param subject the user, 0 to 255 characters; empty for a visitor who has not logged in
 * @param version a random number, and another one after each replacement, so that it never repeats, not even in a store
 *     that has lost its last writes; {@link LoginStore#replace} compares it
 * @param lastSeenAt the last use, in microseconds, to within the interval at which uses are written
 * @param state everything else
 */
public record LoginRow(LoginId id, String realm, String subject, long version, Instant lastSeenAt, LoginState state) {

    /** Cuts {@code lastSeenAt} to microseconds. */
    public LoginRow {
        lastSeenAt = Micros.cut(lastSeenAt);
    }

    /**
     * The instant at which the login ends unless it is used before: the idle or the absolute limit, whichever comes
     * first.
     */
    public Instant expiresAt() {
        return Micros.instant(state.expiresAt(Micros.of(lastSeenAt)));
    }

    /** Whether the row has not expired. The login may have been revoked. */
    public boolean isLiveAt(Instant now) {
        return Micros.of(now) < state.expiresAt(Micros.of(lastSeenAt));
    }

    /**
     * Whether a use need not be noted, because another one was noted lately. Up to ten uses are noted within the idle
     * timeout, so that the end of the login is exact to a tenth of it.
     *
     * @param interval the interval in which one note is enough, if it is shorter
     */
    public boolean isNotedWithin(Duration interval, Instant now) {
        return isNotedWithin(interval, state.idleMicros(), Micros.of(now) - Micros.of(lastSeenAt));
    }

    /**
     * Answers as {@link #isNotedWithin(Duration, Instant)} for a store that has read no more than a part of the row.
     *
     * @param interval the interval in which one note is enough, if it is shorter
     * @param idleTimeout the idle timeout of the login
     * @param since the time from the last noted use to the use; negative if the noted use is the later one
     */
    public static boolean isNotedWithin(Duration interval, Duration idleTimeout, Duration since) {
        return isNotedWithin(interval, Micros.of(idleTimeout), Micros.of(since));
    }

    private static boolean isNotedWithin(Duration interval, long idleMicros, long sinceMicros) {
        return sinceMicros < Math.min(Micros.of(interval), idleMicros / 10);
    }

    /**
     * Returns the row with the later one of its last use and {@code instant}. The version stays.
     *
     * @param instant the time of the use
     */
    public LoginRow seen(Instant instant) {
        return instant.isAfter(lastSeenAt) ? new LoginRow(id, realm, subject, version, instant, state) : this;
    }

    /** Returns the row with another state, in a version that was never used before. */
    public LoginRow next(LoginState next, Instant now) {
        return new LoginRow(id, realm, subject, Secrets.number(), now, next);
    }

    /** The identity of the row. Its instants are whole seconds, as in tokens, except the end. */
    public Identity identity() {
        return identity(state.ticket().issuedAt());
    }

    /**
     * The identity for the ticket before the current one. The issue time of that ticket is not known, so the start of
     * the login takes its place, and a renewal is due.
     */
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

    /** The login, for a question to the revocations. */
    public Revocable revocable() {
        return new Revocable(realm, "", id.value(), subject, state.epoch());
    }

    /** The parts of the row that a list of devices may show. */
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
