package dev.gateline.store;

import dev.gateline.EndReason;
import dev.gateline.LoginId;
import dev.gateline.internal.Micros;
import java.time.Instant;

/**
 * A token, a login or a group of logins that has ended before its time. Revocations are a grow-only set: two of the
 * same grain and key merge into the later {@code until} and the greater {@code epoch}. Immutable.
 *
 * @param grain a token, a login or a group of logins
 * @param key the {@code jti}, the login id or the group as in {@link RevocationStore#raiseEpoch}; 1 to 300 characters
 * @param epoch for a group the epoch of the logins that continue; otherwise 0
 * @param until the instant at which the last token that it covers has expired on every clock, in microseconds; the
 *     store may forget it then
 * @param reason the reason of the ending; a store need not keep it, because only nodes that hear of it at once need it
 */
public record Revocation(Grain grain, String key, long epoch, Instant until, EndReason reason) {

    /** A token, a login or a group of logins. */
    public enum Grain {
        /** One token, by {@code jti}. */
        TOKEN,
        /** One login and all its tokens, by {@code sid}. */
        LOGIN,
        /** All logins of a subject, of a realm or of all realms that started in an earlier epoch. */
        GROUP
    }

    /** Cuts {@code until} to microseconds. */
    public Revocation {
        until = Micros.cut(until);
    }

    /** A revocation without a known reason. */
    public Revocation(Grain grain, String key, long epoch, Instant until) {
        this(grain, key, epoch, until, EndReason.UNKNOWN);
    }

    /**
     * Ends a token.
     *
     * @param tokenId the {@code jti}, or the key of several tokens, as in {@link Revocable#tokensKey}
     * @param until as in {@link #until()}
     */
    public static Revocation ofToken(String tokenId, Instant until) {
        return new Revocation(Grain.TOKEN, tokenId, 0, until);
    }

    /**
     * Ends a login.
     *
     * @param id the id of the login
     * @param until as in {@link #until()}
     */
    public static Revocation ofLogin(LoginId id, Instant until) {
        return ofLogin(id, until, EndReason.UNKNOWN);
    }

    /**
     * Ends a login for a reason.
     *
     * @param id the id of the login
     * @param until as in {@link #until()}
     * @param reason as in {@link #reason()}
     */
    public static Revocation ofLogin(LoginId id, Instant until, EndReason reason) {
        return new Revocation(Grain.LOGIN, id.value(), 0, until, reason);
    }

    /**
     * Ends the logins of a group.
     *
     * @param group as in {@link RevocationStore#raiseEpoch}
     * @param epoch as in {@link #epoch()}
     * @param until as in {@link #until()}
     */
    public static Revocation ofGroup(String group, long epoch, Instant until) {
        return new Revocation(Grain.GROUP, group, epoch, until);
    }

    /**
     * Returns this revocation, kept at least until an instant.
     *
     * @param instant as in {@link #until()}
     */
    public Revocation atLeastUntil(Instant instant) {
        return instant.isAfter(until) ? new Revocation(grain, key, epoch, instant, reason) : this;
    }

    /** Merges two revocations of the same grain and key. */
    public Revocation mergedWith(Revocation other) {
        EndReason first = other.reason == EndReason.UNKNOWN ? reason : other.reason;
        return new Revocation(grain, key, Math.max(epoch, other.epoch), until, first).atLeastUntil(other.until);
    }
}
