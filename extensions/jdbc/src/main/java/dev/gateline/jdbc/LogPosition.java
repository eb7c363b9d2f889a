package dev.gateline.jdbc;

import dev.gateline.jdbc.ChangeLog.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The numbers that a reader of the log has read. The database gives numbers out in order, but entries appear in any
 * order, as their transactions end. "All after the highest number" would skip the late ones. The position therefore
 * remembers the holes below the highest number. It gives a hole up after {@link ChangeLog#HOLE_TIME}, because a
 * transaction that was rolled back, and a server that counts in steps, leave holes for ever. Not thread-safe.
 */
final class LogPosition {

    /** The number of holes whose entries are asked for by number. */
    static final int NEWEST = 64;

    private static final long HOLE_NANOS = ChangeLog.HOLE_TIME.toNanos();

    private final NavigableMap<Long, Hole> holes = new TreeMap<>();
    private Entry top;

    /**
     * Numbers that were not there when a higher number was.
     *
     * @param first the lowest number
     * @param last the highest number, inclusive
     * @param nanos when the hole was noticed, by {@link System#nanoTime()}
     */
    record Hole(long first, long last, long nanos) {}

    /**
     * Begins at an entry, without holes.
     *
     * @param top the entry below which everything was read
     */
    LogPosition(Entry top) {
        this.top = top;
    }

    /**
     * The position with this one's holes, as it would be if nothing after an earlier entry had been read.
     *
     * @param earlier an entry that was read
     */
    LogPosition backAt(Entry earlier) {
        LogPosition back = new LogPosition(earlier);
        back.holes.putAll(holes.headMap(earlier.id()));
        return back;
    }

    /** The entry with the highest number. */
    Entry top() {
        return top;
    }

    /** The number from which to read on. It was read already, and shows that the log is still the same. */
    long from() {
        return top.id();
    }

    /**
     * Whether the log is still the one that was read. After a fail-over that lost the end of the log, other changes may
     * have the same numbers.
     *
     * @param page the first entries from {@link #from()} on
     */
    boolean isIn(List<Entry> page) {
        return top.id() == 0 || page.contains(top);
    }

    /**
     * Notes an entry.
     *
     * @param nanos when it was read
     * @return whether it was not read before
     */
    boolean read(Entry entry, long nanos) {
        long id = entry.id();
        if (id > top.id()) {
            add(new Hole(top.id() + 1, id - 1, nanos));
            top = entry;
            return true;
        }
        Map.Entry<Long, Hole> below = holes.floorEntry(id);
        if (below == null || below.getValue().last() < id) {
            return false;
        }
        Hole hole = below.getValue();
        holes.remove(hole.first());
        add(new Hole(hole.first(), id - 1, hole.nanos()));
        add(new Hole(id + 1, hole.last(), hole.nanos()));
        return true;
    }

    private void add(Hole hole) {
        if (hole.first() <= hole.last()) {
            holes.put(hole.first(), hole);
        }
    }

    /** The newest holes, from the highest on, at most {@link #NEWEST}. */
    List<Hole> newestHoles() {
        return holes.descendingMap().values().stream().limit(NEWEST).toList();
    }

    /** The holes that are not among the newest, as one hole that spans them; empty if there are none. */
    List<Hole> olderHoles() {
        if (holes.size() <= NEWEST) {
            return List.of();
        }
        List<Hole> older = new ArrayList<>(
                holes.descendingMap().values().stream().skip(NEWEST).limit(1).toList());
        return List.of(new Hole(holes.firstKey(), older.get(0).last(), 0));
    }

    /** How many numbers have been read between two numbers, both inclusive and below {@link #from()}. */
    long countRead(long first, long last) {
        Map.Entry<Long, Hole> below = holes.floorEntry(first);
        Collection<Hole> within = holes.subMap(first, false, last, true).values();
        long missing =
                within.stream().mapToLong(hole -> overlap(hole, first, last)).sum();
        return last - first + 1 - missing - (below == null ? 0 : overlap(below.getValue(), first, last));
    }

    private static long overlap(Hole hole, long first, long last) {
        return Math.max(0, Math.min(hole.last(), last) - Math.max(hole.first(), first) + 1);
    }

    /** Gives up the holes that will not be filled any more. */
    void giveUpHoles(long nanos) {
        // they were noticed in the order of their numbers
        while (!holes.isEmpty() && nanos - holes.firstEntry().getValue().nanos() >= HOLE_NANOS) {
            holes.pollFirstEntry();
        }
    }
}
