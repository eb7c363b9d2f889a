package dev.gateline.jwt;

import java.time.Instant;

/**
 * Facts about a key of a {@link KeyRing}, without the key.
 *
 * @param id the {@code kid} of the key
 * @param algorithm the only algorithm of the key
 * @param state the current use of the key
 * @param publishedAt the time at which the key came into the ring
 * @param activeFrom the time from which the key signs
 */
public record KeyInfo(String id, Algorithm algorithm, State state, Instant publishedAt, Instant activeFrom) {

    /** The use of a key. */
    public enum State {
        /** The key is published, so that all verifiers know it before it signs. */
        PENDING,
        /** The key signs and verifies. */
        ACTIVE,
        /** The key verifies until the last token that it signed has expired. */
        RETIRED
    }
}
