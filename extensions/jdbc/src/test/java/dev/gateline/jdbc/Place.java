package dev.gateline.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A schema or database with Gateline's tables, and a pool of connections to it. */
final class Place implements AutoCloseable {
    private static final List<String> TABLES = List.of(
            "gateline_login",
            "gateline_login_lock",
            "gateline_revocation",
            "gateline_epoch",
            "gateline_key_ring",
            "gateline_rate_limit",
            "gateline_change",
            "gateline_mark");

    private final HikariDataSource pool;

    Place(String url) {
        this(url, true);
    }

    /** Without the tables, if they are there or can't be made. */
    Place(String url, boolean create) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(24);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(20_000);
        pool = new HikariDataSource(config);
        if (create) {
            storage().createIfMissing();
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    HikariDataSource pool() {
        return pool;
    }

    /** Forgets the connections that the server has closed as it was started again. */
    void reconnect() {
        pool.getHikariPoolMXBean().softEvictConnections();
    }

    /** One more node. */
    JdbcStorage storage() {
        return JdbcStorage.of(pool);
    }

    /** Opens the place with empty tables. */
    JdbcStorage empty() {
        TABLES.forEach(table -> run("DELETE FROM " + table));
        return storage();
    }

    int run(String sql) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    long number(String sql) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
