package dev.gateline.internal;

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.ObjLongConsumer;
import java.util.stream.Stream;

/**
 * A time for each of many ids. An id of {@link Secrets#id} takes 37 to 47 bytes and no object; an id of another shape
 * has an entry in a map. Times only grow. An id whose time has come is dropped some writes later, without a pause and
 * without a thread. Thread-safe; a look-up takes no lock, allocates nothing, and mostly reads one line of cold memory.
 */
public final class IdTimes {
    /** The first bits of a tag choose the segment. Arrays of small segments leave no gaps in the regions of G1. */
    static final int SEGMENT_BITS = 8;

    private static final int LOOKS_PER_WRITE = 4;

    /** 2^32 by the golden ratio, odd. */
    private static final int GOLDEN = 0x9e3779b9;

    private final AtomicReferenceArray<IdTable> segments = new AtomicReferenceArray<>(
            Stream.generate(() -> IdTable.NONE).limit(1 << SEGMENT_BITS).toArray(IdTable[]::new));

    private final Map<String, Long> others = new ConcurrentHashMap<>();
    private Iterator<Map.Entry<String, Long>> next = others.entrySet().iterator();

    /** Whether an id of another shape was ever added, which is rare. */
    private volatile boolean hasOthers;

    /** Starts without ids. */
    public IdTimes() {}

    /** Whether an id is here. An id whose time has come may be here still. */
    public boolean has(String id) {
        return (RandomId.mayBe(id) && hasRandom(tag(id), id)) || (hasOthers && others.containsKey(id));
    }

    private boolean hasRandom(int tag, String id) {
        return segments.get(segment(tag)).find(tag, id) >= 0;
    }

    /**
     * A number for hash tables, never 0. The first bits depend on all characters. It begins with the hash that a string
     * remembers, because an id is looked up more often than it is made. No user can choose ids that share a number:
     * they are random, or those of an issuer whose tokens this process accepts.
     */
    static int tag(String id) {
        int tag = id.hashCode() * GOLDEN;
        return tag == 0 ? 1 : tag;
    }

    private static int segment(int tag) {
        return tag >>> (Integer.SIZE - SEGMENT_BITS);
    }

    /**
     * Adds an id, or raises its time.
     *
     * @param id of any length
     * @param time the time of the id, in any unit
     * @param dead the time that has come, in the same unit: ids with no later time may be dropped
     * @return whether the id is new
     */
    public synchronized boolean put(String id, long time, long dead) {
        RandomId random = RandomId.of(id);
        return random == null ? putOther(id, time, dead) : putRandom(id, random, time, dead);
    }

    /**
     * A full table is never filled further. Its copy takes its place by one volatile write, so that a reader finds each
     * id in the old table and in the new one.
     */
    private boolean putRandom(String id, RandomId random, long time, long dead) {
        int tag = tag(id);
        IdTable table = segments.get(segment(tag));
        int place = table.find(tag, id);
        if (place >= 0) {
            table.raise(place, time);
            return false;
        }
        if (table.isFull()) {
            table = table.copyOfLaterThan(dead);
            place = table.find(tag, id);
            segments.set(segment(tag), table);
        }
        table.fill(~place, tag, random.high(), random.low(), time);
        return true;
    }

    private boolean putOther(String id, long time, long dead) {
        hasOthers = true;
        Long before = others.get(id);
        others.put(id, before == null ? time : Math.max(before, time));
        for (int i = 0; i < LOOKS_PER_WRITE; i++) {
            dropNext(dead);
        }
        return before == null;
    }

    private void dropNext(long dead) {
        if (!next.hasNext()) {
            next = others.entrySet().iterator();
            return;
        }
        Map.Entry<String, Long> seen = next.next();
        if (seen.getValue() <= dead) {
            // unless its time was raised since the iterator has read it
            others.remove(seen.getKey(), seen.getValue());
        }
    }

    /**
     * Counts the ids with a later time than a given one, without an object for any of them. It reads the times of all
     * ids. An id that is added meanwhile may be missing.
     */
    public long countLaterThan(long time) {
        long count = others.values().stream().filter(other -> other > time).count();
        for (int i = 0; i < segments.length(); i++) {
            count += segments.get(i).countLaterThan(time);
        }
        return count;
    }

    /**
     * Calls an action for each id and its time, in no order. An id that is added meanwhile may be missing.
     *
     * @param action called once for each id
     */
    public void forEach(ObjLongConsumer<String> action) {
        for (int i = 0; i < segments.length(); i++) {
            segments.get(i).forEach((high, low, time) -> action.accept(RandomId.text(high, low), time));
        }
        others.forEach(action::accept);
    }
}
