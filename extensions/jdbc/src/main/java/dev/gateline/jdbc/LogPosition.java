package dev.gateline.jdbc;

import dev.gateline.jdbc.ChangeLog.Entry;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How far a reader of the log has come. Numbers are given out in order, but entries come into sight in any order, as
 * their transactions end: to ask for "all after the highest" would skip those that were late. So the position is below
 * the lowest hole, and remembers what was read above it. A hole is given up once an entry above it has been in sight
 * for {@link ChangeLog#HOLE_TIME}: a transaction that was rolled back leaves one for ever. Not thread-safe.
 */
final class LogPosition {
    private static final long HOLE_NANOS = ChangeLog.HOLE_TIME.toNanos();

    private final TreeMap<Long, Read> above = new TreeMap<>();
    private Entry mark;

    private record Read(Entry entry, long nanos) {}

    /**
     * At an entry.
     *
     * @param mark below which no hole is waited for
     */
    LogPosition(Entry mark) {
        this.mark = mark;
    }

    /** From where on to read, what has been read included: it shows that the log is still the same. */
    long from() {
        return mark.id();
    }

    /**
     * Whether the log is the one that was read until now: has what was read. After a fail-over that lost its end, other
     * changes may have got the same numbers.
     *
     * @param page the first from {@link #from()} on
     */
    boolean isIn(List<Entry> page) {
        Set<Entry> there = new HashSet<>(page);
        long end = page.size() < ChangeLog.PAGE
                ? Long.MAX_VALUE
                : page.get(page.size() - 1).id();
        return (mark.id() == 0 || there.contains(mark))
                && above.headMap(end, true).values().stream().allMatch(read -> there.contains(read.entry()));
    }

    /**
     * Takes note of an entry.
     *
     * @param nanos when it was read
     * @return whether it was not read before
     */
    boolean read(Entry entry, long nanos) {
        return entry.id() > mark.id() && above.putIfAbsent(entry.id(), new Read(entry, nanos)) == null;
    }

    /** Moves up as far as there is no hole, or only one that will not be filled any more. */
    void advance(long nanos) {
        for (Map.Entry<Long, Read> lowest = above.firstEntry();
                lowest != null && isNext(lowest.getValue(), nanos);
                lowest = above.firstEntry()) {
            mark = lowest.getValue().entry();
            above.remove(lowest.getKey());
        }
    }

    private boolean isNext(Read it, long nanos) {
        return it.entry().id() == mark.id() + 1 || nanos - it.nanos() >= HOLE_NANOS;
    }
}
