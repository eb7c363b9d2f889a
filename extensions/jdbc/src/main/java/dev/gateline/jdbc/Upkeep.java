package dev.gateline.jdbc;

import static dev.gateline.jdbc.Columns.micros;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Deletes what has expired, a few rows at a time, so that nobody waits for it. It goes by the clock of those who use the
 * stores: they say what time it is with each write. Thread-safe.
 */
final class Upkeep {
    private static final int BATCH = 200;
    private static final String DUE_LOGINS =
            "SELECT id FROM gateline_login WHERE due_at <= ? ORDER BY due_at LIMIT " + BATCH;
    private static final String DELETE_EXPIRED =
            "DELETE FROM gateline_login WHERE id = ? AND (ends_at <= ? OR last_seen + idle <= ?)";
    private static final String POSTPONE_LIVE =
            "UPDATE gateline_login SET due_at = LEAST(ends_at, last_seen + idle) WHERE id = ? AND due_at <= ?";
    private static final String DEAD_REVOCATIONS =
            "SELECT grain, revoked FROM gateline_revocation WHERE keep_until <= ? ORDER BY keep_until LIMIT " + BATCH;
    private static final String DELETE_DEAD =
            "DELETE FROM gateline_revocation WHERE grain = ? AND revoked = ? AND keep_until <= ?";

    private final Database database;
    private final ChangeLog log;
    private volatile @Nullable Instant latest;

    Upkeep(Database database, ChangeLog log) {
        this.database = database;
        this.log = log;
    }

    /** Tells what time it is. */
    void note(Instant now) {
        latest = now;
    }

    /**
     * One batch of each kind.
     *
     * @return whether there may be more
     */
    boolean some() {
        Instant now = latest;
        boolean changes = log.purge();
        return (now != null && some(now)) || changes;
    }

    /** All there is. */
    void all(Instant now) {
        boolean more;
        do {
            boolean changes = log.purge();
            more = some(now) || changes;
        } while (more);
    }

    private boolean some(Instant now) {
        boolean logins = database.ask("purge logins", session -> purgeLogins(session, micros(now)));
        boolean revocations = database.ask("purge revocations", session -> purgeRevocations(session, micros(now)));
        return logins || revocations;
    }

    /** Each row is looked at again as it is deleted: it may have been used since it was found. */
    private static boolean purgeLogins(Session session, long now) throws SQLException {
        // in the order of their keys: nodes that do this at once then wait for each other instead of deadlocking
        List<String> due = session.query(row -> row.getString(1), DUE_LOGINS, now).stream()
                .sorted()
                .toList();
        session.updateAll(
                DELETE_EXPIRED,
                due.stream().map(id -> new Object[] {id, now, now}).toList());
        session.updateAll(
                POSTPONE_LIVE, due.stream().map(id -> new Object[] {id, now}).toList());
        return due.size() == BATCH;
    }

    private static boolean purgeRevocations(Session session, long now) throws SQLException {
        List<Object[]> dead =
                session.query(row -> new Object[] {row.getString(1), row.getBytes(2), now}, DEAD_REVOCATIONS, now);
        session.updateAll(DELETE_DEAD, dead);
        return dead.size() == BATCH;
    }
}
