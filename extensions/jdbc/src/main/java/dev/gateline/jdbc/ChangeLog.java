package dev.gateline.jdbc;

import dev.gateline.internal.Micros;
import dev.gateline.internal.StoredText;
import dev.gateline.store.Change;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * The table of changes: what was published lately, by any node, numbered by the database. Instants are the database's.
 */
final class ChangeLog {

    /** How many entries are read at once. */
    static final int PAGE = 1000;

    /**
     * How long after a number was skipped its entry may still come into sight. A publisher gives up long before, by the
     * timeout of {@link SqlConnection}.
     */
    static final Duration HOLE_TIME = Duration.ofSeconds(30);

    /** How long an entry is there at least. */
    static final Duration RETENTION = Duration.ofMinutes(10);

    private static final int PURGED_AT_ONCE = 200;
    private static final int APPENDED_AT_ONCE = 200;

    /** So that a reader after a quiet time finds the entry that it read last, and need not take it for another log. */
    private static final int ALWAYS_KEPT = 100;

    private static final String PAGE_FROM = "SELECT id, what FROM gateline_change WHERE id >= ? ORDER BY id";

    private final Database database;

    ChangeLog(Database database) {
        this.database = database;
    }

    /**
     * A published change.
     *
     * @param id its number: given out in order, but in sight only once its transaction has ended
     * @param what by {@link Change#write()}
     */
    record Entry(long id, String what) {
        static final Entry BEFORE_ALL = new Entry(0, "");
    }

    /** Throws if it went to another server than the one that the feed reads. */
    void append(Change change) {
        byte[] what = StoredText.bytes(change.write());
        database.ask("publish a change", session -> {
            session.dialect().publish(session, what);
            return what;
        });
    }

    /**
     * Appends changes as {@link #append} does. Each step is one transaction, whose last change is guarded, and wakes
     * those who listen, for all of them.
     */
    void appendAll(List<Change> changes) {
        for (int from = 0; from < changes.size(); from += APPENDED_AT_ONCE) {
            List<Object[]> step = changes.subList(from, Math.min(from + APPENDED_AT_ONCE, changes.size())).stream()
                    .map(change -> new Object[] {StoredText.bytes(change.write())})
                    .toList();
            int last = step.size() - 1;
            database.inTransaction("publish changes", session -> {
                session.updateAll(session.dialect().addChange(), step.subList(0, last));
                session.dialect().publish(session, (byte[]) step.get(last)[0]);
                return step;
            });
        }
    }

    /** The first entries from a number on, in order; if they are {@link #PAGE} there may be more. */
    Answer<List<Entry>> page(long from) {
        return database.askAnyServer(
                "read the changes",
                session -> session
                        .query(ChangeLog::entry, PAGE_FROM + session.dialect().first(PAGE), from)
                        .stream()
                        .sorted(Comparator.comparingLong(Entry::id))
                        .toList());
    }

    /** The newest of those that have no hole below them which will still be filled. */
    Answer<Entry> newestSettled() {
        return database.askAnyServer(
                "read the changes",
                session -> session
                        .query(
                                ChangeLog::entry,
                                "SELECT id, what FROM gateline_change WHERE published_at < "
                                        + before(session, HOLE_TIME) + " ORDER BY id DESC"
                                        + session.dialect().first(1))
                        .stream()
                        .findFirst()
                        .orElse(Entry.BEFORE_ALL));
    }

    /**
     * Deletes some that are too old to be asked for.
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
            if (!old.isEmpty()) {
                session.update("DELETE FROM gateline_change WHERE id <= ? AND " + isOld, Collections.max(old));
            }
            return old.size() == PURGED_AT_ONCE;
        });
    }

    private static String before(SqlConnection session, Duration span) {
        return session.dialect().clock() + " - " + Micros.of(span);
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(row.getLong(1), StoredText.read(row.getBytes(2)));
    }
}
