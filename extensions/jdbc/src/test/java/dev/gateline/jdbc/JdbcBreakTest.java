package dev.gateline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.gateline.LoginId;
import dev.gateline.internal.StoredText;
import dev.gateline.jdbc.JdbcFeedFaultsTest.Heard;
import dev.gateline.kit.ConnectionBreakContract;
import dev.gateline.servers.Await;
import dev.gateline.servers.MariadbServer;
import dev.gateline.servers.Wire;
import dev.gateline.store.Change;
import dev.gateline.store.ChangeFeed;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The feed when its connections break: it reads on if the log is provably the same, and tells of a gap otherwise. */
class JdbcBreakTest {
    private static final Duration SHORT = Duration.ofMillis(20);

    private final Logs logs = new Logs();

    @AfterEach
    void logAgain() {
        logs.close();
    }

    /** Through a cable. */
    abstract static class On extends ConnectionBreakContract {
        private final Logs logs = new Logs();
        private final Place place;
        private final Wire wire;
        private final HikariDataSource pool;

        On(TestDatabase database) {
            place = database.place();
            String url = place.pool().getJdbcUrl();
            wire = new Wire(port(url));
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(url.replaceFirst(":" + port(url) + "/", ":" + wire.port() + "/"));
            config.setMaximumPoolSize(4);
            config.setConnectionTimeout(300);
            pool = new HikariDataSource(config);
        }

        private static int port(String url) {
            return Integer.parseInt(
                    url.replaceFirst("jdbc:\\w+://localhost:", "").replaceFirst("/.*", ""));
        }

        @BeforeEach
        void empty() {
            place.empty();
        }

        @AfterEach
        void close() {
            pool.close();
            wire.close();
            logs.close();
        }

        @Override
        protected ChangeFeed connect() {
            return JdbcStorage.builder(pool).pollInterval(SHORT).build().feed();
        }

        @Override
        protected ChangeFeed connectForGood() {
            return place.storage().feed();
        }

        @Override
        protected void cut() {
            wire.cut();
        }

        @Override
        protected void mend() {
            wire.mend();
        }
    }

    @Nested
    class OnPostgresql extends On {
        OnPostgresql() {
            super(TestDatabase.POSTGRESQL);
        }
    }

    @Nested
    class OnMariadb extends On {
        OnMariadb() {
            super(TestDatabase.MARIADB);
        }
    }

    private static Change row(int number) {
        return new Change.OfRow(new LoginId("login-" + number));
    }

    /** Events while the connection of a node is broken. */
    private static void assertGap(int gaps, Place place, Runnable meanwhile) {
        assertGap(gaps, place, List.of(row(1), row(2)), meanwhile);
    }

    private static void assertGap(int gaps, Place place, List<Change> before, Runnable meanwhile) {
        SwitchedSource source = new SwitchedSource(place.pool());
        Heard heard = new Heard();
        try (JdbcStorage node =
                JdbcStorage.builder(source.source()).pollInterval(SHORT).build()) {
            node.feed().subscribe(heard);
            heard.awaitFresh();
            before.forEach(node.feed()::publish);
            heard.awaitFresh();
            source.off();
            int failures = source.failures();
            Await.until("failures", () -> source.failures() > failures + 2);

            meanwhile.run();
            source.on();
            heard.awaitFresh();
            heard.awaitFresh();
        }
        assertThat(heard.gaps()).isEqualTo(gaps);
    }

    private static void insert(Place place, Change change) {
        String what = HexFormat.of().formatHex(StoredText.bytes(change.write()));
        boolean postgresql = place.pool().getJdbcUrl().contains("postgresql");
        place.run("INSERT INTO gateline_change (what, published_at) VALUES ("
                + (postgresql ? "'\\x" + what + "'" : "X'" + what + "'") + ", 0)");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "H2")
    void connection_broken_isNoGap(TestDatabase database) {
        Place place = database.emptyPlace();
        assertGap(1, place, () -> insert(place, row(3)));
    }

    /** All runs of an H2 look alike. */
    @Test
    void connection_toH2Broken_isAGap() {
        assertGap(2, TestDatabase.H2.emptyPlace(), () -> {});
    }

    @ParameterizedTest
    @EnumSource
    void log_emptiedMeanwhile_isAGap(TestDatabase database) {
        Place place = database.emptyPlace();
        assertGap(2, place, () -> place.run("DELETE FROM gateline_change"));
    }

    /** An empty log looks like one that has lost everything. */
    @ParameterizedTest
    @EnumSource
    void log_emptyBefore_isAGap(TestDatabase database) {
        assertGap(2, database.emptyPlace(), List.of(), () -> {});
    }

    @ParameterizedTest
    @EnumSource
    void log_withoutTheLastEntryThatWasRead_isAGap(TestDatabase database) {
        Place place = database.emptyPlace();
        assertGap(2, place, () -> {
            place.run("DELETE FROM gateline_change WHERE id = (SELECT m FROM (SELECT MAX(id) AS m"
                    + " FROM gateline_change) newest)");
            insert(place, row(3));
        });
    }

    /** Other entries have the numbers of those that were read. */
    @ParameterizedTest
    @EnumSource
    void log_numberedAnew_isAGap(TestDatabase database) {
        Place place = database.emptyPlace();
        place.run(numberedAnew(database));
        assertGap(2, place, () -> {
            place.run("DELETE FROM gateline_change");
            place.run(numberedAnew(database));
            insert(place, row(3));
            insert(place, row(4));
            insert(place, row(5));
        });
    }

    private static String numberedAnew(TestDatabase database) {
        return "ALTER TABLE gateline_change "
                + (database == TestDatabase.MARIADB ? "AUTO_INCREMENT = 1" : "ALTER COLUMN id RESTART WITH 1");
    }

    /** All that was read is still there. The server may have lost entries behind it. */
    @Test
    void mariadb_restarted_isAGap() {
        MariadbServer.Own server = MariadbServer.own();
        try (Place place = new Place(server.url("gateline"))) {
            assertGap(2, place, () -> {
                server.restart();
                place.reconnect();
            });
        }
    }
}
