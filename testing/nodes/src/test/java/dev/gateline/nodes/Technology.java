package dev.gateline.nodes;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.gateline.jdbc.JdbcStorage;
import dev.gateline.redis.RedisStorage;
import dev.gateline.servers.Await;
import dev.gateline.servers.PostgresServer;
import dev.gateline.servers.RedisServer;
import dev.gateline.servers.RedisServer.Version;
import dev.gateline.servers.Server;
import dev.gateline.store.SharedStorage;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/** The servers that keep the storage of all nodes. */
enum Technology {

    /** Writes down each change before it answers, as a Redis must that is to lose none when it is killed. */
    REDIS {
        @Override
        Server start() {
            return RedisServer.start(Version.V7, List.of("--appendonly", "yes", "--appendfsync", "no"));
        }

        @Override
        SharedStorage connect(int port) {
            return RedisStorage.builder("redis://127.0.0.1:" + port)
                    .timeout(Duration.ofMillis(500))
                    .build();
        }

        @Override
        void empty(Server server) {
            ((RedisServer) server).ask("FLUSHALL");
        }

        @Override
        List<String> wordsOfTheFeed() {
            return List.of("XREAD");
        }

        @Override
        List<String> wordsOfTheStores() {
            return List.of(":login:", ":subject:", ":revocations:{shared}:");
        }
    },
    POSTGRESQL {
        @Override
        Server start() {
            PostgresServer server = new PostgresServer();
            try (HikariDataSource pool = pool(server.port())) {
                JdbcStorage.of(pool).createIfMissing();
            }
            return server;
        }

        @Override
        SharedStorage connect(int port) {
            HikariDataSource pool = pool(port);
            return new Pooled(JdbcStorage.of(pool), pool);
        }

        @Override
        void empty(Server server) {
            Await.until("the tables are empty", () -> isEmptied(server.port()));
        }

        // Not if it runs into a deadlock with what goes on.
        private static boolean isEmptied(int port) {
            try (Connection connection = DriverManager.getConnection(PostgresServer.url(port));
                    Statement statement = connection.createStatement()) {
                statement.execute("TRUNCATE gateline_login, gateline_login_lock, gateline_revocation, gateline_epoch,"
                        + " gateline_change, gateline_mark");
                return true;
            } catch (SQLException e) {
                return false;
            }
        }

        // without named statements, so that the cable can tell what a node says
        private HikariDataSource pool(int port) {
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(PostgresServer.url(port) + "&prepareThreshold=0&connectTimeout=1&socketTimeout=1");
            config.setMaximumPoolSize(8);
            config.setConnectionTimeout(800);
            config.setInitializationFailTimeout(-1);
            return new HikariDataSource(config);
        }

        @Override
        List<String> wordsOfTheFeed() {
            return List.of("LISTEN", "published_at FROM gateline_change");
        }

        @Override
        List<String> wordsOfTheStores() {
            return List.of("gateline_login", "gateline_revocation");
        }
    };

    /** Starts a server of one's own. */
    abstract Server start();

    /** One more node's connections. */
    abstract SharedStorage connect(int port);

    /** Takes everything out of a server that runs. */
    abstract void empty(Server server);

    /** The words of a node that asks for changes. */
    abstract List<String> wordsOfTheFeed();

    /** The words of a node that asks for logins and revocations. */
    abstract List<String> wordsOfTheStores();
}
