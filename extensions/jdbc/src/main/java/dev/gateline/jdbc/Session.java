package dev.gateline.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A connection for as long as a piece of work takes. Values are {@code String}, {@code byte[]}, {@code Long} or {@code
 * Integer}.
 */
record Session(Connection connection, Dialect dialect) {

    /** In seconds; far below {@link ChangeLog#HOLE_TIME}, so that no change comes into sight when nobody waits for it. */
    private static final int STATEMENT_TIMEOUT = 5;

    /** Reads a row. */
    @FunctionalInterface
    interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** How many rows it changed; -1 of a query, whose rows are not looked at. */
    int update(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql)) {
            bind(statement, values);
            statement.execute();
            int rows = statement.getUpdateCount();
            StandbyWarning.check(statement.getWarnings());
            return rows;
        }
    }

    /** Runs a statement with many lists of values in one trip, where the driver can. */
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

    /** The number with which a write answers. */
    long written(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql)) {
            bind(statement, values);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                long number = rows.getLong(1);
                StandbyWarning.check(statement.getWarnings());
                return number;
            }
        }
    }

    /**
     * Reads rows, in no particular order.
     *
     * @param sql a query as {@link Dialect#attested} takes it
     * @throws ServerException if the server takes no writes: what it reads may be old
     */
    <T> List<T> query(Reading<T> reading, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(dialect.attested(sql))) {
            bind(statement, values);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> all = new ArrayList<>();
                while (rows.next()) {
                    checkTakesWrites(rows);
                    if (rows.getObject(1) != null) {
                        all.add(reading.of(rows));
                    }
                }
                return all;
            }
        }
    }

    private static void checkTakesWrites(ResultSet row) throws SQLException {
        if (row.getInt(Dialect.TAKES_WRITES) != 1) {
            throw ServerException.takesNoWrites();
        }
    }

    /** The number that a query finds; 0 if it finds no row. */
    long number(String sql, Object... values) throws SQLException {
        List<Long> numbers = query(row -> row.getLong(1), sql, values);
        return numbers.isEmpty() ? 0 : numbers.get(0);
    }

    boolean exists(String sql, Object... values) throws SQLException {
        return number(sql, values) != 0;
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
