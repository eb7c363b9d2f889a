package dev.gateline.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A connection for as long as a piece of work takes. Values are {@code String}, {@code byte[]}, {@code Long} or {@code
 * Integer}. Not thread-safe.
 */
final class SqlConnection {

    /**
     * The timeout in seconds. It is far below {@link ChangeLog#HOLE_TIME}, so that no change appears after the wait for
     * it.
     */
    private static final int STATEMENT_TIMEOUT = 5;

    /** Reads a row. */
    @FunctionalInterface
    interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    private interface Outcome<T> {
        T of(PreparedStatement written) throws SQLException;
    }

    private final Connection connection;
    private final Dialect dialect;
    private final FeedServer feedServer;
    private @Nullable ServerId server;

    SqlConnection(Connection connection, Dialect dialect, FeedServer feedServer) {
        this.connection = connection;
        this.dialect = dialect;
        this.feedServer = feedServer;
    }

    Dialect dialect() {
        return dialect;
    }

    /** The server that has answered. */
    ServerId server() throws SQLException {
        if (server == null) {
            attest();
        }
        return Objects.requireNonNull(server);
    }

    private void attest() throws SQLException {
        List<Integer> unused = query(row -> row.getInt(1), "SELECT 1 AS one");
    }

    /** Returns the number of changed rows; -1 for a query, whose rows are ignored. */
    int update(String sql, Object... values) throws SQLException {
        return write(PreparedStatement::getUpdateCount, sql, values);
    }

    /** Writes, and returns the number with which the statement answers. */
    long written(String sql, Object... values) throws SQLException {
        return write(SqlConnection::firstNumber, sql, values);
    }

    private static long firstNumber(PreparedStatement written) throws SQLException {
        try (ResultSet rows = written.getResultSet()) {
            if (rows == null || !rows.next()) {
                throw new OddAnswer("write and answer with a number");
            }
            return rows.getLong(1);
        }
    }

    /** Writes one row at most, and publishes that by {@link Dialect#announced}. Returns whether there was a row. */
    boolean announced(String sql, Object... values) throws SQLException {
        return write(SqlConnection::hasRow, sql, values);
    }

    private static boolean hasRow(PreparedStatement written) throws SQLException {
        try (ResultSet rows = written.getResultSet()) {
            if (rows == null) {
                throw new OddAnswer("write and publish");
            }
            return rows.next();
        }
    }

    /** Writes by two statements {@linkplain Dialect#together together}. Returns how many rows the second changed. */
    int together(String first, String second, Object... values) throws SQLException {
        return write(SqlConnection::secondCount, dialect.together(first, second), values);
    }

    private static int secondCount(PreparedStatement written) throws SQLException {
        boolean first = written.getUpdateCount() > 0;
        boolean isCount = !written.getMoreResults();
        int second = written.getUpdateCount();
        if (!first || !isCount || second < 0) {
            throw new OddAnswer("write by two statements");
        }
        return second;
    }

    /** Writes, and returns the number that the statement has left with the connection (MariaDB). */
    long lastNumber(String sql, Object... values) throws SQLException {
        changed(sql, values);
        return number("SELECT LAST_INSERT_ID()");
    }

    /** Changes one row. Returns false if there is none to change. */
    boolean changedOne(String sql, Object... values) throws SQLException {
        int rows = changed(sql, values);
        if (rows > 1) {
            throw new OddAnswer("change one row");
        }
        return rows == 1;
    }

    /** Returns the number of changed rows. */
    int changed(String sql, Object... values) throws SQLException {
        int rows = update(sql, values);
        if (rows < 0) {
            throw new OddAnswer("change rows");
        }
        return rows;
    }

    /**
     * Changes at least one row, or throws because the feed reads another server.
     *
     * @param sql a statement that changes nothing at another server; it takes {@link FeedServer#text()} as its last
     *     value
     */
    void updateThere(String sql, Object... values) throws SQLException {
        if (update(sql, withFeedServer(values)) == 0) {
            // throws an exception that names the reason, if the reason is still there
            attest();
            throw feedServer.leave();
        }
    }

    private <T> T write(Outcome<T> outcome, String sql, Object... values) throws SQLException {
        boolean guarded = dialect.guardsWrites();
        try (PreparedStatement statement = prepare(guarded ? dialect.writeThere(sql) : sql)) {
            bind(statement, guarded ? withFeedServer(values) : values);
            statement.execute();
            T result = outcome.of(statement);
            StandbyWarning.check(statement.getWarnings());
            return result;
        } catch (SQLException e) {
            throw guarded && Dialect.isElsewhere(e) ? feedServer.leave() : e;
        }
    }

    private Object[] withFeedServer(Object... values) {
        Object[] more = Arrays.copyOf(values, values.length + 1);
        more[values.length] = feedServer.text();
        return more;
    }

    /** Runs a statement with many lists of values, in one trip if the driver can do so. */
    void updateAll(String sql, List<Object[]> lists) throws SQLException {
        if (lists.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = prepare(sql)) {
            for (Object[] values : lists) {
                bind(statement, values);
                statement.addBatch();
            }
            statement.executeBatch();
            StandbyWarning.check(statement.getWarnings());
        }
    }

    /**
     * Reads rows, in no particular order.
     *
     * @param sql a query that fits {@link Dialect#attested}
     * @throws OddAnswer if the answer belongs to another query
     * @throws ServerException if the server takes no writes, or is another server than that of the feed
     */
    <T> List<T> query(Reading<T> reading, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(dialect.attested(sql))) {
            bind(statement, values);
            try (ResultSet rows = statement.executeQuery()) {
                return answer(sql, reading, rows);
            }
        }
    }

    /** Every answer has a row, even if nothing matches. An empty answer belongs to another statement. */
    private <T> List<T> answer(String sql, Reading<T> reading, ResultSet rows) throws SQLException {
        List<T> all = new ArrayList<>();
        int read = 0;
        for (; rows.next(); read++) {
            Dialect.checkQuestion(sql, rows);
            check(rows);
            if (rows.getObject(1) != null) {
                all.add(reading.of(rows));
            }
        }
        if (read == 0) {
            throw new OddAnswer(sql);
        }
        return all;
    }

    private void check(ResultSet row) throws SQLException {
        if (row.getInt(Dialect.TAKES_WRITES) != 1) {
            throw ServerException.takesNoWrites();
        }
        ServerId answering = new ServerId(row.getString(Dialect.SERVER));
        feedServer.check(answering);
        server = answering;
    }

    /** The number that a query finds; 0 if it finds no row. */
    long number(String sql, Object... values) throws SQLException {
        List<Long> numbers = query(row -> row.getLong(1), sql, values);
        return numbers.isEmpty() ? 0 : numbers.get(0);
    }

    boolean exists(String sql, Object... values) throws SQLException {
        return number(sql, values) != 0;
    }

    boolean hasTable(String table) throws SQLException {
        try {
            return !exists("SELECT 1 AS there FROM " + table + " WHERE 1 = 0");
        } catch (SQLException e) {
            if (SqlFault.isOfNoTable(e)) {
                return false;
            }
            throw e;
        }
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        if (dialect.hasStatementTimeouts()) {
            statement.setQueryTimeout(STATEMENT_TIMEOUT);
        }
        return statement;
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof byte[] bytes) {
                statement.setBytes(i + 1, bytes);
            } else if (values[i] instanceof String text) {
                statement.setString(i + 1, text);
            } else {
                statement.setLong(i + 1, ((Number) values[i]).longValue());
            }
        }
    }
}
