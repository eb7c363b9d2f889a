package dev.gateline.jwt;

import dev.gateline.internal.Micros;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.function.Supplier;

/**
 * Decides how the keys of a ring follow each other. It reads no clock. Immutable.
 *
 * @param newKey makes a new key
 * @param rotateEvery how long a key signs
 * @param publishAhead how long a key is published before it signs
 * @param tokensLiveFor how long a token of a retired key may live
 */
record RingRules(Supplier<SigningKey> newKey, Duration rotateEvery, Duration publishAhead, Duration tokensLiveFor) {

    /** The permitted difference between two clocks. */
    static final Duration CLOCK_MARGIN = Duration.ofMinutes(1);

    /** The time for which a key verifies after the next one has become active. */
    Duration retiredFor() {
        return tokensLiveFor.plus(CLOCK_MARGIN);
    }

    /** Returns a ring with possible dates, and without keys that nobody will need. */
    RingKeys tidy(RingKeys ring, Instant now) {
        Instant latest = now.plus(publishAhead).plus(CLOCK_MARGIN);
        RingKeys kept = ring.noLaterThan(latest, latest).kept(now, retiredFor());
        boolean begins = kept.keys().stream()
                .limit(1)
                .anyMatch(first -> first.activeFrom().isAfter(now.plus(CLOCK_MARGIN)));
        return begins ? kept.noLaterThan(latest, now) : kept;
    }

    RingView view(RingKeys tidy, Instant now) {
        return new RingView(tidy, retiredFor(), now);
    }

    /** The part that other nodes need: keys that are alive, and ids of removed keys. */
    RingKeys alive(RingKeys ring, Instant now) {
        return ring.at(now, retiredFor());
    }

    /** Whether a new key is due. Without a key that signs it always is. */
    boolean isRotationDue(RingView view, Instant now) {
        if (view.active().isEmpty()) {
            return true;
        }
        // without an object for the time, because each request asks
        long active = Micros.of(now) - Micros.of(view.active().get().activeFrom());
        return active >= Micros.of(rotateEvery) - Micros.of(publishAhead)
                && view.pending().isEmpty();
    }

    RingKeys rotatedIfDue(RingView view, Instant now) {
        return isRotationDue(view, now) ? rotated(view, now) : view.ring();
    }

    RingKeys rotated(RingView view, Instant now) {
        if (view.active().isEmpty()) {
            return withNewKey(view.ring(), now, now);
        }
        return view.pending().isPresent() ? view.ring() : withNewKey(view.ring(), now, now.plus(publishAhead));
    }

    RingKeys rotatedNow(RingView view, Instant now) {
        return withNewKey(view.ring(), now, now);
    }

    /**
     * The ring without a key. If the key was active, the next one signs at once. No key is made, because whatever makes
     * keys may fail, and a leaked key must go all the same.
     */
    RingKeys without(RingView view, String keyId, Instant now) {
        RingKeys left = view.ring().without(keyId);
        return view.isActive(keyId)
                ? view.next().map(next -> left.with(next.noLaterThan(now))).orElse(left)
                : left;
    }

    /**
     * The ring with a new key that signs at once, unless another node has made one since.
     *
     * @param before the ring in which the removed key was active
     */
    RingKeys succeeding(RingView before, RingView view, Instant now) {
        boolean isSucceeded =
                view.active().filter(key -> !before.ring().has(key.id())).isPresent();
        return isSucceeded ? view.ring() : withNewKey(view.ring(), now, now);
    }

    /** Adds a new key. Of keys that become active in the same millisecond, the one that was published last signs. */
    private RingKeys withNewKey(RingKeys ring, Instant now, Instant activeFrom) {
        Instant publishedAt = ring.keys().stream()
                .filter(key -> key.activeFrom().equals(activeFrom))
                .map(key -> key.publishedAt().plusMillis(1))
                .filter(now::isBefore)
                .max(Comparator.naturalOrder())
                .orElse(now);
        return ring.with(new RingKey(LazyKey.of(newKey.get()), publishedAt, activeFrom));
    }
}
