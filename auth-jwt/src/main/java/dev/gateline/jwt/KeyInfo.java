package dev.gateline.jwt;

import java.time.Instant;

/**
 * Facts about a key of a {@link KeyRing}, without the key.
 *
 * @param id its {@code kid}
 * @param algorithm the only algorithm of the key
 * @param state the current use of the key
 * @param publishedAt the time since which it is in the ring
 * @param activeFrom the time from which it signs
 */
public record KeyInfo(String id, Algorithm algorithm, State state, Instant publishedAt, Instant activeFrom) {

    /** The use of a key. */
    public enum State {
        /** Published, so that all who verify know it before it signs. */
        PENDING,
        /** Signs and verifies. */
        ACTIVE,
        /** Verifies until the last token that it signed has expired. */
        RETIRED
    }
}
