package dev.gateline.store;

import dev.gateline.EndReason;
import dev.gateline.LoginId;
import dev.gateline.internal.Micros;
import java.time.Instant;

/**
 * That something has ended before its time. Revocations are a grow-only set: two of the same grain and key merge into
 * the later {@code until} and the greater {@code epoch}. Immutable.
 *
 * @param grain what ended
 * @param key the {@code jti}, the login id or the group as in {@link RevocationStore#raiseEpoch}; 1 to 300 characters
 * @param epoch of a group, that of the logins which go on; 0 of all else
 * @param until when the last token that it covers has expired on every clock, exclusive, in microseconds; it may be
 *     forgotten then
 * @param reason why a login has ended; a store need not keep it, it is for those who hear of it at once
 */
public record Revocation(Grain grain, String key, long epoch, Instant until, EndReason reason) {

    /** How much ends. */
    public enum Grain {
        /** One token, by {@code jti}. */
        TOKEN,
        /** One login and all its tokens, by {@code sid}. */
        LOGIN,
        /** All logins of a subject, of a realm or of all realms that started in an earlier epoch. */
        GROUP
    }

    /** Cuts off what is finer than a microsecond. */
    public Revocation {
        until = Micros.cut(until);
    }

    /** One whose reason nobody has said. */
    public Revocation(Grain grain, String key, long epoch, Instant until) {
        this(grain, key, epoch, until, EndReason.UNKNOWN);
    }

    /**
     * Ends a token.
     *
     * @param tokenId its {@code jti}, or the key of several, as in {@link Revocable#tokensKey}
     * @param until as in {@link #until()}
     */
    public static Revocation ofToken(String tokenId, Instant until) {
        return new Revocation(Grain.TOKEN, tokenId, 0, until);
    }

    /**
     * Ends a login.
     *
     * @param id of the login
     * @param until as in {@link #until()}
     */
    public static Revocation ofLogin(LoginId id, Instant until) {
        return ofLogin(id, until, EndReason.UNKNOWN);
    }

    /**
     * Ends a login for a reason.
     *
     * @param id of the login
     * @param until as in {@link #until()}
     * @param reason as in {@link #reason()}
     */
    public static Revocation ofLogin(LoginId id, Instant until, EndReason reason) {
        return new Revocation(Grain.LOGIN, id.value(), 0, until, reason);
    }

    /**
     * Ends what a group has.
     *
     * @param group as in {@link RevocationStore#raiseEpoch}
     * @param epoch as in {@link #epoch()}
     * @param until as in {@link #until()}
     */
    public static Revocation ofGroup(String group, long epoch, Instant until) {
        return new Revocation(Grain.GROUP, group, epoch, until);
    }

    /**
     * The same, remembered for no less.
     *
     * @param instant as in {@link #until()}
     */
    public Revocation atLeastUntil(Instant instant) {
        return instant.isAfter(until) ? new Revocation(grain, key, epoch, instant, reason) : this;
    }

    /** The two as one, if they are of the same grain and key. */
    public Revocation mergedWith(Revocation other) {
        EndReason first = other.reason == EndReason.UNKNOWN ? reason : other.reason;
        return new Revocation(grain, key, Math.max(epoch, other.epoch), until, first).atLeastUntil(other.until);
    }
}
