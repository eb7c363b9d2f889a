package dev.gateline.spi;

import java.time.Instant;

/**
 * That something signed has ended before its time. Revocations are a grow-only set: two of the same grain and key merge
 * into the later {@code until}. Immutable.
 *
 * @param grain what ended
 * @param key the {@code jti} or the login id; 1 to 255 characters
 * @param until when the last token that it covers has expired on every clock, exclusive; it may be forgotten then
 */
public record Revocation(Grain grain, String key, Instant until) {

    /** How much ends. All tokens of a subject end by {@link RevocationStore#raiseEpoch}. */
    public enum Grain {
        /** One token, by {@code jti}. */
        TOKEN,
        /** All tokens of one login, by {@code sid}. */
        LOGIN
    }
}
