package dev.gateline.nodes;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.gateline.jdbc.JdbcStorage;
import dev.gateline.redis.RedisStorage;
import dev.gateline.servers.PostgresServer;
import dev.gateline.servers.RedisServer;
import dev.gateline.spi.SharedStorage;
import java.time.Duration;
import java.util.List;

/** What keeps the storage that all nodes share. */
enum Technology {
    REDIS {
        @Override
        Server start() {
            return new OnRedis();
        }
    },
    POSTGRESQL {
        @Override
        Server start() {
            return new OnPostgres();
        }
    };

    /** Starts a server of one's own. */
    abstract Server start();

    /** A server, and what to do to it. */
    interface Server extends AutoCloseable {

        /** One more node's connections, by a cable of its own. */
        SharedStorage connect(int port);

        int port();

        void start();

        /** As {@code kill -9}. */
        void kill();

        /** As an operator does it. */
        void restart();

        void freeze();

        void thaw();

        /** What a node says when it asks for changes. */
        List<String> wordsOfTheFeed();

        /** What it says when it asks for logins and revocations. */
        List<String> wordsOfTheStores();

        @Override
        void close();
    }

    /** Writes down each change before it answers, as a Redis must that is to lose none when it is killed. */
    private static final class OnRedis implements Server {
        private final RedisServer server =
                RedisServer.start(RedisServer.Version.V7, List.of("--appendonly", "yes", "--appendfsync", "no"));

        @Override
        public SharedStorage connect(int port) {
            return RedisStorage.builder("redis://127.0.0.1:" + port)
                    .timeout(Duration.ofMillis(500))
                    .build();
        }

        @Override
        public int port() {
            return server.port();
        }

        @Override
        public void start() {
            server.start();
        }

        @Override
        public void kill() {
            server.kill();
        }

        @Override
        public void restart() {
            server.stop();
            server.start();
        }

        @Override
        public void freeze() {
            server.freeze();
        }

        @Override
        public void thaw() {
            server.thaw();
        }

        @Override
        public List<String> wordsOfTheFeed() {
            return List.of("XREAD");
        }

        @Override
        public List<String> wordsOfTheStores() {
            return List.of(":login:", ":subject:", ":{revocations}:");
        }

        @Override
        public String toString() {
            return "Redis";
        }

        @Override
        public void close() {
            server.close();
        }
    }

    private static final class OnPostgres implements Server {
        private final PostgresServer server = new PostgresServer();

        OnPostgres() {
            try (HikariDataSource pool = pool(server.port())) {
                JdbcStorage.of(pool).createIfMissing();
            }
        }

        /** Without named statements, so that the cable can tell what a node says. */
        private HikariDataSource pool(int port) {
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(server.url(port) + "&prepareThreshold=0&connectTimeout=1&socketTimeout=1");
            config.setMaximumPoolSize(8);
            config.setConnectionTimeout(800);
            config.setInitializationFailTimeout(-1);
            return new HikariDataSource(config);
        }

        @Override
        public SharedStorage connect(int port) {
            HikariDataSource pool = pool(port);
            JdbcStorage storage = JdbcStorage.of(pool);
            return new Pooled(storage, pool);
        }

        @Override
        public int port() {
            return server.port();
        }

        @Override
        public void start() {
            server.start();
        }

        @Override
        public void kill() {
            server.kill();
        }

        @Override
        public void restart() {
            server.stop();
            server.start();
        }

        @Override
        public void freeze() {
            server.freeze();
        }

        @Override
        public void thaw() {
            server.thaw();
        }

        @Override
        public List<String> wordsOfTheFeed() {
            return List.of("LISTEN", "SELECT id, what FROM gateline_change");
        }

        @Override
        public List<String> wordsOfTheStores() {
            return List.of("gateline_login", "gateline_revocation");
        }

        @Override
        public String toString() {
            return "PostgreSQL";
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
