package dev.gateline.jdbc;

import dev.gateline.servers.MariadbServer;
import dev.gateline.servers.PostgresServer;
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

    private static final Map<String, Place> PLACES = new ConcurrentHashMap<>();

    /** Where the tests are as a rule. */
    Place place() {
        return place("gateline");
    }

    /** The same place, with empty tables. */
    Place emptyPlace() {
        Place place = place();
        place.empty();
        return place;
    }

    /** Another place, for tests that need two. */
    Place place(String name) {
        return PLACES.computeIfAbsent(name() + ' ' + name, key -> open(name));
    }

    /** On another server; of H2, another database. */
    Place elsewhere() {
        return PLACES.computeIfAbsent(name() + " on another server", key -> switch (this) {
            case H2 -> open("elsewhere");
            case POSTGRESQL -> new Place(new PostgresServer().url());
            case MARIADB -> new Place(MariadbServer.urlOfAnother("gateline"));
        });
    }

    /** A server that checks the rights of its users. */
    Place withRights() {
        return this == MARIADB ? new Place(MariadbServer.urlWithRights("gateline")) : place();
    }

    private Place open(String name) {
        return switch (this) {
            case H2 -> new Place("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000");
            case POSTGRESQL -> {
                String url = PostgresServer.shared().url();
                createSchema(url, name);
                yield new Place(url + "&currentSchema=" + name);
            }
            case MARIADB -> new Place(MariadbServer.url(name));
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
}
