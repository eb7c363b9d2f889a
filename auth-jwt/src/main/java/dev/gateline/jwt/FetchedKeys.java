package dev.gateline.jwt;

import java.time.Duration;
import java.time.Instant;

/** A key set and the time at which its fetch began. Immutable. */
record FetchedKeys(KeySet keys, Instant fetchedAt) {
    /** The keys before the first fetch. */
    static final FetchedKeys NONE = new FetchedKeys(KeySet.NONE, Instant.MIN);

    private static final Duration CLOCK_MARGIN = Duration.ofMinutes(1);

    boolean isWithin(Duration age, Instant now) {
        return isLessThanAgo(age, fetchedAt, now);
    }

    /**
     * Whether an instant is in the last {@code span}. An instant in the future, from before the clock was put back, is
     * not.
     */
    static boolean isLessThanAgo(Duration span, Instant then, Instant now) {
        return then.isAfter(Instant.MIN) && now.isBefore(then.plus(span)) && !then.isAfter(now.plus(CLOCK_MARGIN));
    }
}
