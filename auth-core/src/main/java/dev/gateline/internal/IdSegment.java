package dev.gateline.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A part of {@link IdTimes}: open addressing over numbers, without an object for an entry. Thread-safe; a reader takes
 * no lock.
 *
 * <p>A reader never misses an id that was added before, because a place is written once, with the low half last and
 * with release, and is read with that half first and with acquire. A table that is full is never changed again: its
 * copy, without ids whose time has come, takes its place by one volatile write.
 */
final class IdSegment {
    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);

    /** The numbers of a place: the two halves of an id, and its time. */
    private static final int WIDTH = 3;

    private static final long[] EMPTY = new long[WIDTH];

    /** All low halves, then all high halves, then all times. A place whose low half is 0 is free. */
    private volatile long[] table = EMPTY;

    private int used;

    /** Is told of an entry. */
    interface Visitor {
        void visit(long high, long low, long time);
    }

    boolean has(long hash, long high, long low) {
        return place(table, hash, high, low) >= 0;
    }

    /** The place of an id; otherwise the complement of the free place at which the search ended. */
    private static int place(long[] table, long hash, long high, long low) {
        int places = table.length / WIDTH;
        int place = (int) ((hash & 0xffff_ffffL) * places >>> Integer.SIZE);
        long there = (long) LONGS.getAcquire(table, place);
        while (there != 0 && (there != low || table[places + place] != high)) {
            place = place + 1 == places ? 0 : place + 1;
            there = (long) LONGS.getAcquire(table, place);
        }
        return there == 0 ? ~place : place;
    }

    /**
     * Adds an id, or raises its time.
     *
     * @param dead the time that has come: a full table drops the ids with no later time
     * @return whether the id is new
     */
    synchronized boolean put(long hash, long high, long low, long time, long dead) {
        int place = place(table, hash, high, low);
        if (place >= 0) {
            int at = 2 * (table.length / WIDTH) + place;
            LONGS.setOpaque(table, at, Math.max(table[at], time));
            return false;
        }
        if (isFull()) {
            table = copy(table, dead);
            place = place(table, hash, high, low);
        }
        fill(table, ~place, high, low, time);
        used++;
        return true;
    }

    /** Whether one more id would take more than three places of four. */
    private boolean isFull() {
        return (used + 1) * 4L > table.length / WIDTH * 3L;
    }

    /** Copies a table, and leaves nearly half of the places free. */
    private long[] copy(long[] full, long dead) {
        int[] live = {0};
        forEach(full, (high, low, time) -> live[0] += time > dead ? 1 : 0);
        long[] next = new long[WIDTH * (live[0] + live[0] / 2 + live[0] / 4 + 3)];
        forEach(full, (high, low, time) -> {
            if (time > dead) {
                fill(next, ~place(next, RandomId.hash(high, low), high, low), high, low, time);
            }
        });
        used = live[0];
        return next;
    }

    private static void fill(long[] table, int place, long high, long low, long time) {
        int places = table.length / WIDTH;
        table[places + place] = high;
        LONGS.setOpaque(table, 2 * places + place, time);
        LONGS.setRelease(table, place, low);
    }

    /** Visits all ids that were there before, and perhaps some that are added meanwhile. */
    void forEach(Visitor visitor) {
        forEach(table, visitor);
    }

    private static void forEach(long[] table, Visitor visitor) {
        int places = table.length / WIDTH;
        for (int place = 0; place < places; place++) {
            long low = (long) LONGS.getAcquire(table, place);
            if (low != 0) {
                visitor.visit(table[places + place], low, (long) LONGS.getOpaque(table, 2 * places + place));
            }
        }
    }
}
