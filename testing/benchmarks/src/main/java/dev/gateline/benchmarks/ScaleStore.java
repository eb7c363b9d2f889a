package dev.gateline.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.gateline.jdbc.JdbcStorage;
import dev.gateline.redis.RedisStorage;
import dev.gateline.servers.PostgresServer;
import dev.gateline.servers.RedisServer;
import dev.gateline.servers.RedisServer.Version;
import dev.gateline.store.ChangeFeed;
import dev.gateline.store.LoginStore;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.SharedStorage;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A server for many nodes, with nothing in it. */
abstract class ScaleStore implements AutoCloseable {

    /** The kinds of servers. */
    enum Kind {
        REDIS("Redis"),
        POSTGRESQL("PostgreSQL");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }

        ScaleStore start() {
            return this == REDIS ? new OfRedis() : new OfPostgres();
        }
    }

    abstract int port();

    /** The processor time of the server. */
    abstract Duration cpuTime();

    /**
     * Connects one more node.
     *
     * @param atPort where the node finds the server
     * @param connections how many connections its pool may have, if it has a pool
     */
    abstract SharedStorage node(int atPort, int connections);

    /** Keeps a copy of all that it has. It may be started again for that. */
    abstract void keepCopy();

    /** Is killed, and starts with the copy: without its last writes. */
    abstract void goBackToCopy();

    /** Loses the changes that it has published, so that each node has a gap as soon as it looks. */
    abstract void loseChanges();

    @Override
    public abstract void close();

    private static final class OfRedis extends ScaleStore {
        private final RedisServer server = RedisServer.start(Version.V7);

        @Override
        int port() {
            return server.port();
        }

        @Override
        Duration cpuTime() {
            return server.cpuTime();
        }

        @Override
        SharedStorage node(int atPort, int connections) {
            return RedisStorage.builder("redis://127.0.0.1:" + atPort)
                    .timeout(Duration.ofSeconds(20))
                    .build();
        }

        @Override
        void keepCopy() {
            server.ask("SAVE");
        }

        @Override
        void goBackToCopy() {
            server.kill();
            server.start();
        }

        @Override
        void loseChanges() {
            server.ask("DEL", "gateline:feed:{shared}");
        }

        @Override
        public void close() {
            server.close();
        }
    }

    private static final class OfPostgres extends ScaleStore {
        private final PostgresServer server = new PostgresServer();

        OfPostgres() {
            try (SharedStorage first = node(server.port(), 2)) {
                JdbcStorage unused = ((Pooled) first).storage.createIfMissing();
            }
        }

        @Override
        int port() {
            return server.port();
        }

        @Override
        Duration cpuTime() {
            return server.cpuTime();
        }

        @Override
        SharedStorage node(int atPort, int connections) {
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(PostgresServer.url(atPort));
            config.setMaximumPoolSize(connections);
            config.setInitializationFailTimeout(-1);
            HikariDataSource pool = new HikariDataSource(config);
            return new Pooled(JdbcStorage.of(pool), pool);
        }

        @Override
        void keepCopy() {
            server.keepCopy();
        }

        @Override
        void goBackToCopy() {
            server.goBackToCopy();
        }

        @Override
        void loseChanges() {
            try (Connection connection = DriverManager.getConnection(PostgresServer.url(server.port()));
                    Statement statement = connection.createStatement()) {
                statement.execute("DELETE FROM gateline_change");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            server.close();
        }
    }

    /** A storage that closes its pool. */
    private record Pooled(JdbcStorage storage, HikariDataSource pool) implements SharedStorage {
        @Override
        public LoginStore logins() {
            return storage.logins();
        }

        @Override
        public RevocationStore revocations() {
            return storage.revocations();
        }

        @Override
        public ChangeFeed feed() {
            return storage.feed();
        }

        @Override
        public void close() {
            storage.close();
            pool.close();
        }
    }
}
