package dev.gateline.jdbc;

import static dev.gateline.LoginLimit.UNLIMITED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthUnavailableException;
import dev.gateline.LoginId;
import dev.gateline.internal.StoredText;
import dev.gateline.kit.Patience;
import dev.gateline.kit.Rows;
import dev.gateline.store.Change;
import dev.gateline.store.ChangeFeed;
import dev.gateline.store.LoginRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** The feed when something is in its way, and how fast it is when nothing is. */
class JdbcFeedFaultsTest {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final String GAP = "gap";
    private static final String FRESH = "fresh";

    private final Logs logs = new Logs();
    private final List<JdbcStorage> nodes = new ArrayList<>();

    @AfterEach
    void closeNodes() {
        nodes.forEach(JdbcStorage::close);
        logs.close();
    }

    private JdbcStorage node(TestDatabase database, Duration interval) {
        return node(JdbcStorage.builder(database.place().pool()).pollInterval(interval));
    }

    private JdbcStorage node(JdbcStorageBuilder builder) {
        JdbcStorage node = builder.build();
        nodes.add(node);
        return node;
    }

    /** The messages that a node has heard, in order, with the first of several proofs in a row. Thread-safe. */
    static final class Heard implements ChangeFeed.Subscriber {
        private final List<String> all = new CopyOnWriteArrayList<>();
        private volatile long fresh = System.nanoTime();
        private volatile String failing = "";

        @Override
        public void changed(Change change) {
            hear(change.write());
        }

        @Override
        public void gap() {
            hear(GAP);
        }

        @Override
        public void freshAsOf(long nanos) {
            if (!all.get(all.size() - 1).equals(FRESH)) {
                hear(FRESH);
            }
            fresh = nanos;
        }

        private void hear(String what) {
            all.add(what);
            if (what.equals(failing)) {
                failing = "";
                throw new AssertionError("thrown by a subscriber, as it was told to");
            }
        }

        long gaps() {
            return all.stream().filter(GAP::equals).count();
        }

        boolean isFreshAsOf(long nanos) {
            return fresh - nanos >= 0;
        }

        boolean has(Change change) {
            return all.contains(change.write());
        }

        Heard awaitFresh() {
            long now = System.nanoTime();
            Patience.await("fresh", () -> fresh - now > 0);
            return this;
        }
    }

    private static Heard listening(JdbcStorage node) {
        Heard heard = new Heard();
        node.feed().subscribe(heard);
        return heard.awaitFresh();
    }

    private static Change row(int number) {
        return new Change.OfRow(new LoginId("login-" + number));
    }

    /** A change whose number is taken, and which is not in sight until the transaction ends. */
    private static void begin(Connection connection, Change change) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT INTO gateline_change (what, published_at) VALUES (?, 0)")) {
            statement.setBytes(1, StoredText.bytes(change.write()));
            statement.executeUpdate();
        }
    }

    @ParameterizedTest
    @EnumSource
    void publish_committedAfterHigherNumbers_isDelivered(TestDatabase database) throws SQLException {
        database.place().empty();
        JdbcStorage node = node(database, SHORT);
        Heard heard = listening(node);
        try (Connection late = database.place().pool().getConnection();
                Connection never = database.place().pool().getConnection()) {
            begin(never, row(0));
            begin(late, row(1));
            for (int i = 2; i < 5; i++) {
                node.feed().publish(row(i));
            }
            heard.awaitFresh();
            assertThat(heard.has(row(4))).isTrue();
            assertThat(heard.has(row(1))).isFalse();

            never.rollback();
            late.commit();
            late.setAutoCommit(true);
            never.setAutoCommit(true);
        }

        heard.awaitFresh();
        assertThat(heard.all.stream().filter(what -> !what.equals(FRESH)))
                .containsExactly(GAP, row(2).write(), row(3).write(), row(4).write(), row(1).write());
    }

    /** Its number is lower than what the reader started at. */
    @ParameterizedTest
    @EnumSource
    void subscribe_whileAPublicationIsOnItsWay_hearsOfIt(TestDatabase database) throws SQLException {
        database.place().empty();
        JdbcStorage node = node(database, SHORT);
        try (Connection late = database.place().pool().getConnection()) {
            begin(late, row(1));
            node.feed().publish(row(2));
            Heard heard = listening(node);
            late.commit();
            late.setAutoCommit(true);
            heard.awaitFresh();

            assertThat(heard.has(row(1))).isTrue();
            assertThat(heard.has(row(2))).as("what was there before the gap").isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void publish_moreThanAPage_allArriveInOrder(TestDatabase database) throws SQLException {
        database.place().empty();
        Heard heard = listening(node(database, SHORT));
        List<String> expected = new ArrayList<>(List.of(GAP));
        try (Connection connection = database.place().pool().getConnection()) {
            for (int i = 0; i < 2_345; i++) {
                begin(connection, row(i));
                expected.add(row(i).write());
            }
            connection.commit();
            connection.setAutoCommit(true);
        }

        heard.awaitFresh();
        assertThat(heard.all.stream().filter(what -> !what.equals(FRESH))).containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @EnumSource
    void outage_always_stopsFreshnessAndEndsWithAGap(TestDatabase database) {
        database.place().empty();
        SwitchedSource source = new SwitchedSource(database.place().pool());
        JdbcStorage node = node(JdbcStorage.builder(source.source()).pollInterval(SHORT));
        Heard heard = listening(node);

        source.off();
        int before = source.failures();
        Patience.await("failures", () -> source.failures() > before + 2);
        long down = System.nanoTime();
        assertThatThrownBy(() -> node.feed().publish(row(1))).isInstanceOf(AuthUnavailableException.class);
        node(database, SHORT).feed().publish(row(2));
        Patience.await("failures", () -> source.failures() > before + 4);
        assertThat(heard.fresh - down).as("fresh while the database is down").isNegative();
        assertThat(heard.gaps()).isEqualTo(1);

        source.on();
        heard.awaitFresh();
        node.feed().publish(row(3));
        heard.awaitFresh();

        assertThat(heard.gaps()).isEqualTo(2);
        assertThat(heard.all.subList(heard.all.lastIndexOf(GAP), heard.all.size()))
                .containsSubsequence(GAP, FRESH, row(3).write(), FRESH);
    }

    @ParameterizedTest
    @EnumSource
    void failOver_thatReplacedWhatWasRead_isAGap(TestDatabase database) {
        database.place().empty();
        JdbcStorage node = node(database, SHORT);
        Heard heard = listening(node);
        node.feed().publish(row(1));
        node.feed().publish(row(2));
        heard.awaitFresh();

        String other = database == TestDatabase.POSTGRESQL ? "'\\x52'" : "X'52'";
        database.place().run("UPDATE gateline_change SET what = " + other);

        Patience.await("a gap", () -> heard.gaps() == 2);
        heard.awaitFresh();
        assertThat(heard.gaps()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void publish_whatNoVersionCanRead_isAGapAndNotTheEnd(TestDatabase database) throws SQLException {
        database.place().empty();
        JdbcStorage node = node(database, SHORT);
        Heard heard = listening(node);
        String other = database == TestDatabase.POSTGRESQL ? "'\\x52'" : "X'52'";
        database.place().run("INSERT INTO gateline_change (what, published_at) VALUES (" + other + ", 0)");

        Patience.await("a gap", () -> heard.gaps() == 2);
        node.feed().publish(row(1));
        heard.awaitFresh();
        assertThat(heard.has(row(1))).isTrue();
        assertThat(heard.gaps()).isEqualTo(2);
    }

    @Test
    void changed_thatThrows_isAGapForThatSubscriberOnly() {
        TestDatabase.H2.place().empty();
        JdbcStorage node = node(TestDatabase.H2, SHORT);
        Heard good = listening(node);
        Heard bad = listening(node);
        bad.failing = row(1).write();

        node.feed().publish(row(1));
        node.feed().publish(row(2));
        bad.awaitFresh();
        good.awaitFresh();

        assertThat(bad.gaps()).isEqualTo(2);
        assertThat(good.all.stream().filter(what -> !what.equals(FRESH)))
                .containsExactly(GAP, row(1).write(), row(2).write());
    }

    /** By its own publication on any database, by a notification on PostgreSQL. */
    @ParameterizedTest
    @EnumSource
    void publish_longInterval_wakesTheReader(TestDatabase database) {
        database.place().empty();
        JdbcStorage node = node(database, LONG);
        JdbcStorage other = node(database, LONG);
        Heard here = listening(node);
        Heard there = listening(other);
        Patience.await("a listener", () -> database != TestDatabase.POSTGRESQL || listeners() == 2);
        int times = 20;
        long start = System.nanoTime();
        for (int i = 0; i < times; i++) {
            Change change = row(i);
            node.feed().publish(change);
            Patience.await("here", () -> here.has(change));
            Patience.await("there", () -> database != TestDatabase.POSTGRESQL || there.has(change));
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONG.dividedBy(2));
    }

    private static long listeners() {
        return TestDatabase.POSTGRESQL
                .place()
                .number("SELECT COUNT(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN gateline%'");
    }

    /** Commits with a notification can't share a flush to the disk. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void publish_changesAllTheTime_notifiesAFewTimesASecond(boolean listens) throws SQLException {
        TestDatabase.POSTGRESQL.place().empty();
        JdbcStorage node = node(TestDatabase.POSTGRESQL, LONG);
        JdbcStorage other = node(TestDatabase.POSTGRESQL, LONG);
        if (listens) {
            listening(node);
        }
        Heard there = listening(other);
        Patience.await("a listener", () -> listeners() == (listens ? 2 : 1));
        try (Connection connection = TestDatabase.POSTGRESQL.place().pool().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("LISTEN gateline_change");
            long start = System.nanoTime();
            int changes = 500;
            for (int i = 0; i < changes; i++) {
                node.feed().publish(row(i));
            }
            long took = Duration.ofNanos(System.nanoTime() - start).toMillis();

            Patience.await("delivery", () -> there.has(row(changes - 1)));
            int notifications = connection.unwrap(PGConnection.class).getNotifications(100).length;
            statement.execute("UNLISTEN gateline_change");
            assertThat(notifications).isBetween(1, (int) (took / 140) + 1);
        }
    }

    @Test
    void listenConnection_killed_losesNothingAndComesBack() {
        Place place = TestDatabase.POSTGRESQL.emptyPlace();
        JdbcStorage node = node(TestDatabase.POSTGRESQL, LONG);
        Heard heard = listening(node);
        JdbcStorage other = node(TestDatabase.POSTGRESQL, LONG);
        Patience.await("a listener", () -> listeners() == 1);

        for (int i = 0; i < 3; i++) {
            long killed = place.number("SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity"
                    + " WHERE query LIKE 'LISTEN gateline%'");
            assertThat(killed).isEqualTo(1);
            Change change = row(i);
            other.feed().publish(change);
            Patience.await("delivery", () -> heard.has(change));
            Patience.await("a listener", () -> listeners() == 1);
        }
        assertThat(heard.gaps()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void close_always_stopsTheThreadsAndLeavesTheStoresUsable(TestDatabase database) {
        database.place().empty();
        JdbcStorage node = node(database, LONG);
        listening(node);
        long start = System.nanoTime();

        node.close();
        node.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONG.dividedBy(2));
        Patience.await(
                "no thread",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("gateline-jdbc")));
        LoginRow row = Rows.of("ada");
        assertThat(node.logins().insert(row, UNLIMITED, Set.of(), Rows.NOW)).isTrue();
        node.logins().delete(row.id());
        assertThatThrownBy(() -> node.feed().subscribe(new Heard())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void outage_manyRounds_isLoggedOnceEachWay() {
        TestDatabase.H2.place().empty();
        SwitchedSource source = new SwitchedSource(TestDatabase.H2.place().pool());
        Heard heard = listening(node(JdbcStorage.builder(source.source()).pollInterval(SHORT)));

        source.off();
        Patience.await("failures", () -> source.failures() > 3);
        source.on();
        heard.awaitFresh();

        assertThat(logs.warnings())
                .singleElement()
                .asString()
                .startsWith("the change feed is lost: can't read the changes");
        assertThat(logs.messages(Level.INFO)).containsExactly("the change feed is back");
    }

    @Test
    void error_ofTheDriver_isLoggedAndEndsNoThread() {
        TestDatabase.H2.place().empty();
        SwitchedSource source = new SwitchedSource(TestDatabase.H2.place().pool());
        Heard heard = listening(node(JdbcStorage.builder(source.source()).pollInterval(SHORT)));

        source.broken();
        Patience.await("failures", () -> source.failures() > 3);
        source.on();
        heard.awaitFresh();

        assertThat(logs.warnings())
                .singleElement()
                .asString()
                .contains("the change feed is lost", "NoClassDefFoundError: a class of the driver");
        assertThat(heard.gaps()).isEqualTo(2);
    }

    @Test
    void pollInterval_outOfBounds_isRefused() {
        JdbcStorageBuilder builder = JdbcStorage.builder(TestDatabase.H2.place().pool());

        assertThatThrownBy(() -> builder.pollInterval(Duration.ofMillis(9)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT0.009S");
        assertThatThrownBy(() -> builder.pollInterval(Duration.ofMillis(10_001)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(builder.pollInterval(Duration.ofMillis(10))).isNotNull();
        assertThat(builder.pollInterval(Duration.ofSeconds(10))).isNotNull();
    }
}
