package dev.gateline.jdbc;

import static dev.gateline.LoginLimit.UNLIMITED;
import static dev.gateline.kit.Rows.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthUnavailableException;
import dev.gateline.LoginId;
import dev.gateline.jdbc.JdbcFeedFaultsTest.Heard;
import dev.gateline.kit.Rows;
import dev.gateline.servers.Await;
import dev.gateline.servers.PostgresServer;
import dev.gateline.store.Change;
import dev.gateline.store.KeyRingStore;
import dev.gateline.store.KeyRingStore.Document;
import dev.gateline.store.LoginRow;
import dev.gateline.store.Revocable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that answers but takes no writes: what it says may be as old as can be. */
class StandbyTest {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Change CHANGE = new Change.OfRow(new LoginId("login"));

    private final Logs logs = new Logs();

    @AfterEach
    void logAgain() {
        logs.close();
    }

    private static JdbcStorage node(Place place) {
        return JdbcStorage.builder(place.pool()).pollInterval(SHORT).build();
    }

    private static void assertReadsAreOutages(JdbcStorage node, LoginRow row) {
        Map<String, ThrowingCallable> reads = new LinkedHashMap<>();
        reads.put("find", () -> node.logins().find(row.id()));
        reads.put("find nothing", () -> node.logins().find(new LoginId("nobody")));
        reads.put("findAuthoritative", () -> node.logins().findAuthoritative(row.id()));
        reads.put("findBySubject", () -> node.logins().findBySubject("gs_", "ada"));
        reads.put("isRevoked", () -> node.revocations().isRevoked(new Revocable("gs_", "", "l1", "ada", 0)));
        reads.put("epoch", () -> node.revocations().epoch());
        reads.put("forEachLive", () -> node.revocations().forEachLive(NOW, it -> {}));
        reads.put("standing", () -> node.revocations().standing());
        reads.put("keys", () -> node.keyRing("ring").load());
        reads.forEach((what, read) -> assertThatThrownBy(read)
                .as(what)
                .isInstanceOf(AuthUnavailableException.class)
                .hasMessageContaining("takes no writes")
                .hasMessageContaining("primary"));
    }

    private static LoginRow fill(JdbcStorage node) {
        LoginRow row = Rows.of("ada");
        node.logins().insert(row, UNLIMITED, Set.of(), NOW);
        node.keyRing("ring").replace(new Document(1, "secret"), KeyRingStore.NONE);
        return row;
    }

    @Test
    void read_postgresqlThatBecameAStalledStandby_isAnOutageUntilItIsPromoted() {
        try (PostgresServer server = new PostgresServer();
                Place place = new Place(server.url())) {
            JdbcStorage node = node(place);
            LoginRow row = fill(node);

            server.restartAsStalledStandby();
            place.reconnect();

            assertReadsAreOutages(node, row);
            assertThatThrownBy(() -> node.feed().publish(CHANGE)).isInstanceOf(AuthUnavailableException.class);
            place.number("SELECT CAST(pg_promote() AS INT)");
            assertThat(node.logins().find(row.id())).contains(row);
        }
    }

    @Test
    void freshAsOf_postgresqlThatBecameAStalledStandby_stopsAndEndsWithAGap() {
        try (PostgresServer server = new PostgresServer();
                Place place = new Place(server.url())) {
            assertIsNotFreshMeanwhile(
                    place, server::restartAsStalledStandby, () -> place.number("SELECT CAST(pg_promote() AS INT)"));
        }
    }

    private static void assertIsNotFreshMeanwhile(Place place, Runnable demote, Runnable promote) {
        SwitchedSource source = new SwitchedSource(place.pool());
        Heard heard = new Heard();
        try (JdbcStorage node =
                JdbcStorage.builder(source.source()).pollInterval(SHORT).build()) {
            node.feed().subscribe(heard);
            heard.awaitFresh();
            // an empty log proves nothing in any case
            node.feed().publish(CHANGE);
            heard.awaitFresh();
            demote.run();
            try {
                long demoted = System.nanoTime();
                int before = source.connections();
                Await.until("rounds at the standby", () -> source.connections() > before + 4);
                assertThat(heard.isFreshAsOf(demoted)).as("fresh by a standby").isFalse();
            } finally {
                promote.run();
            }
            heard.awaitFresh();
        }
        assertThat(heard.gaps()).isEqualTo(2);
    }

    /** This user may write all the same, as administrators may: it goes by the server, not by who asks. */
    @Test
    void read_mariadbThatIsReadOnly_isAnOutage() {
        Place place = TestDatabase.MARIADB.emptyPlace();
        JdbcStorage node = node(place);
        LoginRow row = fill(node);
        place.run("SET GLOBAL read_only = 1");
        try {
            assertReadsAreOutages(node, row);
        } finally {
            place.run("SET GLOBAL read_only = 0");
        }
        assertThat(node.logins().find(row.id())).contains(row);
    }

    /** As above: a logout of this user's would be made at the replica, and must not be told as done. */
    @Test
    void publish_mariadbThatIsReadOnly_isAnOutage() {
        Place place = TestDatabase.MARIADB.emptyPlace();
        JdbcStorage node = node(place);
        place.run("SET GLOBAL read_only = 1");
        try {
            assertThatThrownBy(() -> node.feed().publish(CHANGE))
                    .isInstanceOf(AuthUnavailableException.class)
                    .hasMessageContaining("takes no writes");
        } finally {
            place.run("SET GLOBAL read_only = 0");
        }
        assertThat(place.number("SELECT COUNT(*) FROM gateline_change")).isZero();
    }

    @Test
    void freshAsOf_mariadbThatIsReadOnly_stopsAndEndsWithAGap() {
        Place place = TestDatabase.MARIADB.emptyPlace();
        assertIsNotFreshMeanwhile(
                place, () -> place.run("SET GLOBAL read_only = 1"), () -> place.run("SET GLOBAL read_only = 0"));
    }

    @Test
    void read_h2OpenedReadOnly_isAnOutage(@TempDir Path folder) {
        String url = "jdbc:h2:file:" + folder.resolve("gateline");
        LoginRow row;
        try (Place place = new Place(url)) {
            row = fill(node(place));
        }
        try (Place place = new Place(url + ";ACCESS_MODE_DATA=r", false)) {
            assertReadsAreOutages(node(place), row);
        }
    }
}
