package dev.gateline.jdbc;

import dev.gateline.internal.Micros;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * Deletes rows that have expired by the database's clock, a few at a time. A node whose own clock is wrong deletes
 * nothing that is live. The thread of a caller that has just added a row does the work, about once a minute for each
 * table. A table to which nobody writes does not grow. Thread-safe.
 */
final class Upkeep {

    /**
     * The time for which a row stays after its end. The clock of a node may be off by a minute, so that the row is
     * still live for that node.
     */
    static final Duration MARGIN = Duration.ofMinutes(2);

    private static final int BATCH = 200;
    private static final String DUE_LOGINS = "SELECT id FROM gateline_login WHERE due_at <= ";
    private static final String DELETE_EXPIRED =
            "DELETE FROM gateline_login WHERE id = ? AND LEAST(ends_at, last_seen + idle) <= ";
    private static final String POSTPONE_LIVE =
            "UPDATE gateline_login SET due_at = LEAST(ends_at, last_seen + idle) WHERE id = ? AND due_at <= ";
    private static final String DEAD_REVOCATIONS =
            "SELECT grain, revoked FROM gateline_revocation WHERE keep_until <= ";
    private static final String DELETE_DEAD =
            "DELETE FROM gateline_revocation WHERE grain = ? AND revoked = ? AND keep_until <= ";

    private static final String FULL_LIMITS = "SELECT name FROM gateline_rate_limit WHERE full_at <= ";
    private static final String DELETE_FULL = "DELETE FROM gateline_rate_limit WHERE name = ? AND full_at <= ";

    /**
     * A key that no row has. A deletion of it shows at the first purge whether the database user has the right to
     * delete.
     */
    private static final List<String> NO_LOGIN = List.of("");

    private static final List<String> NO_RATE_LIMIT = List.of("");

    private static final List<Object[]> NO_REVOCATION = List.<Object[]>of(new Object[] {"", new byte[0]});

    private final List<Chore> chores;

    Upkeep(Database database, ChangeLog log) {
        this(List.of(
                new Chore(() -> database.ask("purge logins", Upkeep::purgeLogins)),
                new Chore(() -> database.ask("purge revocations", Upkeep::purgeRevocations)),
                new Chore(() -> database.ask("purge rate limits", Upkeep::purgeRateLimits)),
                new Chore(log::purge)));
    }

    /** Creates the upkeep of these chores, in this order. */
    Upkeep(List<Chore> chores) {
        this.chores = chores;
    }

    /** Does one batch of one kind, if one is due. It never throws, because the caller's own work is done. */
    void afterWrite() {
        chores.stream().filter(Chore::takeIfDue).findFirst().ifPresent(Chore::run);
    }

    /** Does one batch of each kind that is due. It never throws. */
    void begin() {
        chores.stream().filter(Chore::takeIfDue).forEach(Chore::run);
    }

    /** Deletes all expired rows. It tries each table, and then throws the first failure. */
    void all() {
        List<RuntimeException> failures =
                chores.stream().flatMap(chore -> chore.finish().stream()).toList();
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }

    /** The deletion checks each row again, because it may have been used since it was found. */
    private static boolean purgeLogins(SqlConnection session) throws SQLException {
        String end = end(session);
        // in the order of their keys, so that two nodes wait for each other and don't deadlock
        List<String> due = session
                .query(
                        row -> row.getString(1),
                        DUE_LOGINS + end + " ORDER BY due_at"
                                + session.dialect().first(BATCH))
                .stream()
                .sorted()
                .toList();
        List<Object[]> ids = (due.isEmpty() ? NO_LOGIN : due)
                .stream().map(id -> new Object[] {id}).toList();
        session.updateAll(DELETE_EXPIRED + end, ids);
        session.updateAll(POSTPONE_LIVE + end, ids);
        return due.size() == BATCH;
    }

    private static boolean purgeRevocations(SqlConnection session) throws SQLException {
        String end = end(session);
        List<Object[]> dead = session.query(
                row -> new Object[] {row.getString(1), row.getBytes(2)},
                DEAD_REVOCATIONS + end + " ORDER BY keep_until"
                        + session.dialect().first(BATCH));
        session.updateAll(DELETE_DEAD + end, dead.isEmpty() ? NO_REVOCATION : dead);
        return dead.size() == BATCH;
    }

    private static boolean purgeRateLimits(SqlConnection session) throws SQLException {
        String end = end(session);
        List<String> full = session
                .query(
                        row -> row.getString(1),
                        FULL_LIMITS + end + " ORDER BY full_at"
                                + session.dialect().first(BATCH))
                .stream()
                .sorted()
                .toList();
        List<Object[]> names = (full.isEmpty() ? NO_RATE_LIMIT : full)
                .stream().map(name -> new Object[] {name}).toList();
        session.updateAll(DELETE_FULL + end, names);
        return full.size() == BATCH;
    }

    /** The latest end of a row that may go, by the database's clock. */
    private static String end(SqlConnection session) {
        return '(' + session.dialect().clock() + " - " + Micros.of(MARGIN) + ')';
    }
}
