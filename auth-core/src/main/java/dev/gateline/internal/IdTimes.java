package dev.gateline.internal;

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ObjLongConsumer;
import java.util.stream.Stream;

/**
 * A time for each of many ids. An id of {@link Secrets#id} takes 32 to 42 bytes and no object, and an id of another
 * shape has an entry in a map. Times only grow. An id whose time has come is dropped some writes later, without a pause
 * and without a thread. Thread-safe; a look-up takes no lock, and costs about one read of cold memory.
 */
public final class IdTimes {
    private static final int SEGMENT_BITS = 8;
    private static final int LOOKS_PER_WRITE = 4;

    private final IdSegment[] segments =
            Stream.generate(IdSegment::new).limit(1 << SEGMENT_BITS).toArray(IdSegment[]::new);

    private final Map<String, Long> others = new ConcurrentHashMap<>();
    private Iterator<Map.Entry<String, Long>> next = others.entrySet().iterator();

    /** Starts without ids. */
    public IdTimes() {}

    /** Whether an id is here. An id whose time has come may be here still. */
    public boolean has(String id) {
        long high = RandomId.high(id);
        long low = RandomId.low(id);
        if (high == 0 || low == 0) {
            return others.containsKey(id);
        }
        long hash = RandomId.hash(high, low);
        return segment(hash).has(hash, high, low);
    }

    private IdSegment segment(long hash) {
        return segments[(int) (hash >>> Long.SIZE - SEGMENT_BITS)];
    }

    /**
     * Adds an id, or raises its time.
     *
     * @param id of any length
     * @param time the time of the id, in any unit
     * @param dead the time that has come, in the same unit: ids with no later time may be dropped
     * @return whether the id is new
     */
    public boolean put(String id, long time, long dead) {
        long high = RandomId.high(id);
        long low = RandomId.low(id);
        if (high == 0 || low == 0) {
            return putOther(id, time, dead);
        }
        long hash = RandomId.hash(high, low);
        return segment(hash).put(hash, high, low, time, dead);
    }

    private synchronized boolean putOther(String id, long time, long dead) {
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
        } else if (next.next().getValue() <= dead) {
            next.remove();
        }
    }

    /**
     * Calls an action for each id and its time, in no order. An id that is added meanwhile may be missing.
     *
     * @param action called once for each id
     */
    public void forEach(ObjLongConsumer<String> action) {
        for (IdSegment segment : segments) {
            segment.forEach((high, low, time) -> action.accept(RandomId.text(high, low), time));
        }
        others.forEach(action::accept);
    }
}
