package dev.gateline.near;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the nodes of a cluster from reading all revocations at the same moment after a gap of all nodes. Each node
 * waits for a random time first, which is at most about as long as the reading. Thread-safe.
 */
class Spread implements AutoCloseable {
    private static final long FOR_EACH = TimeUnit.MICROSECONDS.toNanos(10);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final CountDownLatch closed = new CountDownLatch(1);

    /** The longest wait before so many revocations are read again: 10 µs for each, and at most 5 s. */
    static Duration longest(long revocations) {
        return Duration.ofNanos(Math.min(LONGEST.toNanos(), revocations * FOR_EACH));
    }

    /** Waits for a random time, or until {@link #close()}. */
    void await(long revocations) {
        try {
            boolean unused = closed.await(
                    ThreadLocalRandom.current().nextLong(longest(revocations).toNanos() + 1), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends all waits. */
    @Override
    public void close() {
        closed.countDown();
    }
}
