package dev.gateline.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A part of {@link IdTimes}: open addressing over numbers, without an object for an entry. One thread at a time may
 * write. Any thread may read, and takes no lock: a place is filled once, with its tag last and with release, and is
 * read with the tag first and with acquire. A reader therefore never misses an id that was added before, and never sees
 * a part of one.
 */
final class IdTable {
    private static final VarHandle TAGS = MethodHandles.arrayElementVarHandle(int[].class);
    private static final VarHandle NUMBERS = MethodHandles.arrayElementVarHandle(long[].class);

    /** The numbers of a place: the two halves of an id, and its time. */
    private static final int WIDTH = 3;

    private static final int TIME = 2;

    /** A table without ids, which is full. */
    static final IdTable NONE = new IdTable(1);

    /** A free place has the tag 0. Most look-ups read some tags that lie side by side, and nothing else. */
    private final int[] tags;

    private final long[] numbers;
    private int used;

    /** Is told of an entry. */
    interface Visitor {
        void visit(long high, long low, long time);
    }

    private IdTable(int places) {
        tags = new int[places];
        numbers = new long[places * WIDTH];
    }

    /** Whether one more id would take more than three places of four. */
    boolean isFull() {
        return (used + 1) * 4L > tags.length * 3L;
    }

    /**
     * The place of an id; if the id is not here, the complement of the free place at which the search ended.
     *
     * @param tag the number of {@link IdTimes#tag}
     */
    int find(int tag, String id) {
        int place = first(tag);
        int there = tag(place);
        while (there != 0 && (there != tag || !is(place, id))) {
            place = next(place);
            there = tag(place);
        }
        return there == 0 ? ~place : place;
    }

    private int first(int tag) {
        return (int) ((Integer.toUnsignedLong(tag << IdTimes.SEGMENT_BITS) * tags.length) >>> Integer.SIZE);
    }

    private int next(int place) {
        return place + 1 == tags.length ? 0 : place + 1;
    }

    private int tag(int place) {
        return (int) TAGS.getAcquire(tags, place);
    }

    private boolean is(int place, String text) {
        RandomId id = RandomId.of(text);
        int at = place * WIDTH;
        return id != null && numbers[at] == id.high() && numbers[at + 1] == id.low();
    }

    private long time(int place) {
        return (long) NUMBERS.getOpaque(numbers, place * WIDTH + TIME);
    }

    /** Sets a later time. */
    void raise(int place, long time) {
        NUMBERS.setOpaque(numbers, place * WIDTH + TIME, Math.max(time(place), time));
    }

    /** Fills a free place. */
    void fill(int place, int tag, long high, long low, long time) {
        int at = place * WIDTH;
        numbers[at] = high;
        numbers[at + 1] = low;
        NUMBERS.setOpaque(numbers, at + TIME, time);
        TAGS.setRelease(tags, place, tag);
        used++;
    }

    /** Copies the ids with a later time than a given one to a table with room for a quarter more. */
    IdTable copyOfLaterThan(long dead) {
        IdTable copy = new IdTable((int) (countLaterThan(dead) * 5L / 3) + 3);
        for (int place = 0; place < tags.length; place++) {
            if (tags[place] != 0 && time(place) > dead) {
                int free = copy.first(tags[place]);
                while (copy.tags[free] != 0) {
                    free = copy.next(free);
                }
                int at = place * WIDTH;
                copy.fill(free, tags[place], numbers[at], numbers[at + 1], time(place));
            }
        }
        return copy;
    }

    /** Counts the ids with a later time than a given one. An id that is added meanwhile may be missing. */
    int countLaterThan(long dead) {
        int count = 0;
        for (int place = 0; place < tags.length; place++) {
            count += tag(place) != 0 && time(place) > dead ? 1 : 0;
        }
        return count;
    }

    /** Visits all ids that were here before, and perhaps some that are added meanwhile. */
    void forEach(Visitor visitor) {
        for (int place = 0; place < tags.length; place++) {
            if (tag(place) != 0) {
                int at = place * WIDTH;
                visitor.visit(numbers[at], numbers[at + 1], time(place));
            }
        }
    }
}
