package dev.gateline.jdbc;

import dev.gateline.internal.Micros;
import dev.gateline.internal.StoredText;
import dev.gateline.jdbc.LogPosition.Hole;
import dev.gateline.store.Change;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The table of changes that any node has published lately. The database numbers them. Times are by the database's
 * clock. Thread-safe.
 */
final class ChangeLog {

    /** How many entries are read at once. */
    static final int PAGE = 1000;

    /**
     * The time for which a skipped number may still get its entry. A publisher gives up long before, by the timeout of
     * {@link SqlConnection}.
     */
    static final Duration HOLE_TIME = Duration.ofSeconds(30);

    /** The least time for which an entry is kept. */
    static final Duration RETENTION = Duration.ofMinutes(10);

    private static final int PURGED_AT_ONCE = 200;
    private static final int APPENDED_AT_ONCE = 200;

    /** How many entries stay in any case, so that a reader finds its last entry again after a quiet time. */
    private static final int ALWAYS_KEPT = 100;

    /** How many numbers are counted together. */
    static final int PART = 256;

    private static final String ENTRIES = "SELECT id, what, published_at FROM gateline_change WHERE ";
    private static final String PART_OF = "id - MOD(id, " + PART + ")";
    private static final String COUNTS = "SELECT " + PART_OF + " AS part, COUNT(*) AS entries FROM gateline_change"
            + " WHERE id BETWEEN ? AND ? GROUP BY " + PART_OF;

    private final Database database;
    private final Wakeups wakeups = new Wakeups();

    ChangeLog(Database database) {
        this.database = database;
    }

    Wakeups wakeups() {
        return wakeups;
    }

    /**
     * A published change.
     *
     * @param id the number, given out in order; the entry appears only when its transaction has ended
     * @param what the change, written by {@link Change#write()}
     * @param publishedAt the time of publication in microseconds, which tells two entries with one number apart
     */
    record Entry(long id, String what, long publishedAt) {
        static final Entry BEFORE_ALL = new Entry(0, "", 0);
    }

    /**
     * Appends changes. A step is one statement, so that a publisher that stands still holds no number whose entry is
     * still missing. It throws if the changes went to another server than the one that the feed reads.
     */
    void append(List<Change> changes) {
        for (int from = 0; from < changes.size(); from += APPENDED_AT_ONCE) {
            int to = Math.min(from + APPENDED_AT_ONCE, changes.size());
            appendAtOnce(changes.subList(from, to).stream()
                    .map(change -> StoredText.bytes(change.write()))
                    .toList());
        }
    }

    private void appendAtOnce(List<byte[]> step) {
        boolean unused = publishing(wakes -> database.ask("publish changes", session -> {
            session.dialect().publish(session, step, wakes);
            return true;
        }));
    }

    /**
     * Makes a publication, which may have to notify the readers. If it fails or publishes nothing, the next one has to.
     *
     * @param publication takes whether it has to notify, and says whether it has published
     * @return whether it has published
     */
    boolean publishing(Predicate<Boolean> publication) {
        boolean wakes = wakeups.take();
        boolean published = false;
        try {
            published = publication.test(wakes);
            return published;
        } finally {
            if (wakes && !published) {
                wakeups.giveBack();
            }
        }
    }

    /** The first entries from a number on, in order. If there are {@link #PAGE}, there may be more. */
    Answer<List<Entry>> page(long from) {
        return entries("id >= ?", from);
    }

    /** The first entries in holes, in order. If there are {@link #PAGE}, there may be more. */
    Answer<List<Entry>> in(List<Hole> holes) {
        Object[] bounds = holes.stream()
                .flatMap(hole -> Stream.of(hole.first(), hole.last()))
                .toArray();
        return entries("id BETWEEN ? AND ?" + " OR id BETWEEN ? AND ?".repeat(holes.size() - 1), bounds);
    }

    private Answer<List<Entry>> entries(String which, Object... values) {
        return database.askAnyServer("read the changes", session -> {
            String first = session.dialect().first(PAGE);
            return session.query(ChangeLog::entry, ENTRIES + which + " ORDER BY id" + first, values).stream()
                    .sorted(Comparator.comparingLong(Entry::id))
                    .toList();
        });
    }

    /** The entries with some numbers. */
    Answer<List<Entry>> numbered(List<Entry> some) {
        return in(some.stream().map(each -> new Hole(each.id(), each.id(), 0)).toList());
    }

    /** How many entries there are between two numbers, by part. A part without entries is left out. */
    Answer<Map<Long, Long>> counts(long first, long last) {
        return database.askAnyServer(
                "count the changes",
                session -> session.query(row -> Map.entry(row.getLong(1), row.getLong(2)), COUNTS, first, last).stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /**
     * The run of the server that has the log; empty if the runs of the server can't be told apart. A server keeps all
     * entries that it has shown for as long as it runs, except those that are purged.
     */
    String run() {
        return database.askAnyServer("read the changes", session -> {
                    Dialect dialect = session.dialect();
                    return dialect.tellsRuns()
                            ? session.query(row -> row.getString(1), "SELECT " + dialect.run() + " AS run")
                                    .get(0)
                            : "";
                })
                .value();
    }

    /** The newest entry that has no hole below it which may still be filled. */
    Answer<Entry> newestSettled() {
        return database.askAnyServer(
                "read the changes",
                session -> session
                        .query(
                                ChangeLog::entry,
                                ENTRIES + "published_at < "
                                        + before(session, HOLE_TIME) + " ORDER BY id DESC"
                                        + session.dialect().first(1))
                        .stream()
                        .findFirst()
                        .orElse(Entry.BEFORE_ALL));
    }

    /**
     * Deletes some entries that no reader asks for any more.
     *
     * @return whether there may be more
     */
    boolean purge() {
        return database.ask("purge changes", session -> {
            String isOld = "published_at < " + before(session, RETENTION);
            long newest = session.number("SELECT MAX(id) FROM gateline_change");
            List<Long> old = session.query(
                    row -> row.getLong(1),
                    "SELECT id FROM gateline_change WHERE " + isOld + " AND id <= ? ORDER BY id"
                            + session.dialect().first(PURGED_AT_ONCE),
                    newest - ALWAYS_KEPT);
            // also without old rows, so that the first purge shows whether the user has the right
            long upTo = old.isEmpty() ? 0 : Collections.max(old);
            session.update("DELETE FROM gateline_change WHERE id <= ? AND " + isOld, upTo);
            return old.size() == PURGED_AT_ONCE;
        });
    }

    private static String before(SqlConnection session, Duration span) {
        return session.dialect().clock() + " - " + Micros.of(span);
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(row.getLong(1), StoredText.read(row.getBytes(2)), row.getLong(3));
    }
}
