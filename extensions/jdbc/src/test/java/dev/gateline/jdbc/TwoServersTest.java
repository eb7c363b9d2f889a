package dev.gateline.jdbc;

import static dev.gateline.LoginLimit.UNLIMITED;
import static dev.gateline.kit.Rows.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.gateline.AuthUnavailableException;
import dev.gateline.LoginId;
import dev.gateline.jdbc.JdbcFeedFaultsTest.Heard;
import dev.gateline.kit.Rows;
import dev.gateline.servers.Await;
import dev.gateline.store.Change;
import dev.gateline.store.LoginRow;
import dev.gateline.store.Revocation;
import dev.gateline.store.Standing;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * A pool during a fail-over: some of its connections lead to the old primary, which nobody has stopped, and some to the
 * new.
 */
class TwoServersTest {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Change CHANGE = new Change.OfRow(new LoginId("login"));

    private final Logs logs = new Logs();
    private final Heard heard = new Heard();
    private volatile Place ofFeed = TestDatabase.H2.place();
    private volatile Place ofStores = TestDatabase.H2.place();
    private final JdbcStorage node =
            JdbcStorage.builder(source()).pollInterval(LONG).build();

    private DataSource source() {
        return (DataSource) Proxy.newProxyInstance(
                TwoServersTest.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, args) -> {
                    boolean feed = Thread.currentThread().getName().startsWith("gateline-jdbc");
                    try {
                        return method.invoke((feed ? ofFeed : ofStores).pool(), args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @AfterEach
    void closeNode() {
        node.close();
        logs.close();
    }

    private void begin(TestDatabase database) {
        database.place().empty();
        database.elsewhere().empty();
        ofFeed = database.place();
        ofStores = database.place();
        node.feed().subscribe(heard);
        heard.awaitFresh();
    }

    private static void assertIsAnOutage(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(AuthUnavailableException.class)
                .hasMessageContaining("different servers")
                .hasMessageContaining("DataSource");
    }

    @ParameterizedTest
    @EnumSource
    void find_atAnotherServerThanTheFeed_isAnOutageAndAGap(TestDatabase database) {
        begin(database);
        LoginRow row = Rows.of("ada");
        node.logins().insert(row, UNLIMITED, Set.of(), NOW);
        assertThat(node.logins().find(row.id())).contains(row);

        ofStores = database.elsewhere();

        assertIsAnOutage(() -> node.logins().find(row.id()));
        Await.until("a gap", () -> heard.gaps() > 1);
    }

    /** H2 has one process for each database, and no fail-over. */
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "H2")
    void publish_atAnotherServerThanTheFeed_isAnOutageAndAGap(TestDatabase database) {
        begin(database);
        ofStores = database.elsewhere();

        assertIsAnOutage(() -> node.feed().publish(CHANGE));

        Await.until("a gap", () -> heard.gaps() > 1);
    }

    @Test
    void write_atAnotherPostgresqlThanTheFeed_isAnOutageAndIsNotMade() {
        begin(TestDatabase.POSTGRESQL);
        JdbcStorage elsewhere = TestDatabase.POSTGRESQL.elsewhere().storage();
        LoginRow row = Rows.of("ada");
        elsewhere.logins().insert(row, UNLIMITED, Set.of(), NOW);
        ofStores = TestDatabase.POSTGRESQL.elsewhere();

        assertIsAnOutage(() -> node.revocations().revoke(Revocation.ofToken("t", NOW.plusSeconds(60)), NOW));
        assertIsAnOutage(() -> node.revocations().raiseEpoch("gs_ ada", 0, NOW, NOW.plusSeconds(60)));
        assertIsAnOutage(() -> node.logins().touch(row.id(), NOW.plusSeconds(1)));
        assertIsAnOutage(() -> node.logins().replace(Rows.next(row, NOW), row.version(), NOW));
        assertIsAnOutage(() -> node.logins().delete(row.id()));
        assertIsAnOutage(() -> node.logins().insert(Rows.of("ada"), UNLIMITED, Set.of(), NOW));
        assertIsAnOutage(() -> node.logins().insert(Rows.of("ada"), 3, Set.of(), NOW));
        assertThat(elsewhere.logins().findBySubject("gs_", "ada")).containsExactly(row);
        assertIsAnOutage(() -> node.logins().touchAll(Map.of(row.id(), NOW.plusSeconds(1)), Duration.ZERO));
        assertIsAnOutage(() -> node.logins().deleteAll(List.of(row.id())));
        assertIsAnOutage(() ->
                node.revocations().revokeAll(List.of(Revocation.ofToken("t", NOW.plusSeconds(60))), NOW));
        assertIsAnOutage(() -> node.feed().publishAll(List.of(CHANGE, CHANGE)));
        assertIsAnOutage(() -> node.revocations().vouch(Standing.UNMEASURED));
        assertThat(TestDatabase.POSTGRESQL
                        .elsewhere()
                        .number("SELECT (SELECT COUNT(*) FROM gateline_epoch) + (SELECT COUNT(*) FROM gateline_mark)"
                                + " + (SELECT COUNT(*) FROM gateline_change)"))
                .isZero();
        elsewhere.revocations().forEachLive(NOW, it -> fail("made elsewhere: " + it));
    }

    /** Both logs are empty, so that nothing but the server tells them apart. */
    @ParameterizedTest
    @EnumSource
    void feed_movedToAnotherServer_isAGapAndTheStoresMoveWithIt(TestDatabase database) {
        begin(database);
        LoginRow row = Rows.of("ada");
        database.elsewhere().storage().logins().insert(row, UNLIMITED, Set.of(), NOW);

        ofFeed = database.elsewhere();
        ofStores = database.elsewhere();

        assertThat(node.logins().find(row.id())).contains(row);
        heard.awaitFresh();
        node.feed().publish(CHANGE);
        Await.until("delivery", () -> heard.has(CHANGE));
        assertThat(heard.gaps()).isEqualTo(2);
    }

    @Test
    void find_feedClosed_mayMoveToAnotherServer() {
        begin(TestDatabase.H2);
        node.close();

        ofStores = TestDatabase.H2.elsewhere();

        assertThat(node.logins().find(new LoginId("nobody"))).isEmpty();
    }
}
