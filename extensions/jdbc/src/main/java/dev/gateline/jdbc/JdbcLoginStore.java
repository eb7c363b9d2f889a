package dev.gateline.jdbc;

import static dev.gateline.LoginLimit.UNLIMITED;
import static dev.gateline.internal.StoredText.bytes;
import static dev.gateline.internal.StoredText.read;

import dev.gateline.LoginId;
import dev.gateline.internal.Micros;
import dev.gateline.store.Change;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginState;
import dev.gateline.store.LoginStore;
import dev.gateline.store.Written;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Logins in a table, one row for each login. Usually each method is one statement, except an insert with a limit, and a
 * replacement where {@link AnnouncedWrites} need two.
 */
final class JdbcLoginStore implements LoginStore {
    private static final int LOCKS = 1024;

    /** How many logins are touched or deleted at once, so that no row stays locked for long. */
    private static final int CHUNK = 200;

    private static final String SELECT =
            "SELECT id, realm, subject, version, last_seen, state FROM gateline_login WHERE ";
    private static final String INSERT =
            "INSERT INTO gateline_login" + " (id, realm, subject, version, last_seen, idle, ends_at, due_at, state)";
    private static final String VALUES = "?, ?, ?, ?, ?, ?, ?, ?, ?";
    private static final String COUNT_LIVE = "SELECT COUNT(*) FROM gateline_login"
            + " WHERE subject = ? AND realm = ? AND ends_at > ? AND last_seen + idle > ?";
    private static final String REPLACE = "UPDATE gateline_login SET version = ?,"
            + " last_seen = GREATEST(last_seen, ?), idle = ?, ends_at = ?, due_at = ?, state = ?"
            + " WHERE id = ? AND version = ?";
    private static final String TOUCH = "UPDATE gateline_login SET last_seen = GREATEST(last_seen, ?) WHERE id = ?";
    private static final String USES = "SELECT id, last_seen, idle FROM gateline_login WHERE ";
    private static final String DELETE = "DELETE FROM gateline_login WHERE ";
    private static final String EXISTS = "SELECT COUNT(*) FROM gateline_login WHERE id = ?";

    private final Database database;
    private final AnnouncedWrites announced;
    private final Upkeep upkeep;

    JdbcLoginStore(Database database, AnnouncedWrites announced, Upkeep upkeep) {
        this.database = database;
        this.announced = announced;
        this.upkeep = upkeep;
    }

    /**
     * Counting and adding are one step under a lock, which is a row in a table of its own. A transaction takes the lock
     * by writing to that row. At READ COMMITTED, a transaction that has waited for the lock counts what the one before
     * has added. At a stricter level the database fails the transaction, and it is repeated. Only some of the databases
     * have advisory locks, and a lock for each subject would leave a row for each subject. On PostgreSQL the
     * transaction is one trip.
     */
    @Override
    public boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
        boolean added = most == UNLIMITED
                ? database.ask("add a login", session -> add(session, row))
                : addCounted(row, most, leaving, now);
        upkeep.afterWrite();
        return added;
    }

    private boolean addCounted(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
        Object[] counted = counted(row, leaving, Micros.of(now));
        String countLive = COUNT_LIVE + others(leaving);
        Dialect dialect = database.dialect();
        boolean atOnce = dialect != null && dialect.joinsStatements();
        return atOnce
                ? database.ask("add a login", session -> addAtOnce(session, row, most, countLive, counted))
                : database.inTransaction("add a login", session -> {
                    session.changed(session.dialect().lockSubject(), lock(row));
                    return session.number(countLive, counted) < most && add(session, row);
                });
    }

    private static boolean addAtOnce(SqlConnection session, LoginRow row, int most, String countLive, Object... counted)
            throws SQLException {
        List<Object> values = new ArrayList<>(List.of(lock(row)));
        values.addAll(List.of(values(row)));
        values.addAll(List.of(counted));
        values.add(most);
        String add = INSERT + " SELECT " + VALUES + " WHERE (" + countLive + ") < ?";
        return session.together(session.dialect().lockSubject(), add, values.toArray()) == 1;
    }

    private static Object[] counted(LoginRow row, Set<LoginId> leaving, long now) {
        List<Object> values = new ArrayList<>(List.of(bytes(row.subject()), row.realm(), now, now));
        leaving.forEach(id -> values.add(id.value()));
        return values.toArray();
    }

    private static String others(Set<LoginId> leaving) {
        return leaving.isEmpty() ? "" : " AND id NOT IN (?" + ", ?".repeat(leaving.size() - 1) + ")";
    }

    private static int lock(LoginRow row) {
        return Math.floorMod((row.realm() + ' ' + row.subject()).hashCode(), LOCKS);
    }

    private static boolean add(SqlConnection session, LoginRow row) throws SQLException {
        boolean added = session.changedOne(INSERT + " VALUES (" + VALUES + ")", values(row));
        if (!added) {
            throw new OddAnswer("add a login");
        }
        return true;
    }

    private static Object[] values(LoginRow row) {
        return new Object[] {
            row.id().value(),
            row.realm(),
            bytes(row.subject()),
            row.version(),
            Micros.of(row.lastSeenAt()),
            Micros.of(row.state().idleTimeout()),
            Micros.of(row.state().endsAt()),
            Micros.of(row.expiresAt()),
            row.state().write()
        };
    }

    @Override
    public Optional<LoginRow> find(LoginId id) {
        return database
                .ask("find a login", session -> session.query(JdbcLoginStore::row, SELECT + "id = ?", id.value()))
                .stream()
                .findFirst();
    }

    @Override
    public Written replace(LoginRow next, long version, Instant now) {
        boolean replaced = announced.update(
                "replace a login",
                new Change.OfRow(next.id()),
                REPLACE,
                next.version(),
                Micros.of(next.lastSeenAt()),
                Micros.of(next.state().idleTimeout()),
                Micros.of(next.state().endsAt()),
                Micros.of(next.expiresAt()),
                next.state().write(),
                next.id().value(),
                version);
        return replaced
                ? Written.DONE
                : database.ask("replace a login", session -> ifThere(session, next.id(), Written.STALE));
    }

    /** Some drivers count the rows found, others the rows changed. A row with a later use is found and not changed. */
    @Override
    public Written touch(LoginId id, Instant seenAt) {
        return database.ask("note the use of a login", session -> {
            boolean touched = session.changedOne(TOUCH, Micros.of(seenAt), id.value());
            return touched ? Written.DONE : ifThere(session, id, Written.DONE);
        });
    }

    private static Written ifThere(SqlConnection session, LoginId id, Written then) throws SQLException {
        return session.exists(EXISTS, id.value()) ? then : Written.GONE;
    }

    @Override
    public Written delete(LoginId id) {
        return database.ask("delete a login", session -> {
            if (session.changedOne(DELETE + "id = ?", id.value())) {
                return Written.DONE;
            }
            if (session.exists(EXISTS, id.value())) {
                throw new OddAnswer("delete a login");
            }
            return Written.GONE;
        });
    }

    @Override
    public Map<LoginId, Instant> touchAll(Map<LoginId, Instant> seenAt, Duration interval) {
        Map<LoginId, Instant> stored = new HashMap<>();
        for (List<String> ids : chunks(seenAt.keySet())) {
            stored.putAll(database.inTransaction(
                    "note the use of logins", session -> touchChunk(session, ids, seenAt, interval)));
        }
        return stored;
    }

    /** The last use of a row, and the idle timeout of its login. */
    private record Use(String id, Instant at, Duration idle) {
        static Use read(ResultSet row) throws SQLException {
            return new Use(row.getString(1), Micros.instant(row.getLong(2)), Micros.duration(row.getLong(3)));
        }
    }

    /**
     * Reads all rows, and writes those that need it in the order of their ids. Two nodes that do so at once wait for
     * each other, and don't deadlock. The query is also the guard of the batch, which has none of its own.
     */
    private static Map<LoginId, Instant> touchChunk(
            SqlConnection session, List<String> ids, Map<LoginId, Instant> seenAt, Duration interval)
            throws SQLException {
        Map<LoginId, Instant> stored = new HashMap<>();
        List<Object[]> touches = new ArrayList<>();
        String uses = USES + anyOf(ids);
        List<Use> found = session.query(Use::read, uses, ids.toArray());
        for (Use last : found.stream().sorted(Comparator.comparing(Use::id)).toList()) {
            LoginId id = new LoginId(last.id());
            Instant seen = Micros.cut(Objects.requireNonNull(seenAt.get(id)));
            boolean noted = LoginRow.isNotedWithin(interval, last.idle(), Duration.between(last.at(), seen));
            if (!noted) {
                touches.add(new Object[] {Micros.of(seen), last.id()});
            }
            stored.put(id, noted ? last.at() : seen);
        }
        session.updateAll(TOUCH, touches);
        return stored;
    }

    private static String anyOf(List<String> ids) {
        return "id IN (?" + ", ?".repeat(ids.size() - 1) + ')';
    }

    /** Deletes the rows in the order of their ids, like {@link #touchAll}. */
    @Override
    public void deleteAll(Collection<LoginId> ids) {
        for (List<String> chunk : chunks(ids)) {
            String sql = DELETE + anyOf(chunk);
            database.ask("delete logins", session -> session.changed(sql, chunk.toArray()));
        }
    }

    private static List<List<String>> chunks(Collection<LoginId> ids) {
        List<String> sorted =
                ids.stream().map(LoginId::value).distinct().sorted().toList();
        return IntStream.iterate(0, from -> from < sorted.size(), from -> from + CHUNK)
                .mapToObj(from -> sorted.subList(from, Math.min(from + CHUNK, sorted.size())))
                .toList();
    }

    @Override
    public List<LoginRow> findBySubject(String realm, String subject) {
        return database.ask(
                "find the logins of a subject",
                session -> session.query(
                        JdbcLoginStore::row, SELECT + "subject = ? AND realm = ?", bytes(subject), realm));
    }

    private static LoginRow row(ResultSet row) throws SQLException {
        return new LoginRow(
                new LoginId(row.getString(1)),
                row.getString(2),
                read(row.getBytes(3)),
                row.getLong(4),
                Micros.instant(row.getLong(5)),
                LoginState.read(row.getBytes(6)));
    }
}
