package dev.gateline.near;

import dev.gateline.internal.IdTimes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * The logins of which this node knows that they ended lately, for a bounded time and number. They are kept longer than
 * in a store, so that a store that goes back by more than its last writes can get them again. Times are of {@link
 * System#nanoTime()}. Thread-safe; a look-up takes no lock.
 */
final class Endings {
    /** The steps in which endings are forgotten because there are too many. */
    private static final int STEPS = 16;

    private final long remember;
    private final int step;

    /** The nanoseconds from {@code start} to the moment at which this node heard of an ending. */
    private final IdTimes heardAt = new IdTimes();

    private final long start;

    /** The moments of {@code heardAt} at which another step was full. */
    private final Queue<Long> steps = new ArrayDeque<>();

    private int inStep;

    /** The moment of {@code heardAt} up to which this node may have forgotten endings because there were too many. */
    private volatile long forgotten;

    /**
     * Starts without endings.
     *
     * @param since the moment before which this node knows only the endings that the store still had at its start
     */
    Endings(Duration remember, int most, long since) {
        this.remember = remember.toNanos();
        step = most / STEPS;
        start = since;
    }

    /**
     * Adds an ending. An ending that is here keeps the moment at which this node first heard of it, even if that is
     * before the span. The row of the login comes back only if the store goes back beyond that moment, and such a loss
     * is longer than the span.
     */
    synchronized void add(String id, long now) {
        if (heardAt.has(id)) {
            return;
        }
        long at = now - start;
        if (++inStep > step) {
            inStep = 1;
            steps.add(at);
        }
        if (steps.size() == STEPS) {
            forgotten = steps.remove();
        }
        heardAt.put(id, at, Math.max(forgotten, at - remember));
    }

    boolean has(String id) {
        return heardAt.has(id);
    }

    /** The endings that this node heard of after a moment. */
    List<String> heardAfter(long nanos) {
        List<String> heard = new ArrayList<>();
        heardAt.forEach((id, at) -> {
            if (at - (nanos - start) >= 0) {
                heard.add(id);
            }
        });
        return heard;
    }

    /** All endings that are remembered. */
    List<String> all() {
        return heardAfter(start);
    }

    /** The span for which all endings are known. */
    Duration span(long now) {
        return Duration.ofNanos(Math.min(remember, now - start - forgotten));
    }
}
