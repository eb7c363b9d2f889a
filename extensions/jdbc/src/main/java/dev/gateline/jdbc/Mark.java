package dev.gateline.jdbc;

import static dev.gateline.internal.Micros.instant;

import dev.gateline.internal.Micros;
import dev.gateline.store.Standing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The dated mark that shows how far a database went back: one row, with the run of the server that wrote it.
 * Thread-safe.
 */
final class Mark {
    private static final String MARKED_AT = "(SELECT marked_at FROM gateline_mark WHERE id = 1)";
    private static final String RUN = "(SELECT run FROM gateline_mark WHERE id = 1)";

    private final Database database;

    Mark(Database database) {
        this.database = database;
    }

    Standing standing() {
        return database.ask("read the table gateline_mark", Mark::standing);
    }

    /** The statement has the condition, so that no node moves a mark for which nobody has vouched. */
    Standing leave(Instant last) {
        return database.ask("write to the table gateline_mark", session -> {
            Dialect dialect = session.dialect();
            // throws if it is another server than that of the feed
            ServerId unused = session.server();
            session.changed(
                    "UPDATE gateline_mark SET marked_at = " + dialect.clock() + " WHERE id = 1 AND run = "
                            + dialect.run() + " AND marked_at >= ?",
                    Micros.of(last));
            return standing(session);
        });
    }

    /**
     * Each statement has the condition, so that nobody vouches for a server that has not received the endings. If two
     * nodes find no row, the primary key refuses one of them. That node tries again, and finds the other's row.
     */
    Optional<Standing> vouch(Standing seen) {
        return database.ask("write to the table gateline_mark", session -> {
            String clock = session.dialect().clock();
            String run = session.dialect().run();
            ServerId unused = session.server();
            boolean done = session.changedOne(
                    "UPDATE gateline_mark SET marked_at = " + clock + ", run = " + run + " WHERE id = 1 AND " + run
                            + " = ? AND marked_at >= ?",
                    seen.run(),
                    seen.markedAt().map(Micros::of).orElse(Long.MIN_VALUE));
            if (!done && seen.markedAt().isEmpty()) {
                done = session.changedOne(
                        "INSERT INTO gateline_mark (id, marked_at, run) SELECT 1, " + clock + ", " + run
                                + " FROM (SELECT 1 AS gateline_one) o WHERE " + run + " = ?",
                        seen.run());
            }
            Standing now = standing(session);
            return done && now.run().equals(seen.run()) ? Optional.of(now) : Optional.empty();
        });
    }

    private static Standing standing(SqlConnection session) throws SQLException {
        Dialect dialect = session.dialect();
        List<Standing> found = session.query(
                Mark::standing,
                "SELECT " + dialect.clock() + " AS asked_at, " + MARKED_AT + " AS marked_at, " + dialect.run()
                        + " AS asked_run, " + RUN + " AS marked_run");
        return found.get(0);
    }

    private static Standing standing(ResultSet row) throws SQLException {
        Instant now = instant(row.getLong(1));
        long markedAt = row.getLong(2);
        return row.wasNull()
                ? Standing.unmarked(now, row.getString(3))
                : Standing.marked(now, row.getString(3), instant(markedAt), row.getString(4));
    }
}
