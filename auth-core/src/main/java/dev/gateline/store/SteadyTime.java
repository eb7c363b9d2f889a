package dev.gateline.store;

import java.util.function.LongSupplier;

/**
 * The time by which memory forgets what is over. It follows the clock of the callers, but catches up no faster than a
 * monotonic clock goes twice over, from an hour behind: so a clock that is wrong for a minute, or as the process
 * starts, deletes nothing that is live, and one that was put right is followed in the end. Thread-safe.
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

    /**
     * Never later than now; both in microseconds. A clock that is put back holds it up, and no longer than that. The
     * year 1970 is given by callers that know no time yet: nothing is over then.
     */
    synchronized long at(long now) {
        if (now <= 0) {
            return now;
        }
        long read = nanos.getAsLong();
        long most = time + 2 * ((read - readAt) / NANOS_PER_MICRO);
        time = started ? Math.max(time, Math.min(now, most)) : now - HEAD_START;
        started = true;
        readAt = read;
        return Math.min(now, time);
    }
}
