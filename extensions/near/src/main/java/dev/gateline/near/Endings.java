package dev.gateline.near;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The logins of which this node knows that they ended lately, for a bounded time and number. They are kept longer than
 * in a store, so that a store that goes back by more than its last writes can get them again. Times are of {@link
 * System#nanoTime()}. Thread-safe.
 */
final class Endings {
    private final long remember;
    private final int most;
    private final Map<String, Long> heardAt = new ConcurrentHashMap<>();
    private final Queue<String> inOrder = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();

    /** The moment before which this node knows only the endings that the store still had at the start of the node. */
    private final AtomicLong since;

    Endings(Duration remember, int most, long since) {
        this.remember = remember.toNanos();
        this.most = most;
        this.since = new AtomicLong(since);
    }

    void add(String id, long now) {
        if (heardAt.putIfAbsent(id, now) == null) {
            inOrder.add(id);
            size.incrementAndGet();
        }
        forget(now);
    }

    private void forget(long now) {
        for (String eldest = inOrder.peek(); eldest != null && isToGo(eldest, now); eldest = inOrder.peek()) {
            Long at = inOrder.remove(eldest) ? heardAt.remove(eldest) : null;
            if (at != null) {
                size.decrementAndGet();
                since.accumulateAndGet(at, (one, other) -> one - other > 0 ? one : other);
            }
        }
    }

    private boolean isToGo(String id, long now) {
        Long at = heardAt.get(id);
        return at != null && (size.get() > most || now - at > remember);
    }

    boolean has(String id) {
        return heardAt.containsKey(id);
    }

    /** The endings that this node heard of after a moment. */
    List<String> heardAfter(long nanos) {
        return heardAt.entrySet().stream()
                .filter(entry -> entry.getValue() - nanos >= 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The span for which all endings are known. */
    Duration span(long now) {
        return Duration.ofNanos(Math.min(remember, now - since.get()));
    }
}
