package dev.gateline.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Runs statements, each on a connection that is held for no longer than it takes. At READ COMMITTED or stricter; what a
 * database aborts for the sake of another transaction is tried again. Thread-safe.
 */
final class Database {
    private static final int ATTEMPTS = 10;
    private static final Set<String> TRY_AGAIN = Set.of("40001", "40P01", "23505", "90131");

    private final DataSource source;
    private final int timeoutSeconds;

    /** What is done with a connection. */
    interface Work<T> {
        T on(Statements statements) throws SQLException;
    }

    /** Reads a row. */
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Statements on one connection. */
    final class Statements {
        private final Connection connection;

        Statements(Connection connection) {
            this.connection = connection;
        }

        /** How many rows it changed. */
        int update(String sql, Object... values) throws SQLException {
            try (PreparedStatement statement = prepared(sql, values)) {
                statement.execute();
                return Math.max(0, statement.getUpdateCount());
            }
        }

        <T> List<T> list(String sql, Reader<T> reader, Object... values) throws SQLException {
            try (PreparedStatement statement = prepared(sql, values);
                    ResultSet rows = statement.executeQuery()) {
                List<T> all = new ArrayList<>();
                while (rows.next()) {
                    all.add(reader.read(rows));
                }
                return all;
            }
        }

        <T> Optional<T> first(String sql, Reader<T> reader, Object... values) throws SQLException {
            return list(sql, reader, values).stream().findFirst();
        }

        private PreparedStatement prepared(String sql, Object... values) throws SQLException {
            PreparedStatement statement = connection.prepareStatement(sql);
            try {
                statement.setQueryTimeout(timeoutSeconds);
                for (int i = 0; i < values.length; i++) {
                    statement.setObject(i + 1, values[i]);
                }
                return statement;
            } catch (SQLException e) {
                statement.close();
                throw e;
            }
        }
    }

    Database(DataSource source, int timeoutSeconds) {
        this.source = source;
        this.timeoutSeconds = timeoutSeconds;
    }

    /** Each statement is a transaction of its own. */
    <T> T run(String what, Work<T> work) {
        return attempt(what, () -> {
            try (Connection connection = source.getConnection()) {
                connection.setAutoCommit(true);
                return work.on(new Statements(connection));
            }
        });
    }

    /** All statements are one transaction. */
    <T> T atomically(String what, Work<T> work) {
        return attempt(what, () -> {
            try (Connection connection = source.getConnection()) {
                connection.setAutoCommit(false);
                try {
                    T result = work.on(new Statements(connection));
                    connection.commit();
                    return result;
                } catch (SQLException | RuntimeException e) {
                    connection.rollback();
                    throw e;
                } finally {
                    connection.setAutoCommit(true);
                }
            }
        });
    }

    private interface Attempt<T> {
        T make() throws SQLException;
    }

    private static <T> T attempt(String what, Attempt<T> attempt) {
        for (int i = 1; ; i++) {
            try {
                return attempt.make();
            } catch (SQLException e) {
                if (i == ATTEMPTS || e.getSQLState() == null || !TRY_AGAIN.contains(e.getSQLState())) {
                    throw new DatabaseException(what, e);
                }
            }
        }
    }
}
