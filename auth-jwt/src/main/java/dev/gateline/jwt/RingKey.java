package dev.gateline.jwt;

import java.time.Instant;
import java.util.Comparator;

/**
 * A key in a ring. It is published first, so that all verifiers know it before it signs. It signs from {@code
 * activeFrom} until the next key does, and then verifies until its last token is dead. Immutable.
 */
record RingKey(LazyKey key, Instant publishedAt, Instant activeFrom) implements Comparable<RingKey> {

    /** The order of keys, which is the same on all nodes, also for keys that become active in the same millisecond. */
    private static final Comparator<RingKey> ORDER = Comparator.comparing(RingKey::activeFrom)
            .thenComparing(RingKey::publishedAt)
            .thenComparing(RingKey::id)
            .thenComparing(ring -> ring.facts().algorithm())
            .thenComparing(ring -> ring.facts().thumbprint());

    String id() {
        return facts().id();
    }

    /** The public part, to look at and not to check with. */
    VerificationKey facts() {
        return key.stored().verification();
    }

    RingKey with(SignatureProvider provider) {
        return new RingKey(key.with(provider), publishedAt, activeFrom);
    }

    @Override
    public int compareTo(RingKey other) {
        return ORDER.compare(this, other);
    }

    /** The key with its dates, of which neither is later than an instant. */
    RingKey noLaterThan(Instant latest) {
        return new RingKey(key, earlier(publishedAt, latest), earlier(activeFrom, latest));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** Whether both are the same key in the same state, perhaps read from different copies. */
    @Override
    public boolean equals(Object other) {
        return other instanceof RingKey that && compareTo(that) == 0;
    }

    @Override
    public int hashCode() {
        return id().hashCode();
    }
}
