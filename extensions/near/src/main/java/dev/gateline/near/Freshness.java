package dev.gateline.near;

import dev.gateline.AuthEvent;
import dev.gateline.AuthListener;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether this node may trust its copies. It may do so for a bounded time after the moment up to which it has heard of
 * every change, by the local monotonic clock alone. Thread-safe.
 */
final class Freshness {
    private static final long NEVER = Long.MIN_VALUE;

    private final long maxStaleness;
    private final boolean authoritative;
    private final Clock clock;
    private final AuthListener listener;
    private final AtomicLong asOf = new AtomicLong(NEVER);
    private final Queue<AuthEvent> untold = new ConcurrentLinkedQueue<>();
    private final ReentrantLock telling = new ReentrantLock();
    private volatile boolean everProven;
    private volatile boolean lost;

    /**
     * Starts without a proof.
     *
     * @param authoritative whether the store is asked for everything, so that nothing in memory is ever trusted
     */
    Freshness(Duration maxStaleness, boolean authoritative, Clock clock, AuthListener listener) {
        this.maxStaleness = maxStaleness.toNanos();
        this.authoritative = authoritative;
        this.clock = clock;
        this.listener = listener.shielded();
    }

    boolean isTrusted() {
        return isProven() && !authoritative;
    }

    /** Whether copies are trusted, without an event if they no longer are. */
    boolean isTrustedQuietly() {
        return isFresh() && !authoritative;
    }

    private boolean isProven() {
        boolean fresh = isFresh();
        if (!fresh && everProven && !lost) {
            tellLoss();
        }
        return fresh;
    }

    /** Whether this node has a recent proof. It tells no event. */
    boolean isFresh() {
        long proven = asOf.get();
        return proven != NEVER && System.nanoTime() - proven < maxStaleness;
    }

    /** The time since the moment up to which this node has heard of every change; empty if there was no proof yet. */
    Optional<Duration> age() {
        long proven = asOf.get();
        return proven == NEVER
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(Math.max(0, System.nanoTime() - proven)));
    }

    void proveAsOf(long nanos) {
        asOf.set(nanos);
        everProven = true;
        if (lost) {
            tellReturn();
        }
    }

    private void tellLoss() {
        synchronized (untold) {
            if (lost || isFresh()) {
                return;
            }
            lost = true;
            untold.add(new AuthEvent.FeedLost(clock.instant()));
        }
        tell();
    }

    private void tellReturn() {
        synchronized (untold) {
            if (!lost || !isFresh()) {
                return;
            }
            lost = false;
            untold.add(new AuthEvent.FeedRegained(clock.instant()));
        }
        tell();
    }

    /**
     * Tells the events in the order of the states, so that the last event is that of the present state. One thread at a
     * time tells, and no other thread waits for it, because a listener may be slow.
     */
    private void tell() {
        while (!untold.isEmpty() && telling.tryLock()) {
            try {
                for (AuthEvent event = untold.poll(); event != null; event = untold.poll()) {
                    listener.on(event);
                }
            } finally {
                telling.unlock();
            }
        }
    }

    /** Drops the proof. */
    void forget() {
        asOf.set(NEVER);
    }
}
