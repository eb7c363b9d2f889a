package dev.gateline.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The differences between databases. All other statements are plain SQL that each of them accepts. */
enum Dialect {
    POSTGRESQL(
            "postgresql.sql",
            "CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000000 AS BIGINT)",
            // the setting is "on" for every transaction that began on a standby, too
            "current_setting('transaction_read_only') = 'off'",
            // every user may ask for the time of the start; no two servers share one, and a new standby was started
            // anew
            "CAST(CAST(EXTRACT(EPOCH FROM pg_postmaster_start_time()) * 1000000 AS BIGINT) AS TEXT)",
            "INSERT INTO gateline_login_lock (id, taken) VALUES (?, 1)"
                    + " ON CONFLICT (id) DO UPDATE SET taken = gateline_login_lock.taken + 1",
            "INSERT INTO gateline_revocation (grain, revoked, epoch, keep_until) VALUES (?, ?, ?, ?)"
                    + " ON CONFLICT (grain, revoked) DO UPDATE SET"
                    + " epoch = GREATEST(gateline_revocation.epoch, EXCLUDED.epoch),"
                    + " keep_until = GREATEST(gateline_revocation.keep_until, EXCLUDED.keep_until)",
            "INSERT INTO gateline_epoch (id, highest) VALUES (1, ?)"
                    + " ON CONFLICT (id) DO UPDATE SET highest = GREATEST(gateline_epoch.highest + 1, EXCLUDED.highest)"
                    + " RETURNING highest"),
    MARIADB(
            "mariadb.sql",
            "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6))",
            // the value is a number or a word, by version; super_read_only of MySQL turns read_only on, too
            "CAST(@@global.read_only AS CHAR) IN ('0', 'OFF')",
            // replication demands that the server_id of two servers differs
            "CONCAT_WS('/', @@hostname, @@port, @@server_id)",
            "INSERT INTO gateline_login_lock (id, taken) VALUES (?, 1) ON DUPLICATE KEY UPDATE taken = taken + 1",
            "INSERT INTO gateline_revocation (grain, revoked, epoch, keep_until) VALUES (?, ?, ?, ?)"
                    + " ON DUPLICATE KEY UPDATE epoch = GREATEST(epoch, VALUES(epoch)),"
                    + " keep_until = GREATEST(keep_until, VALUES(keep_until))",
            // MySQL has no RETURNING, so the number stays with the connection
            "INSERT INTO gateline_epoch (id, highest) VALUES (1, LAST_INSERT_ID(?))"
                    + " ON DUPLICATE KEY UPDATE highest = LAST_INSERT_ID(GREATEST(highest + 1, VALUES(highest)))"),
    H2(
            "h2.sql",
            "CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP(6)) * 1000000 AS BIGINT)",
            "NOT READONLY()",
            "COALESCE(DATABASE_PATH(), DATABASE())",
            "MERGE INTO gateline_login_lock t USING (VALUES (CAST(? AS INT))) s (id) ON t.id = s.id"
                    + " WHEN MATCHED THEN UPDATE SET taken = t.taken + 1"
                    + " WHEN NOT MATCHED THEN INSERT (id, taken) VALUES (s.id, 1)",
            "MERGE INTO gateline_revocation t USING (VALUES (CAST(? AS VARCHAR(7)), CAST(? AS VARBINARY(900)),"
                    + " CAST(? AS BIGINT), CAST(? AS BIGINT))) s (grain, revoked, epoch, keep_until)"
                    + " ON t.grain = s.grain AND t.revoked = s.revoked"
                    + " WHEN MATCHED THEN UPDATE SET epoch = GREATEST(t.epoch, s.epoch),"
                    + " keep_until = GREATEST(t.keep_until, s.keep_until)"
                    + " WHEN NOT MATCHED THEN INSERT (grain, revoked, epoch, keep_until)"
                    + " VALUES (s.grain, s.revoked, s.epoch, s.keep_until)",
            "SELECT highest FROM FINAL TABLE (MERGE INTO gateline_epoch t"
                    + " USING (VALUES (CAST(? AS BIGINT))) s (highest) ON t.id = 1"
                    + " WHEN MATCHED THEN UPDATE SET highest = GREATEST(t.highest + 1, s.highest)"
                    + " WHEN NOT MATCHED THEN INSERT (id, highest) VALUES (1, s.highest))");

    /** The column of an attestation that is 1 if the server takes writes. */
    static final String TAKES_WRITES = "gateline_takes_writes";

    private static final String NOTIFY = "pg_notify('gateline_change', '')";
    private static final String CREATE_TABLE = "CREATE TABLE IF NOT EXISTS ";

    /** The column of an attestation that has the text of a {@link ServerId}. */
    static final String SERVER = "gateline_server";

    // the codes of a deadlock, of a row that changed since it was read, and of two transactions that add the same row
    private static final Set<String> RETRIED_STATES = Set.of("40001", "40P01", "23505");
    private static final Set<Integer> RETRIED_CODES = Set.of(1020, 1062, 1213, 90131);

    /**
     * When a MariaDB server was started, in seconds. Both numbers are of the moment at which the statement began, so
     * that their difference stays the same. Each server reads the comment that is meant for it.
     */
    private static final String STARTED_AT = "UNIX_TIMESTAMP() - (SELECT CAST(variable_value AS SIGNED) FROM"
            + " /*M! information_schema.*//*!50700 performance_schema.*/global_status WHERE variable_name = 'Uptime')";

    private final String file;
    private final String clock;
    private final String server;
    private final String attestation;
    private final String lockSubject;
    private final String mergeRevocation;
    private final String raiseEpoch;

    Dialect(
            String file,
            String clock,
            String takesWrites,
            String server,
            String lockSubject,
            String mergeRevocation,
            String raiseEpoch) {
        this.file = file;
        this.clock = clock;
        this.server = server;
        attestation = "SELECT CASE WHEN " + takesWrites + " THEN 1 ELSE 0 END AS " + TAKES_WRITES + ", " + server
                + " AS " + SERVER;
        this.lockSubject = lockSubject;
        this.mergeRevocation = mergeRevocation;
        this.raiseEpoch = raiseEpoch;
    }

    static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return switch (product) {
            case "PostgreSQL" -> POSTGRESQL;
            case "MariaDB", "MySQL" -> MARIADB;
            case "H2" -> H2;
            default ->
                throw new IllegalStateException("database: PostgreSQL, MariaDB, MySQL or H2, was \"" + product + '"');
        };
    }

    /** Whether nothing was done, and the same work may succeed if it is repeated. */
    static boolean isRetryable(SQLException e) {
        if (e instanceof ServerException server) {
            return server.isRetryable();
        }
        return RETRIED_STATES.contains(Objects.requireNonNullElse(e.getSQLState(), ""))
                || RETRIED_CODES.contains(e.getErrorCode());
    }

    /** The time by the database's clock, in microseconds. */
    String clock() {
        return clock;
    }

    /**
     * Extends a query, so that its answer also tells which server answers and whether the server takes writes. One
     * statement tells all of it as of one moment. The answer has at least one row; a row whose first column is null
     * stands for no row. The last column of each row is the {@link #question}.
     *
     * @param query a query whose first column is never null, and whose rows may come in any order
     */
    String attested(String query) {
        return "SELECT q.*, s." + TAKES_WRITES + ", s." + SERVER + ", '" + question(query)
                + "' AS gateline_question FROM (" + attestation + ") s LEFT JOIN (" + query + ") q ON 1 = 1";
    }

    /** A number that tells one query from the others. */
    private static String question(String query) {
        return Integer.toHexString(query.hashCode());
    }

    /**
     * Checks that a row answers a query.
     *
     * @throws OddAnswer if the row answers another statement
     */
    static void checkQuestion(String query, ResultSet row) throws SQLException {
        int last = row.getMetaData().getColumnCount();
        if (!question(query).equals(row.getString(last))) {
            throw new OddAnswer(query);
        }
    }

    /** Whether {@link #writeThere} guards a write. */
    boolean guardsWrites() {
        return this == POSTGRESQL;
    }

    /**
     * Extends a write, so that a division by zero undoes it at any other server than that of the feed. Write and
     * division are one trip and one transaction, which other databases don't offer. The result takes one more value at
     * the end, {@link FeedServer#text()}.
     *
     * @param write a statement
     */
    String writeThere(String write) {
        return write + "; SELECT 1 / CASE WHEN " + isThere() + " THEN 1 ELSE 0 END";
    }

    /** Whether the exception comes from the division of {@link #writeThere}. */
    static boolean isElsewhere(SQLException e) {
        return "22012".equals(e.getSQLState());
    }

    private String isThere() {
        return "? IN ('', " + server + ")";
    }

    /** Whether {@link #announced} and {@link #together} make one trip of several statements. */
    boolean joinsStatements() {
        return this == POSTGRESQL;
    }

    /**
     * Extends a write of one row, so that the same statement publishes a change if there is a row to write. It takes
     * the change as one more value, and answers with a row if it has published. The number of the change is given out
     * after the write has waited for locks.
     *
     * @param write a statement that changes one row at most
     * @param wakes whether the commit notifies the readers
     */
    String announced(String write, boolean wakes) {
        return "WITH written AS (" + write + " RETURNING 1) INSERT INTO gateline_change (what, published_at) SELECT ?, "
                + clock + " FROM written RETURNING " + (wakes ? NOTIFY : "1");
    }

    /**
     * Writes many revocations and publishes many changes in one statement. It takes grain, key, epoch and end of each
     * revocation, and then the changes, and answers with a row for each change. The numbers of the changes are given
     * out after the write has waited for locks, because all rows are counted before.
     *
     * @param number how many revocations, and how many changes; no two revocations have the same grain and key
     * @param wakes whether the commit notifies the readers
     */
    String announcedMerge(int number, boolean wakes) {
        String values = "(?, ?, ?, ?)";
        String merge = mergeRevocation.replace(values, values + (", " + values).repeat(number - 1));
        return "WITH written AS (" + merge + " RETURNING 1) INSERT INTO gateline_change (what, published_at) SELECT"
                + " c.what, " + clock + " FROM (VALUES (CAST(? AS BYTEA))" + ", (?)".repeat(number - 1)
                + ") c (what), (SELECT COUNT(*) AS rows FROM written) w RETURNING " + (wakes ? NOTIFY : "1");
    }

    /** Makes one transaction of two statements, in one trip. The second one sees rows that the first has waited for. */
    String together(String first, String second) {
        return first + "; " + second;
    }

    /**
     * Publishes changes, by one statement, at the server that the feed reads.
     *
     * @param wakes whether the commit notifies the readers, on PostgreSQL
     */
    void publish(SqlConnection session, List<byte[]> changes, boolean wakes) throws SQLException {
        String into = "INSERT INTO gateline_change (what, published_at) ";
        int more = changes.size() - 1;
        if (this == MARIADB) {
            String rows = "SELECT ? AS what" + " UNION ALL SELECT ?".repeat(more);
            String there = " FROM (" + rows + ") c, (" + attestation + ") s WHERE " + TAKES_WRITES + " = 1 AND ";
            session.updateThere(into + "SELECT c.what, " + clock + there + isThere(), changes.toArray());
        } else {
            String row = "(?, " + clock + ")";
            String notified = wakes && this == POSTGRESQL ? " RETURNING " + NOTIFY : "";
            session.update(into + "VALUES " + row + (", " + row).repeat(more) + notified, changes.toArray());
        }
    }

    /**
     * An expression that tells one run of a server from every other run, in at most 255 characters. H2 is a part of its
     * host, and all its runs have the same text.
     */
    String run() {
        return "RIGHT(" + (this == MARIADB ? "CONCAT_WS('/', " + server + ", " + STARTED_AT + ")" : server) + ", 255)";
    }

    /** Whether {@link #run()} differs between two runs of a server. */
    boolean tellsRuns() {
        return this != H2;
    }

    /** The end of a query for the first rows. MySQL has no FETCH FIRST, and H2 no LIMIT in some of its modes. */
    String first(int rows) {
        return this == MARIADB ? " LIMIT " + rows : " FETCH FIRST " + rows + " ROWS ONLY";
    }

    /** A statement that locks a subject until the transaction ends. It takes the number of the lock. */
    String lockSubject() {
        return lockSubject;
    }

    /** A statement that adds a revocation, or merges it with an older one. It takes grain, key, epoch and end. */
    String mergeRevocation() {
        return mergeRevocation;
    }

    /** Raises the highest epoch by at least one, and at least to the given number. */
    long raiseEpoch(SqlConnection session, long atLeast) throws SQLException {
        long raised = this == MARIADB ? session.lastNumber(raiseEpoch, atLeast) : session.written(raiseEpoch, atLeast);
        if (raised < atLeast) {
            throw new OddAnswer("raise the epoch");
        }
        return raised;
    }

    /**
     * Makes the driver send statements without names, if it would give them names. The returned step restores the
     * connection.
     */
    Database.Step unnamed(Connection connection) throws SQLException {
        return this == POSTGRESQL && PostgresDriver.isThere() ? PostgresDriver.unnamed(connection) : () -> {};
    }

    /** Whether a statement can have a timeout. H2 keeps the timeout for the whole connection, which is the host's. */
    boolean hasStatementTimeouts() {
        return this != H2;
    }

    /** The statements that create the tables. */
    List<String> ddl() {
        try (InputStream in = Objects.requireNonNull(Dialect.class.getResourceAsStream(file), file)) {
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.strip().startsWith("--"))
                    .collect(Collectors.joining("\n"));
            return List.of(all.strip().split(";\\s*"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of the tables that {@link #ddl()} creates. */
    List<String> tables() {
        return ddl().stream()
                .filter(statement -> statement.startsWith(CREATE_TABLE))
                .map(statement -> statement.substring(CREATE_TABLE.length()).split("\\s", 2)[0])
                .toList();
    }
}
