package dev.gateline.jwt;

import java.time.Instant;

/**
 * A key in a ring: published, so that all who verify know it before it signs; signing, from {@code activeFrom} until the
 * next key does; then verifying until the last token that it signed is dead.
 */
record RingKey(SigningKey key, Instant publishedAt, Instant activeFrom) {

    String id() {
        return key.verification().id();
    }

    /** Whether it is the same key in the same state, read from another copy; its name is its thumbprint. */
    boolean isSame(RingKey other) {
        return id().equals(other.id())
                && key.verification().algorithm() == other.key.verification().algorithm()
                && publishedAt.equals(other.publishedAt)
                && activeFrom.equals(other.activeFrom);
    }
}
