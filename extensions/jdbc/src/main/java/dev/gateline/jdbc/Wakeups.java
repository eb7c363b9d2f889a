package dev.gateline.jdbc;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Decides which publications notify the readers on PostgreSQL. Transactions with a notification commit one by one, on
 * the whole server, so there are at most about seven a second. A reader that has found a change reads again within 80
 * ms for the next 140 ms ({@link Pace}), and needs no notification then. Thread-safe.
 */
final class Wakeups {
    private static final long READERS_STAY_AWAKE = Duration.ofMillis(140).toNanos();

    private final AtomicLong awakeAt = new AtomicLong(System.nanoTime() - READERS_STAY_AWAKE);

    /** Whether this publication has to notify. Of several at once, one has to. */
    boolean take() {
        long last = awakeAt.get();
        long now = System.nanoTime();
        return now - last >= READERS_STAY_AWAKE && awakeAt.compareAndSet(last, now);
    }

    /** Lets the next publication notify, because the one that had to has failed. */
    void giveBack() {
        awakeAt.set(System.nanoTime() - READERS_STAY_AWAKE);
    }

    /** Notes that this node's reader has found a change, as the readers of all nodes have. */
    void found() {
        awakeAt.set(System.nanoTime());
    }
}
