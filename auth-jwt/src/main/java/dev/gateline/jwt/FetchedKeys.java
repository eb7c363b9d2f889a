package dev.gateline.jwt;

import java.time.Duration;
import java.time.Instant;

/** A key set and the time at which its fetch began. Immutable. */
record FetchedKeys(KeySet keys, Instant fetchedAt) {
    /** No fetch has brought a set yet. */
    static final FetchedKeys NONE = new FetchedKeys(KeySet.NONE, Instant.MIN);

    private static final Duration CLOCK_MARGIN = Duration.ofMinutes(1);

    boolean isWithin(Duration age, Instant now) {
        return isLessThanAgo(age, fetchedAt, now);
    }

    /** Whether something happened less than that long ago. The future does not count: the clock was put back. */
    static boolean isLessThanAgo(Duration span, Instant then, Instant now) {
        return then.isAfter(Instant.MIN) && now.isBefore(then.plus(span)) && !then.isAfter(now.plus(CLOCK_MARGIN));
    }
}
