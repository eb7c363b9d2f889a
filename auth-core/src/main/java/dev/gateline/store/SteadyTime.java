package dev.gateline.store;

import java.util.function.LongSupplier;

/**
 * The time by which memory forgets expired entries. It begins an hour behind the clock of the callers and follows it,
 * but runs at most twice as fast as a monotonic clock. A clock that is wrong for a minute, or when the process starts,
 * therefore deletes nothing that is live. A clock that was put right is followed in the end. Thread-safe.
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
     * The steady time, which is never later than {@code now}; both are in microseconds. A clock that is put back holds
     * up the steady time until the clock has caught up. A caller that knows no time yet gives a time of 1970, at which
     * nothing has expired.
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
