package dev.gateline.jdbc;

import dev.gateline.internal.Micros;
import dev.gateline.store.RateLimitStore;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Rate limits in a table. A row has the instant at which its bucket is full again, by the database's clock. After that
 * instant the row has no meaning. Thread-safe.
 */
final class JdbcRateLimitStore implements RateLimitStore {
    private static final String TABLE = "gateline_rate_limit";
    private static final int ATTEMPTS = 10;

    private final Database database;
    private final Upkeep upkeep;

    JdbcRateLimitStore(Database database, Upkeep upkeep) {
        this.database = database;
        this.upkeep = upkeep;
    }

    @Override
    public Duration take(String name, Rate rate, Instant now) {
        long wait = database.ask("take from a rate limit", session -> take(session, name, rate));
        upkeep.afterWrite();
        return Micros.duration(wait);
    }

    /** Tries again if another node has just added the row, or if the bucket has become full enough meanwhile. */
    private static long take(SqlConnection session, String name, Rate rate) throws SQLException {
        long wait = 0;
        for (int i = 0; i < ATTEMPTS && wait <= 0; i++) {
            if (takeFromRow(session, name, rate)) {
                return 0;
            }
            List<Long> ahead = ahead(session, name);
            if (ahead.isEmpty()) {
                return begin(session, name, rate);
            }
            long span = Micros.of(rate.span());
            wait = Math.min(ahead.get(0), span) + Micros.of(rate.each()) - span;
        }
        return Math.max(1, wait);
    }

    /** The time until the bucket is full, in microseconds, if there is a row. */
    private static List<Long> ahead(SqlConnection session, String name) throws SQLException {
        String clock = session.dialect().clock();
        return session.query(
                row -> row.getLong(1),
                "SELECT full_at - " + clock + " AS ahead FROM " + TABLE + " WHERE name = ?",
                name);
    }

    /**
     * Takes from the bucket in one statement. The database repeats it if another node has changed the row meanwhile.
     */
    private static boolean takeFromRow(SqlConnection session, String name, Rate rate) throws SQLException {
        String clock = session.dialect().clock();
        long span = Micros.of(rate.span());
        long each = Micros.of(rate.each());
        return session.changedOne(
                "UPDATE " + TABLE + " SET full_at = " + fullAt(clock) + " + ? WHERE name = ? AND " + fullAt(clock)
                        + " + ? <= " + clock + " + ?",
                span,
                each,
                name,
                span,
                each,
                span);
    }

    /**
     * When the bucket is full. It takes the span, so that a clock that was put back delays nobody for longer than that.
     */
    private static String fullAt(String clock) {
        return "LEAST(GREATEST(full_at, " + clock + "), " + clock + " + ?)";
    }

    /**
     * If two nodes find no row, the primary key refuses one of them. That node tries again, and finds the other's row.
     */
    private static long begin(SqlConnection session, String name, Rate rate) throws SQLException {
        String clock = session.dialect().clock();
        session.changed(
                "INSERT INTO " + TABLE + " (name, full_at) VALUES (?, " + clock + " + ?)",
                name,
                Micros.of(rate.each()));
        return 0;
    }

    @Override
    public void giveBack(String name, Rate rate, Instant now) {
        long each = Micros.of(rate.each());
        int unused = database.ask("give back to a rate limit", session -> {
            String clock = session.dialect().clock();
            return session.changed(
                    "UPDATE " + TABLE + " SET full_at = GREATEST(full_at - ?, " + clock + ") WHERE name = ?",
                    each,
                    name);
        });
    }
}
