package dev.gateline.jdbc;

import dev.gateline.LoginId;
import dev.gateline.spi.LoginRow;
import dev.gateline.spi.LoginState;
import dev.gateline.spi.LoginStore;
import dev.gateline.spi.Written;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Rows of logins. A row's version decides who wins; logins of a subject are counted while a row that stands for it, among
 * others, is locked. Thread-safe.
 */
final class JdbcLogins implements LoginStore {
    private static final int LOCKS = 64;
    private static final int PURGED_AT_ONCE = 200;
    private static final String COLUMNS = "SELECT id, realm, subject, version, seen_at, state FROM gateline_login ";

    private final Database database;
    private final Supplier<Dialect> dialect;

    JdbcLogins(Database database, Supplier<Dialect> dialect) {
        this.database = database;
        this.dialect = dialect;
    }

    @Override
    public boolean insert(LoginRow row, int most, Instant now) {
        if (most == ANY_NUMBER) {
            return database.run("add a login", on -> insert(on, row));
        }
        String lock = "subject-" + Math.floorMod(row.subject().hashCode(), LOCKS);
        return database.atomically("add a login", on -> {
            on.update(dialect.get().addLock(), lock);
            on.first("SELECT n FROM gateline_lock WHERE name = ? FOR UPDATE", n -> n.getLong(1), lock);
            long live = on.first(
                            "SELECT COUNT(*) FROM gateline_login WHERE subject = ? AND realm = ? AND expires_at > ?",
                            count -> count.getLong(1),
                            row.subject(),
                            row.realm(),
                            micros(now))
                    .orElse(0L);
            return live < most && insert(on, row);
        });
    }

    private static boolean insert(Database.Statements on, LoginRow row) throws SQLException {
        return on.update(
                        """
                        INSERT INTO gateline_login
                            (id, realm, subject, version, seen_at, ends_at, idle, expires_at, state)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                        row.id().value(),
                        row.realm(),
                        row.subject(),
                        row.version(),
                        micros(row.lastSeenAt()),
                        micros(row.state().endsAt()),
                        micros(row.state().idleTimeout()),
                        micros(row.expiresAt()),
                        row.state().write())
                == 1;
    }

    @Override
    public Optional<LoginRow> find(LoginId id) {
        return database.run("find a login", on -> on.first(COLUMNS + "WHERE id = ?", JdbcLogins::row, id.value()));
    }

    @Override
    public Written replace(LoginRow next, Instant now) {
        long seen = micros(next.lastSeenAt());
        long ends = micros(next.state().endsAt());
        long idle = micros(next.state().idleTimeout());
        return database.run("replace a login", on -> {
            int replaced = on.update(
                    """
                    UPDATE gateline_login SET version = ?, seen_at = GREATEST(seen_at, ?), ends_at = ?, idle = ?,
                        expires_at = LEAST(?, GREATEST(seen_at, ?) + ?), state = ?
                    WHERE id = ? AND version = ?""",
                    next.version(),
                    seen,
                    ends,
                    idle,
                    ends,
                    seen,
                    idle,
                    next.state().write(),
                    next.id().value(),
                    next.version() - 1);
            return replaced == 1 ? Written.DONE : staleOrGone(on, next.id());
        });
    }

    private static Written staleOrGone(Database.Statements on, LoginId id) throws SQLException {
        return on.first("SELECT 1 FROM gateline_login WHERE id = ?", one -> one.getInt(1), id.value())
                        .isPresent()
                ? Written.STALE
                : Written.GONE;
    }

    @Override
    public Written touch(LoginId id, Instant seenAt) {
        long seen = micros(seenAt);
        return written(database.run("note the use of a login", on -> on.update("""
                        UPDATE gateline_login SET seen_at = GREATEST(seen_at, ?),
                            expires_at = LEAST(ends_at, GREATEST(seen_at, ?) + idle)
                        WHERE id = ?""", seen, seen, id.value())));
    }

    @Override
    public Written delete(LoginId id) {
        return written(
                database.run("delete a login", on -> on.update("DELETE FROM gateline_login WHERE id = ?", id.value())));
    }

    private static Written written(int rows) {
        return rows == 1 ? Written.DONE : Written.GONE;
    }

    @Override
    public List<LoginRow> findBySubject(String subject) {
        return database.run("list logins", on -> on.list(COLUMNS + "WHERE subject = ?", JdbcLogins::row, subject));
    }

    /** Deletes some that have expired; whether there may be more. */
    boolean purge(Instant now) {
        long micros = micros(now);
        return database.run("purge logins", on -> {
            List<String> expired = on.list(
                    "SELECT id FROM gateline_login WHERE expires_at <= ? ORDER BY expires_at LIMIT " + PURGED_AT_ONCE,
                    row -> row.getString(1),
                    micros);
            for (String id : expired) {
                on.update("DELETE FROM gateline_login WHERE id = ? AND expires_at <= ?", id, micros);
            }
            return expired.size() == PURGED_AT_ONCE;
        });
    }

    private static LoginRow row(ResultSet row) throws SQLException {
        return new LoginRow(
                new LoginId(row.getString(1)),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                instant(row.getLong(5)),
                LoginState.read(row.getBytes(6)));
    }

    static long micros(Instant instant) {
        return TimeUnit.SECONDS.toMicros(instant.getEpochSecond()) + instant.getNano() / 1_000;
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static long micros(Duration span) {
        return TimeUnit.MICROSECONDS.convert(span);
    }
}
