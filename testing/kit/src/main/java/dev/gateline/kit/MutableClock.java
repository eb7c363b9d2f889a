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
     * A clock at the second that has begun: a server's clock, which no test moves, calls nothing dead that starts now.
     */
    public MutableClock() {
        this(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    /**
     * A clock at an instant.
     *
     * @param now where it stands
     */
    public MutableClock(Instant now) {
        this.now = now;
    }

    /**
     * Moves it.
     *
     * @param span forward, or back if negative
     */
    public synchronized void advance(Duration span) {
        now = now.plus(span);
    }

    /**
     * Sets it.
     *
     * @param instant the new now
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

    /** Not needed: instants have no zone. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
