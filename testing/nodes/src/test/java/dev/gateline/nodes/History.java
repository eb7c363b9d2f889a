package dev.gateline.nodes;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The last questions and answers of each node. Times are of {@link System#nanoTime()}. Thread-safe. */
final class History {
    private static final int LONGEST = 120;
    /** A fault may have begun before. */
    private static final long BEFORE = TimeUnit.SECONDS.toNanos(5);

    private static final Comparator<Entry> IN_ORDER = (one, other) -> Long.signum(one.began - other.began);

    private final Deque<Entry> entries = new ArrayDeque<>();

    private record Entry(long began, long ended, String where, String what, String said) {
        String line(long origin) {
            double from = (began - origin) / 1e9;
            double until = (ended - origin) / 1e9;
            return String.format("%9.3f to %9.3f s  %-8s %s: %s%n", from, until, where, what, said);
        }
    }

    /** Of something that has ended by now. */
    synchronized void add(long began, Object where, String what, String said) {
        entries.add(new Entry(began, System.nanoTime(), where.toString(), what, said));
        if (entries.size() > LONGEST) {
            entries.remove();
        }
    }

    private synchronized Collection<Entry> entries() {
        return List.copyOf(entries);
    }

    /**
     * A line for each entry.
     *
     * @param beside what happened to all meanwhile
     * @param origin from which times are counted
     */
    String print(History beside, long origin) {
        List<Entry> all = new ArrayList<>(entries());
        if (all.isEmpty()) {
            return "";
        }
        long first = all.get(0).began;
        beside.entries().stream().filter(entry -> entry.ended - first > -BEFORE).forEach(all::add);
        all.sort(IN_ORDER);
        StringBuilder lines = new StringBuilder();
        all.forEach(entry -> lines.append(entry.line(origin)));
        return lines.toString();
    }
}
