package dev.gateline.jdbc;

import dev.gateline.internal.Landmarks;
import dev.gateline.internal.Landmarks.Point;
import dev.gateline.jdbc.ChangeLog.Entry;
import dev.gateline.jdbc.LogPosition.Hole;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log of changes from a position on. Each round asks for the entries above the highest number, and for those
 * in the newest holes. Older holes are many only on a server that counts in steps. Their entries are counted, four
 * times a second, and only a part of the log with another count is read. Each entry is thus read once or twice, at
 * whatever rate and however many holes there are. Not thread-safe.
 */
final class LogReader {
    private static final long BETWEEN_COUNTS = Duration.ofMillis(250).toNanos();

    private final ChangeLog log;
    private final FeedServer server;
    private final String run;
    private final LogPosition at;
    private final Landmarks<Entry> landmarks;
    private final LongSupplier clock;
    private String runOfLandmarks;
    private long countedAt;

    /**
     * The result of a round.
     *
     * @param sameLog whether server and log are those that were read until now
     * @param complete whether everything was read that was committed before the round
     * @param found how many entries were new
     */
    record Round(boolean sameLog, boolean complete, int found) {}

    /**
     * Begins at the entry below which everything was read.
     *
     * @param run the {@link ChangeLog#run()} before that entry was asked for
     */
    LogReader(ChangeLog log, FeedServer server, String run, Entry top) {
        this(log, server, run, top, System::nanoTime);
    }

    LogReader(ChangeLog log, FeedServer server, String run, Entry top, LongSupplier clock) {
        this.log = log;
        this.server = server;
        this.run = run;
        this.at = new LogPosition(top);
        this.landmarks = new Landmarks<>();
        this.runOfLandmarks = run;
        this.clock = clock;
        this.countedAt = clock.getAsLong() - BETWEEN_COUNTS;
    }

    private LogReader(LogReader before, String run, LogPosition at) {
        this.log = before.log;
        this.server = before.server;
        this.run = run;
        this.at = at;
        this.landmarks = before.landmarks;
        this.runOfLandmarks = before.runOfLandmarks;
        this.clock = before.clock;
        this.countedAt = clock.getAsLong() - BETWEEN_COUNTS;
    }

    /** Reads the new entries, each of which goes to an action. */
    Round read(Consumer<Entry> action) {
        long began = clock.getAsLong();
        Delivery delivery = new Delivery(action);
        if (!readNew(delivery) || !readNewestHoles(delivery)) {
            return new Round(false, false, delivery.found);
        }
        List<Hole> older = at.olderHoles();
        boolean counts = older.isEmpty() || began - countedAt >= BETWEEN_COUNTS;
        if (counts) {
            countedAt = began;
            if (!older.stream().allMatch(hole -> readOlder(hole, delivery))) {
                return new Round(false, false, delivery.found);
            }
            // by the time before the queries, because a transaction may have ended since
            at.giveUpHoles(began);
            noteLandmark(began);
        }
        return new Round(true, counts, delivery.found);
    }

    private void noteLandmark(long began) {
        runOfLandmarks = run;
        if (at.from() > 0) {
            landmarks.note(at.top(), began);
        } else {
            landmarks.noteNothing(began);
        }
    }

    /** Whether {@link #goesOn} can prove anything. An empty log looks like any other empty log. */
    boolean canGoOn() {
        return !run.isEmpty() && at.from() > 0;
    }

    /**
     * Whether the log is still the one that was read, although a connection failed. A server that was restarted, or
     * restored from a copy, may have lost entries that this reader had not read. Call it after a round that has found
     * the last entry of the round before. The answer then also covers a restart in the middle of that round.
     */
    boolean goesOn() {
        return canGoOn() && log.run().equals(run);
    }

    /**
     * A reader of the log of another run, which has lost the end of this log, as in a fail-over.
     *
     * @param reader the reader, which reads some entries again
     * @param nanos the moment, by {@link System#nanoTime()}, after which all lost entries were published
     */
    record Rewound(LogReader reader, long nanos) {}

    /** Whether this reader has proven anything about the log of its run. */
    boolean hasLandmarks() {
        return runOfLandmarks.equals(run) && !landmarks.all().isEmpty();
    }

    /** The entries to look for in the log of another run. */
    List<Entry> landmarks() {
        return landmarks.all();
    }

    /**
     * Finds the newest of the {@link #landmarks()} of the last five minutes in the log of another run. Both logs have
     * the same history up to some transaction. The order of the transactions is not that of the numbers, and a reader
     * may see one transaction before another one that was committed earlier. Each entry appears within {@link
     * ChangeLog#HOLE_TIME} of taking its number. So everything that this reader had seen that long before the newest
     * common entry appeared was committed before it, and the other log has it, too. The new reader begins there, unless
     * the other log has purged that earlier entry.
     *
     * @param nextRun the {@link ChangeLog#run()} before the other log was asked
     * @param there the entries of the other log with the numbers of the landmarks
     * @param settling {@code HOLE_TIME}
     * @return empty if there is none, if it can't be said what was lost, or if the run is the same and yet the log is
     *     not
     */
    Optional<Rewound> backIn(String nextRun, List<Entry> there, Duration settling) {
        if (nextRun.isEmpty() || nextRun.equals(runOfLandmarks)) {
            return Optional.empty();
        }
        Optional<Entry> newest = landmarks.newestFirst(clock.getAsLong()).stream()
                .filter(there::contains)
                .findFirst();
        Optional<Point<Entry>> settled = newest.flatMap(entry -> landmarks.settledBefore(entry, settling))
                .filter(point -> there.contains(point.entry()));
        return settled.map(point -> {
            landmarks.forgetAfter(newest.orElseThrow());
            return new Rewound(new LogReader(this, nextRun, at.backAt(point.entry())), point.nanos());
        });
    }

    /** Gives each entry to the action once. */
    private final class Delivery {
        private final Consumer<Entry> action;
        private int found;

        Delivery(Consumer<Entry> action) {
            this.action = action;
        }

        void take(List<Entry> page) {
            long now = clock.getAsLong();
            for (Entry entry : page) {
                if (at.read(entry, now)) {
                    found++;
                    action.accept(entry);
                }
            }
        }
    }

    private boolean readNew(Delivery delivery) {
        List<Entry> page = here(log.page(at.from()));
        if (page == null || !at.isIn(page)) {
            return false;
        }
        delivery.take(page);
        while (page != null && page.size() == ChangeLog.PAGE) {
            page = here(log.page(at.from() + 1));
            delivery.take(page == null ? List.of() : page);
        }
        return page != null;
    }

    private boolean readNewestHoles(Delivery delivery) {
        List<Entry> page = List.of();
        do {
            List<Hole> holes = at.newestHoles();
            page = holes.isEmpty() ? List.of() : here(log.in(holes));
            delivery.take(page == null ? List.of() : page);
        } while (page != null && page.size() == ChangeLog.PAGE);
        return page != null;
    }

    /** A part with fewer entries than were read has lost some, so the log is another one. */
    private boolean readOlder(Hole span, Delivery delivery) {
        Map<Long, Long> counts = here(log.counts(span.first(), span.last()));
        boolean same = counts != null;
        for (Map.Entry<Long, Long> part : counts == null ? Map.<Long, Long>of().entrySet() : counts.entrySet()) {
            long first = Math.max(part.getKey(), span.first());
            long last = Math.min(part.getKey() + ChangeLog.PART - 1, span.last());
            long read = at.countRead(first, last);
            same &= part.getValue() >= read;
            if (same && part.getValue() > read) {
                List<Entry> page = here(log.in(List.of(new Hole(first, last, 0))));
                same = page != null;
                delivery.take(page == null ? List.of() : page);
            }
        }
        return same;
    }

    /** Changes that the stores of this node made at another server would be missing in this log. */
    private <T> @Nullable T here(Answer<T> answer) {
        return server.isStill(answer.server()) ? answer.value() : null;
    }
}
