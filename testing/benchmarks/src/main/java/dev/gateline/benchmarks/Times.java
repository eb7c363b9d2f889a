package dev.gateline.benchmarks;

import java.util.concurrent.ConcurrentLinkedQueue;

/** Times of many events. Thread-safe. */
final class Times {
    private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();

    void add(long time) {
        nanos.add(time);
    }

    void clear() {
        nanos.clear();
    }

    /** The time in milliseconds that a part of the events stays within; NaN if there was no event. */
    double millis(double part) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, sorted.length * part)] / 1e6;
    }
}
