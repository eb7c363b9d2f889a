package dev.gateline.kit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** A clock that stands still until it is moved. Thread-safe. */
public final class MutableClock extends Clock {
    private Instant now;

    /**
     * Creates a clock at the current second. A server's clock, which no test moves, then finds no new login expired.
     */
    public MutableClock() {
        this(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    /**
     * Creates a clock at an instant.
     *
     * @param now the time of the clock
     */
    public MutableClock(Instant now) {
        this.now = now;
    }

    /**
     * Moves the clock.
     *
     * @param span the span, which is negative to move the clock back
     */
    public synchronized void advance(Duration span) {
        now = now.plus(span);
    }

    /**
     * Sets the clock.
     *
     * @param instant the new time
     */
    public synchronized void set(Instant instant) {
        now = instant;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** Returns this clock, because instants have no zone. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
