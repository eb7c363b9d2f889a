package dev.gateline.jdbc;

import dev.gateline.spi.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The place of one reader in the table of changes. Numbers become visible in another order than they were given, because
 * transactions end in another order than they began: the reader keeps its place below the lowest number that it has not seen,
 * and remembers those that it has seen above. A number that stays away was rolled back, and is given up after a while that no
 * writer takes. Not thread-safe.
 */
final class ChangeLog {
    static final long GIVEN_UP_AFTER = Duration.ofSeconds(30).toNanos();
    private static final int PAGE = 1_000;

    private final Database database;
    private final NavigableSet<Long> seenAbove = new TreeSet<>();
    private long seenUpTo;
    private long waitingSince;

    private record Entry(long id, String what) {}

    ChangeLog(Database database) {
        this.database = database;
    }

    /** Begins behind all that is there: whoever wrote that has changed the store before. */
    void begin() {
        seenAbove.clear();
        seenUpTo = database.run(
                        "find the end of the changes",
                        on -> on.first("SELECT MAX(id) FROM gateline_change", row -> row.getLong(1)))
                .orElse(0L);
    }

    /** What is new since the last call, at least all that was published before this one. */
    List<Change> next(long nanos) {
        List<Change> changes = new ArrayList<>();
        long from = seenUpTo;
        List<Entry> page;
        do {
            page = page(from);
            for (Entry entry : page) {
                from = entry.id;
                if (seenAbove.add(entry.id)) {
                    changes.add(Change.read(entry.what));
                }
            }
        } while (page.size() == PAGE);
        advance(nanos);
        return changes;
    }

    private List<Entry> page(long from) {
        return database.run(
                "read changes",
                on -> on.list(
                        "SELECT id, what FROM gateline_change WHERE id > ? ORDER BY id LIMIT " + PAGE,
                        row -> new Entry(row.getLong(1), row.getString(2)),
                        from));
    }

    private void advance(long nanos) {
        boolean waits = isWaiting();
        while (!seenAbove.isEmpty() && seenAbove.first() == seenUpTo + 1) {
            seenUpTo = seenAbove.first();
            seenAbove.remove(seenUpTo);
            waits = false;
        }
        if (!waits) {
            waitingSince = nanos;
        } else if (nanos - waitingSince > GIVEN_UP_AFTER) {
            seenUpTo = seenAbove.first() - 1;
            advance(nanos);
        }
    }

    private boolean isWaiting() {
        return !seenAbove.isEmpty() && seenAbove.first() > seenUpTo + 1;
    }

    /** All up to here have been seen. */
    long seenUpTo() {
        return seenUpTo;
    }
}
