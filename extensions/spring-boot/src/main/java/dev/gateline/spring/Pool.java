package dev.gateline.spring;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** A pool of connections for logins alone. */
final class Pool {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private Pool() {}

    /**
     * Opens no connection yet, so the database may be down.
     *
     * @param to where the application's pool connects
     * @param size at least 2, because PostgreSQL takes one to listen
     */
    static HikariDataSource of(JdbcConnectionDetails to, @Nullable Integer size) {
        if (size == null || size < 2) {
            throw new IllegalArgumentException("pool size: at least 2 connections, was " + size);
        }
        HikariConfig config = new HikariConfig();
        config.setPoolName("gateline");
        config.setJdbcUrl(to.getJdbcUrl());
        config.setUsername(to.getUsername());
        config.setPassword(to.getPassword());
        config.setDriverClassName(to.getDriverClassName());
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(PATIENCE.toMillis());
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }
}
