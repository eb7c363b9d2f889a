package dev.gateline.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import javax.sql.DataSource;

/** Real databases, one server of each for all tests of this process, and no tables in them as a test begins. */
enum Databases {
    POSTGRESQL {
        @Override
        String emptied() {
            String url = Server.POSTGRES.getJdbcUrl("postgres", "postgres");
            try (Connection connection = DriverManager.getConnection(url);
                    Statement statement = connection.createStatement()) {
                statement.execute("DROP TABLE IF EXISTS gateline_login, gateline_revocation, gateline_lock,"
                        + " gateline_change, gateline_key_ring");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return url;
        }
    },
    H2 {
        @Override
        String emptied() {
            return "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000";
        }
    };

    /** Started at the first use; it ends with the process. */
    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "300")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    abstract String emptied();

    /** An empty database, and a pool of connections to it. */
    HikariDataSource create() {
        return pool(emptied());
    }

    /** One more node's pool. */
    static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(0);
        config.setIdleTimeout(10_000);
        config.setConnectionTimeout(20_000);
        return new HikariDataSource(config);
    }

    /** Tables and all. Contracts have clocks of their own: this one lets nothing expire. */
    static JdbcStorage storage(DataSource source) {
        return JdbcStorage.builder(source)
                .clock(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))
                .build()
                .createIfMissing();
    }
}
