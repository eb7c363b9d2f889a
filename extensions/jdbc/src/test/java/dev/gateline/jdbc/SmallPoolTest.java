package dev.gateline.jdbc;

import static dev.gateline.LoginLimit.UNLIMITED;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.gateline.kit.Rows;
import dev.gateline.near.NearStorage;
import dev.gateline.servers.Await;
import dev.gateline.store.LoginRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The listener of PostgreSQL takes its connection from the pool of the application, and leaves enough of it. */
class SmallPoolTest {
    private static final String LISTENERS = "SELECT COUNT(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN gateline%'";
    private final Place place = TestDatabase.POSTGRESQL.place();

    private HikariDataSource pool(int size) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(place.pool().getJdbcUrl());
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(1_000);
        return new HikariDataSource(config);
    }

    @Test
    void listen_poolOfOneConnection_isGivenUpWithAWarningAndAllElseWorks() {
        place.empty();
        try (Logs logs = new Logs();
                HikariDataSource pool = pool(1);
                NearStorage node = NearStorage.over(JdbcStorage.of(pool))) {
            Await.until("a warning", () -> !logs.warnings().isEmpty());

            LoginRow row = Rows.of("ada");
            node.logins().insert(row, UNLIMITED, Set.of(), Instant.now());
            assertThat(node.logins().find(row.id())).contains(row);
            assertThat(logs.warnings())
                    .filteredOn(it -> it.contains("listening"))
                    .singleElement()
                    .asString()
                    .contains("give the pool at least two connections");
        }
    }

    /** The application has taken all connections but one while the node starts. */
    @Test
    void listen_poolThatWasBusyAtTheStart_listensOnceTwoCallsHaveHadAConnectionAtATime() throws SQLException {
        place.empty();
        try (Logs logs = new Logs();
                HikariDataSource pool = pool(2)) {
            Connection busy = pool.getConnection();
            try (NearStorage node = NearStorage.over(JdbcStorage.of(pool))) {
                Await.until("a warning", () -> !logs.warnings().isEmpty());
                busy.close();

                Await.until("a listener", () -> {
                    List.of(Rows.of("ada"), Rows.of("bob")).parallelStream()
                            .forEach(row -> node.logins().insert(row, UNLIMITED, Set.of(), Instant.now()));
                    return place.number(LISTENERS) == 1;
                });
            }
        }
    }

    @Test
    void listen_poolOfTwoConnections_listens() {
        place.empty();
        try (HikariDataSource pool = pool(2);
                NearStorage node = NearStorage.over(JdbcStorage.of(pool))) {
            Await.until("a listener", () -> place.number(LISTENERS) == 1);

            LoginRow row = Rows.of("ada");
            node.logins().insert(row, UNLIMITED, Set.of(), Instant.now());
            assertThat(node.logins().find(row.id())).contains(row);
        }
    }

    /**
     * A connection that was broken on purpose would be closed by the pool with a warning, and one that listens would be
     * used.
     */
    @Test
    void close_overHikari_givesTheConnectionBackHealthyAndNotListening() throws SQLException {
        place.empty();
        try (HikariDataSource pool = pool(2)) {
            NearStorage node = NearStorage.over(JdbcStorage.of(pool));
            Await.until("a listener", () -> place.number(LISTENERS) == 1);
            int open = pool.getHikariPoolMXBean().getTotalConnections();

            node.close();

            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
            assertThat(pool.getHikariPoolMXBean().getTotalConnections()).isEqualTo(open);
            try (Connection one = pool.getConnection();
                    Connection other = pool.getConnection()) {
                assertThat(channels(one) + channels(other)).isZero();
            }
        }
    }

    private static int channels(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT COUNT(*) FROM pg_listening_channels()")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
