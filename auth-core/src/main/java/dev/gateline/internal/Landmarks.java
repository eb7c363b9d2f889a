package dev.gateline.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Entries of a log, at which a reader of the log was in the last minutes: about one for each second. After a fail-over
 * the reader looks for the newest of them in the log of the new server. Two entries have to be equal only if they are
 * the same entry of the same history. Times are of {@link System#nanoTime()}. Not thread-safe.
 *
 * @param <E> an entry, with enough of its content
 */
public final class Landmarks<E> {
    /** The longest time for which a reader may be away. */
    private static final long LONGEST_AWAY = Duration.ofMinutes(5).toNanos();

    /** Landmarks before the newest one that is looked for are kept for longer. */
    private static final long KEPT = LONGEST_AWAY + Duration.ofMinutes(1).toNanos();

    private static final long APART = Duration.ofSeconds(1).toNanos();

    /** From the oldest on. */
    private final List<Landmark<E>> all = new ArrayList<>();

    private boolean begun;
    private long notedAt;

    /**
     * An entry, and a moment at which the reader had read everything.
     *
     * @param entry the newest entry that was read
     * @param nanos everything that was published before this moment was read
     */
    public record Point<E>(E entry, long nanos) {}

    /**
     * An entry and the time for which it was the newest one.
     *
     * @param isOld whether it may have been in the log for any time before it was read
     * @param absentAt the moment of an earlier complete look at the log, which did not find the entry
     * @param first the moment of the first complete look after which it was the newest
     * @param last the moment of the last one
     */
    private record Landmark<E>(E entry, boolean isOld, long absentAt, long first, long last) {
        Landmark<E> seen(long nanos) {
            return new Landmark<>(entry, isOld, absentAt, first, nanos);
        }
    }

    /** Starts without landmarks. */
    public Landmarks() {}

    /**
     * Notes a complete look at the log.
     *
     * @param newest the newest entry that was read
     * @param nanos the moment before which everything was published that was read; no earlier than that of the look
     *     before
     */
    public void note(E newest, long nanos) {
        Landmark<E> last = all.isEmpty() ? null : all.remove(all.size() - 1);
        if (last != null && last.entry.equals(newest)) {
            all.add(last.seen(nanos));
        } else {
            if (last != null && (all.isEmpty() || last.last - all.get(all.size() - 1).first >= APART)) {
                all.add(last);
            }
            all.add(new Landmark<>(newest, !begun, notedAt, nanos, nanos));
        }
        noteNothing(nanos);
        while (nanos - all.get(0).last > KEPT) {
            all.remove(0);
        }
    }

    /** Notes a complete look at a log without entries. */
    public void noteNothing(long nanos) {
        begun = true;
        notedAt = nanos;
    }

    /** The entries to look for, from the newest on; empty if the reader was away for more than five minutes. */
    public List<E> newestFirst(long now) {
        List<E> entries = new ArrayList<>(all.stream()
                .filter(each -> now - each.last <= LONGEST_AWAY)
                .map(Landmark::entry)
                .toList());
        Collections.reverse(entries);
        return entries;
    }

    /** All entries that are kept, in no order: those to look for, and those that {@link #settledBefore} may answer. */
    public List<E> all() {
        return all.stream().map(Landmark::entry).toList();
    }

    /** The last moment at which an entry was the newest one. */
    public Optional<Point<E>> at(E entry) {
        return all.stream()
                .filter(each -> each.entry.equals(entry))
                .map(each -> new Point<>(each.entry, each.last))
                .findFirst();
    }

    /**
     * An entry no newer than another one, and a moment that is so much earlier than the other one that everything
     * published before the moment stands before the other entry in the history of the server.
     *
     * @param other the other entry
     * @param settling the longest time by which the order of the entries may differ from that history
     */
    public Optional<Point<E>> settledBefore(E other, Duration settling) {
        return all.stream()
                .filter(each -> each.entry.equals(other) && !each.isOld)
                .findFirst()
                .flatMap(each -> settled(each.absentAt - settling.toNanos()));
    }

    private Optional<Point<E>> settled(long latest) {
        return all.stream()
                .filter(each -> each.first - latest <= 0)
                .reduce((older, newer) -> newer)
                .map(each -> new Point<>(each.entry, each.last - latest < 0 ? each.last : latest));
    }

    /** Forgets the entries after another one, because the log has lost them. */
    public void forgetAfter(E entry) {
        while (!all.isEmpty() && !all.get(all.size() - 1).entry.equals(entry)) {
            all.remove(all.size() - 1);
        }
    }

    /** Forgets all entries, because the log is another one. */
    public void clear() {
        all.clear();
        begun = false;
    }
}
