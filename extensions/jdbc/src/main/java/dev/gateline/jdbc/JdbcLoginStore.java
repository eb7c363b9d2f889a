package dev.gateline.jdbc;

import static dev.gateline.jdbc.Columns.bytes;
import static dev.gateline.jdbc.Columns.micros;
import static dev.gateline.jdbc.Columns.text;

import dev.gateline.LoginId;
import dev.gateline.spi.LoginRow;
import dev.gateline.spi.LoginState;
import dev.gateline.spi.LoginStore;
import dev.gateline.spi.Written;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Logins in a table, one row each. Every method but a limited {@link #insert} is one statement in the usual case. */
final class JdbcLoginStore implements LoginStore {
    private static final int LOCKS = 1024;
    private static final String TABLE = "gateline_login";
    private static final String COLUMNS = "id, realm, subject, version, last_seen, state";
    private static final String OF_ID = "a login by its id";
    private static final String FIND = Session.asking(OF_ID, COLUMNS, TABLE, "id = ?");
    private static final String OF_SUBJECT = "the logins of a subject";
    private static final String FIND_BY_SUBJECT = Session.asking(OF_SUBJECT, COLUMNS, TABLE, "subject = ?");
    private static final String INSERT = "INSERT INTO gateline_login"
            + " (id, realm, subject, version, last_seen, idle, ends_at, due_at, state)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String LIVE = "the number of live logins";
    private static final String COUNT_LIVE = Session.asking(
            LIVE, "COUNT(id)", TABLE, "subject = ? AND realm = ? AND ends_at > ? AND last_seen + idle > ?");
    private static final String REPLACE = "UPDATE gateline_login SET version = ?,"
            + " last_seen = GREATEST(last_seen, ?), idle = ?, ends_at = ?, due_at = ?, state = ?"
            + " WHERE id = ? AND version = ?";
    private static final String TOUCH = "UPDATE gateline_login SET last_seen = GREATEST(last_seen, ?) WHERE id = ?";
    private static final String THERE = "whether a login is there";
    private static final String EXISTS = Session.asking(THERE, "COUNT(id)", TABLE, "id = ?");
    private static final String DELETE = "DELETE FROM gateline_login WHERE id = ?";

    private final Database database;
    private final Upkeep upkeep;

    JdbcLoginStore(Database database, Upkeep upkeep) {
        this.database = database;
        this.upkeep = upkeep;
    }

    /**
     * To count and to add is one step under a lock, a row of a table of its own. It is taken by writing to it: who waited for it
     * then counts what the one before added, at READ COMMITTED as at any stricter level, where the database fails the
     * transaction instead and it is done again. An advisory lock would do on one of the databases only; a lock per subject
     * would leave a row behind for each.
     */
    @Override
    public boolean insert(LoginRow row, int most, Instant now) {
        boolean added = most == ANY_NUMBER
                ? database.ask("add a login", session -> add(session, row))
                : addCounted(row, most, now);
        upkeep.afterWrite();
        return added;
    }

    private boolean addCounted(LoginRow row, int most, Instant now) {
        byte[] subject = bytes(row.subject());
        return database.inTransaction("add a login", session -> {
            session.changed(session.dialect().lockSubject(), lock(row));
            return session.count(LIVE, COUNT_LIVE, subject, row.realm(), micros(now), micros(now)) < most
                    && add(session, row);
        });
    }

    private static int lock(LoginRow row) {
        return Math.floorMod((row.realm() + ' ' + row.subject()).hashCode(), LOCKS);
    }

    private static boolean add(Session session, LoginRow row) throws SQLException {
        boolean added = session.changedOne(
                INSERT,
                row.id().value(),
                row.realm(),
                bytes(row.subject()),
                row.version(),
                micros(row.lastSeenAt()),
                micros(row.state().idleTimeout()),
                micros(row.state().endsAt()),
                micros(row.expiresAt()),
                row.state().write());
        if (!added) {
            throw new OddAnswer("add a login");
        }
        return true;
    }

    @Override
    public Optional<LoginRow> find(LoginId id) {
        return database
                .ask("find a login", session -> session.answers(OF_ID, JdbcLoginStore::row, FIND, id.value()))
                .stream()
                .findFirst();
    }

    @Override
    public Written replace(LoginRow next, Instant now) {
        return database.ask("replace a login", session -> {
            boolean replaced = session.changedOne(
                    REPLACE,
                    next.version(),
                    micros(next.lastSeenAt()),
                    micros(next.state().idleTimeout()),
                    micros(next.state().endsAt()),
                    micros(next.expiresAt()),
                    next.state().write(),
                    next.id().value(),
                    next.version() - 1);
            return replaced ? Written.DONE : ifThere(session, next.id(), Written.STALE);
        });
    }

    /** Some drivers count the rows found and some those changed: one that was seen later before is not changed. */
    @Override
    public Written touch(LoginId id, Instant seenAt) {
        return database.ask("note the use of a login", session -> {
            boolean touched = session.changedOne(TOUCH, micros(seenAt), id.value());
            return touched ? Written.DONE : ifThere(session, id, Written.DONE);
        });
    }

    private static Written ifThere(Session session, LoginId id, Written then) throws SQLException {
        return session.count(THERE, EXISTS, id.value()) != 0 ? then : Written.GONE;
    }

    @Override
    public Written delete(LoginId id) {
        return database.ask("delete a login", session -> {
            if (session.changedOne(DELETE, id.value())) {
                return Written.DONE;
            }
            if (session.count(THERE, EXISTS, id.value()) != 0) {
                throw new OddAnswer("delete a login");
            }
            return Written.GONE;
        });
    }

    @Override
    public List<LoginRow> findBySubject(String subject) {
        return database.ask(
                "find the logins of a subject",
                session -> session.answers(OF_SUBJECT, JdbcLoginStore::row, FIND_BY_SUBJECT, bytes(subject)));
    }

    private static LoginRow row(ResultSet row) throws SQLException {
        return new LoginRow(
                new LoginId(row.getString(2)),
                row.getString(3),
                text(row.getBytes(4)),
                row.getLong(5),
                Columns.instant(row.getLong(6)),
                LoginState.read(row.getBytes(7)));
    }
}
