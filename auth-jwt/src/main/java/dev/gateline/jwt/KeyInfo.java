package dev.gateline.jwt;

import java.time.Instant;

/**
 * A key of a {@link KeyRing}, without the key.
 *
 * @param id its {@code kid}
 * @param algorithm the only one that it is for
 * @param state what it is for now
 * @param publishedAt since when it is in the ring
 * @param activeFrom since when, or from when on, it signs
 */
public record KeyInfo(String id, Algorithm algorithm, State state, Instant publishedAt, Instant activeFrom) {

    /** What a key is for. */
    public enum State {
        /** Published, so that all who verify know it before it signs. */
        PENDING,
        /** Signs and verifies. */
        ACTIVE,
        /** Verifies until the last token that it signed has expired. */
        RETIRED
    }
}
