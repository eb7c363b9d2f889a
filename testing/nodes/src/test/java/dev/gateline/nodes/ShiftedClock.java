package dev.gateline.nodes;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** A clock that may be put wrong, and right again. Thread-safe. */
final class ShiftedClock extends Clock {
    private final Clock clock;
    private volatile Duration by = Duration.ZERO;
    private volatile long rightAgainAt = System.nanoTime();

    ShiftedClock(Clock clock) {
        this.clock = clock;
    }

    void shift(Duration off) {
        if (off.isZero()) {
            rightAgainAt = System.nanoTime();
        }
        by = off;
    }

    Duration shift() {
        return by;
    }

    /** Whether it is, or has been since then, off. */
    boolean wasWrongSince(long nanos) {
        return !by.isZero() || rightAgainAt - nanos > 0;
    }

    @Override
    public Instant instant() {
        return clock.instant().plus(by);
    }

    @Override
    public ZoneId getZone() {
        return clock.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new ShiftedClock(clock.withZone(zone));
    }
}
