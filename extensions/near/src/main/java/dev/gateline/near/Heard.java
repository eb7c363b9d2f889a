package dev.gateline.near;

import dev.gateline.store.Revocation;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The revocations of which this node has heard in the last minutes, in their order, each as often as it was heard. They
 * are those that a store may lack which has lost its last writes. Thread-safe.
 */
final class Heard {
    /** Longer than a feed may be away before it goes back to an earlier position. */
    private static final long KEPT = Duration.ofMinutes(6).toNanos();

    private final int most;
    private final LongSupplier nanos;
    private final Deque<Entry> entries = new ArrayDeque<>();

    /** All that was heard after this moment is here. */
    private long completeSince;

    private record Entry(Revocation revocation, long nanos) {}

    /**
     * Starts empty. This node hears of revocations from now on.
     *
     * @param most how many revocations are kept
     * @param nanos the clock of all times, {@link System#nanoTime()}
     */
    Heard(int most, LongSupplier nanos) {
        this.most = most;
        this.nanos = nanos;
        completeSince = nanos.getAsLong();
    }

    synchronized void add(Revocation revocation) {
        long now = nanos.getAsLong();
        entries.add(new Entry(revocation, now));
        while (entries.size() > most || now - entries.getFirst().nanos > KEPT) {
            completeSince = entries.removeFirst().nanos;
        }
    }

    /** Notes that this node has got to know revocations in another way, at any time until now. */
    synchronized void alsoGotOthers() {
        completeSince = nanos.getAsLong();
        entries.clear();
    }

    /** Whether all revocations are here that this node got to know after a moment. */
    synchronized boolean isCompleteAfter(long moment) {
        return moment - completeSince > 0;
    }

    /** The revocations that were heard after a moment, from the newest on, as far as they are here. */
    synchronized List<Revocation> after(long moment) {
        List<Revocation> found = new ArrayList<>();
        Iterator<Entry> newestFirst = entries.descendingIterator();
        while (newestFirst.hasNext()) {
            Entry entry = newestFirst.next();
            if (entry.nanos - moment < 0) {
                break;
            }
            found.add(entry.revocation);
        }
        return found;
    }
}
