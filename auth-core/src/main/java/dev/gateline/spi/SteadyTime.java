package dev.gateline.spi;

import java.util.function.LongSupplier;

/**
 * The time by which memory forgets what is over. It follows the clock of the callers, but catches up no faster than a monotonic
 * clock goes twice over, from an hour behind: so a clock that is wrong for a minute, or as the process starts, deletes nothing
 * that is live, and one that was put right is followed in the end. Thread-safe.
 */
final class SteadyTime {
    private static final long HEAD_START = 3_600_000_000L;
    private static final long NANOS_PER_MICRO = 1_000;

    private final LongSupplier nanos;
    private boolean started;
    private long time;
    private long readAt;

    SteadyTime(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Never later than now; both in microseconds. */
    synchronized long at(long now) {
        long read = nanos.getAsLong();
        long most = started ? time + 2 * ((read - readAt) / NANOS_PER_MICRO) : now - HEAD_START;
        started = true;
        time = Math.min(now, most);
        readAt = read;
        return time;
    }
}
