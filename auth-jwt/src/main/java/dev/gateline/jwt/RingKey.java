package dev.gateline.jwt;

import java.time.Instant;
import java.util.Comparator;

/**
 * A key in a ring: published, so that all who verify know it before it signs; signing, from {@code activeFrom} until
 * the next key does; then verifying until the last token that it signed is dead.
 */
record RingKey(SigningKey key, Instant publishedAt, Instant activeFrom) implements Comparable<RingKey> {

    /** The same on all nodes, for keys that become active in the same millisecond too. */
    private static final Comparator<RingKey> ORDER = Comparator.comparing(RingKey::activeFrom)
            .thenComparing(RingKey::publishedAt)
            .thenComparing(RingKey::id)
            .thenComparing(ring -> ring.key().verification().algorithm())
            .thenComparing(ring -> ring.key().verification().thumbprint());

    String id() {
        return key.verification().id();
    }

    @Override
    public int compareTo(RingKey other) {
        return ORDER.compare(this, other);
    }

    /** Whichever is earlier: the dates that it has, or one for both. */
    RingKey noLaterThan(Instant latest) {
        return new RingKey(key, earlier(publishedAt, latest), earlier(activeFrom, latest));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** Whether it is the same key in the same state, perhaps read from another copy. */
    @Override
    public boolean equals(Object other) {
        return other instanceof RingKey that && compareTo(that) == 0;
    }

    @Override
    public int hashCode() {
        return id().hashCode();
    }
}
