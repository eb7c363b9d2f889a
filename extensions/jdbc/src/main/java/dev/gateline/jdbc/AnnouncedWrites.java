package dev.gateline.jdbc;

import dev.gateline.internal.StoredText;
import dev.gateline.store.Change;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Writes of which other nodes have to hear. On PostgreSQL one statement writes the row and publishes the change. On
 * other databases the publication is a statement behind the write. Thread-safe.
 */
final class AnnouncedWrites {
    private final Database database;
    private final ChangeLog log;
    private final JdbcChangeFeed feed;

    AnnouncedWrites(Database database, ChangeLog log, JdbcChangeFeed feed) {
        this.database = database;
        this.log = log;
        this.feed = feed;
    }

    /**
     * Updates a row, and publishes the change.
     *
     * @param what the task, for the message of an outage
     * @return false if there is no row to update; then nothing is published
     */
    boolean update(String what, Change change, String sql, Object... values) {
        if (joinsStatements()) {
            return writeAndPublish(what, change, dialect -> sql, values);
        }
        boolean written = database.ask(what, session -> session.changedOne(sql, values));
        if (written) {
            feed.publish(change);
        }
        return written;
    }

    /**
     * Adds a row or merges it with an older one, and publishes the change. An older row that stays as it is may belong
     * to a call that has not published it, so this call publishes it in any case.
     *
     * @param what the task, for the message of an outage
     */
    void merge(String what, Change change, Function<Dialect, String> sql, Object... values) {
        if (joinsStatements()) {
            boolean unused = writeAndPublish(what, change, sql, values);
        } else {
            int unused = database.ask(what, session -> session.changed(sql.apply(session.dialect()), values));
            feed.publish(change);
        }
    }

    /**
     * Merges many revocations, and publishes them, by one statement.
     *
     * @param values grain, key, epoch and end of each revocation; no two have the same grain and key
     * @param changes one for each revocation
     */
    void mergeAll(String what, List<Object[]> values, List<Change> changes) {
        Object[] all = Stream.concat(
                        values.stream().flatMap(Arrays::stream),
                        changes.stream().map(change -> StoredText.bytes(change.write())))
                .toArray();
        boolean published = log.publishing(wakes -> database.ask(
                what, session -> session.announced(session.dialect().announcedMerge(changes.size(), wakes), all)));
        if (published) {
            feed.published();
        }
    }

    /** Whether a write and its publication are one statement. */
    boolean joinsStatements() {
        Dialect dialect = database.dialect();
        return (dialect == null ? database.ask("connect", SqlConnection::dialect) : dialect).joinsStatements();
    }

    private boolean writeAndPublish(String what, Change change, Function<Dialect, String> sql, Object... values) {
        Object[] more = with(StoredText.bytes(change.write()), values);
        boolean published = log.publishing(wakes -> database.ask(what, session -> {
            Dialect dialect = session.dialect();
            return session.announced(dialect.announced(sql.apply(dialect), wakes), more);
        }));
        if (published) {
            feed.published();
        }
        return published;
    }

    private static Object[] with(byte[] change, Object... values) {
        Object[] more = Arrays.copyOf(values, values.length + 1);
        more[values.length] = change;
        return more;
    }
}
