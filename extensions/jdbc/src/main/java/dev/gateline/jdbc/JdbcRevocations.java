package dev.gateline.jdbc;

import dev.gateline.spi.Revocation;
import dev.gateline.spi.Revocation.Grain;
import dev.gateline.spi.RevocationStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Revocations, and the epochs of subjects. Thread-safe. */
final class JdbcRevocations implements RevocationStore {
    private static final int PAGE = 1_000;
    private static final int PURGED_AT_ONCE = 200;
    private static final String EPOCH = "epoch";

    private final Database database;
    private final Supplier<Dialect> dialect;

    JdbcRevocations(Database database, Supplier<Dialect> dialect) {
        this.database = database;
        this.dialect = dialect;
    }

    @Override
    public void revoke(Revocation revocation, Instant now) {
        int rows = revocation.grain() == Grain.SUBJECT
                ? database.atomically("revoke", on -> {
                    raise(on, revocation.epoch(), 0);
                    return merge(on, revocation);
                })
                : database.run("revoke", on -> merge(on, revocation));
        if (rows < 0) {
            throw new IllegalStateException("a count of rows is not negative");
        }
    }

    private int merge(Database.Statements on, Revocation it) throws SQLException {
        return on.update(
                dialect.get().mergeRevocation(),
                number(it.grain()),
                it.key(),
                it.epoch(),
                JdbcLogins.micros(it.until()));
    }

    /** Raises the highest epoch by a step or to a floor, whichever is more; its row is locked until the end. */
    private long raise(Database.Statements on, long floor, int step) throws SQLException {
        on.update(dialect.get().addLock(), EPOCH);
        on.update("UPDATE gateline_lock SET n = GREATEST(n + ?, ?) WHERE name = ?", step, floor, EPOCH);
        return on.first("SELECT n FROM gateline_lock WHERE name = ?", n -> n.getLong(1), EPOCH)
                .orElseThrow();
    }

    @Override
    public long raiseEpoch(String subject, Instant now, Instant until) {
        return database.atomically("raise an epoch", on -> {
            long epoch = raise(on, JdbcLogins.micros(now), 1);
            merge(on, new Revocation(Grain.SUBJECT, subject, epoch, until));
            return epoch;
        });
    }

    @Override
    public long epoch(String subject) {
        return database.run(
                        "read an epoch",
                        on -> on.first(
                                "SELECT epoch FROM gateline_revocation WHERE grain = ? AND name = ?",
                                row -> row.getLong(1),
                                number(Grain.SUBJECT),
                                subject))
                .orElse(0L);
    }

    @Override
    public boolean isRevoked(Revocable it) {
        return database.run(
                        "look for a revocation",
                        on -> on.first(
                                """
                                SELECT 1 FROM gateline_revocation WHERE (grain = ? AND name = ?)
                                OR (grain = ? AND name = ?) OR (grain = ? AND name = ? AND epoch > ?)""",
                                row -> row.getInt(1),
                                number(Grain.TOKEN),
                                it.tokenId(),
                                number(Grain.LOGIN),
                                it.loginId(),
                                number(Grain.SUBJECT),
                                it.subjectKey(),
                                it.epoch()))
                .isPresent();
    }

    /** Page by page in the order of the key, so that nothing which is there throughout is passed over. */
    @Override
    public void forEachLive(Instant now, Consumer<Revocation> action) {
        short grain = -1;
        String name = "";
        List<Revocation> page;
        do {
            short afterGrain = grain;
            String afterName = name;
            page = database.run(
                    "read revocations",
                    on -> on.list(
                            """
                            SELECT grain, name, epoch, until_at FROM gateline_revocation
                            WHERE until_at > ? AND (grain > ? OR (grain = ? AND name > ?))
                            ORDER BY grain, name LIMIT\s""" + PAGE,
                            JdbcRevocations::revocation,
                            JdbcLogins.micros(now),
                            afterGrain,
                            afterGrain,
                            afterName));
            page.forEach(action);
            if (!page.isEmpty()) {
                Revocation last = page.get(page.size() - 1);
                grain = number(last.grain());
                name = last.key();
            }
        } while (page.size() == PAGE);
    }

    /** Forgets some whose time is over; whether there may be more. */
    boolean purge(Instant now) {
        long micros = JdbcLogins.micros(now);
        return database.run("purge revocations", on -> {
            List<Revocation> dead = on.list(
                    "SELECT grain, name, epoch, until_at FROM gateline_revocation WHERE until_at <= ?"
                            + " ORDER BY until_at LIMIT " + PURGED_AT_ONCE,
                    JdbcRevocations::revocation,
                    micros);
            for (Revocation it : dead) {
                on.update(
                        "DELETE FROM gateline_revocation WHERE grain = ? AND name = ? AND until_at <= ?",
                        number(it.grain()),
                        it.key(),
                        micros);
            }
            return dead.size() == PURGED_AT_ONCE;
        });
    }

    private static Revocation revocation(ResultSet row) throws SQLException {
        short number = row.getShort(1);
        Grain grain = number == 0 ? Grain.TOKEN : number == 1 ? Grain.LOGIN : Grain.SUBJECT;
        return new Revocation(grain, row.getString(2), row.getLong(3), JdbcLogins.instant(row.getLong(4)));
    }

    private static short number(Grain grain) {
        return switch (grain) {
            case TOKEN -> 0;
            case LOGIN -> 1;
            case SUBJECT -> 2;
        };
    }
}
