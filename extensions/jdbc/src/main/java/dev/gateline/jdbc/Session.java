package dev.gateline.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
            return statement.getUpdateCount();
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
        }
    }

    <T> List<T> query(Reading<T> reading, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql)) {
            bind(statement, values);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> all = new ArrayList<>();
                while (rows.next()) {
                    all.add(reading.of(rows));
                }
                return all;
            }
        }
    }

    /**
     * A query whose answer can be told from that of any other: each row begins with the question, and there is a row even if
     * nothing matches.
     *
     * @param columns the first is null only if nothing matches
     */
    static String asking(String question, String columns, String table, String condition) {
        return "SELECT '" + question + "', " + columns + " FROM (SELECT 1 AS one) asked LEFT JOIN " + table + " ON "
                + condition;
    }

    /**
     * What matches.
     *
     * @param reading reads a row from its second column on
     * @param sql as {@link #asking} makes it
     */
    <T> List<T> answers(String question, Reading<T> reading, String sql, Object... values) throws SQLException {
        List<Optional<T>> rows = query(row -> answer(question, reading, row), sql, values);
        if (rows.isEmpty()) {
            throw new OddAnswer(question);
        }
        return rows.stream().flatMap(Optional::stream).toList();
    }

    private static <T> Optional<T> answer(String question, Reading<T> reading, ResultSet row) throws SQLException {
        if (!question.equals(row.getString(1))) {
            throw new OddAnswer(question);
        }
        return row.getObject(2) == null ? Optional.empty() : Optional.of(reading.of(row));
    }

    /** The one number that answers a question. */
    long count(String question, String sql, Object... values) throws SQLException {
        return only(question, answers(question, row -> row.getLong(2), sql, values));
    }

    /** The number in the one row that a statement has. */
    long number(String sql, Object... values) throws SQLException {
        return only("a number", query(row -> row.getLong(1), sql, values));
    }

    /** The number that MariaDB keeps with the connection, of the statement that made it. */
    long lastNumber(String sql, Object... values) throws SQLException {
        changed(sql, values);
        return number("SELECT LAST_INSERT_ID()");
    }

    private static long only(String question, List<Long> numbers) throws SQLException {
        if (numbers.size() != 1) {
            throw new OddAnswer(question);
        }
        return numbers.get(0);
    }

    /** Changes one row. Returns false if there is none to change. */
    boolean changedOne(String sql, Object... values) throws SQLException {
        int rows = changed(sql, values);
        if (rows > 1) {
            throw new OddAnswer("change one row");
        }
        return rows == 1;
    }

    /** How many rows it changed. */
    int changed(String sql, Object... values) throws SQLException {
        int rows = update(sql, values);
        if (rows < 0) {
            throw new OddAnswer("change rows");
        }
        return rows;
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
