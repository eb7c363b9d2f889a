package dev.gateline.jdbc;

import static dev.gateline.LoginLimit.UNLIMITED;
import static dev.gateline.kit.Rows.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthUnavailableException;
import dev.gateline.LoginId;
import dev.gateline.kit.Rows;
import dev.gateline.servers.Await;
import dev.gateline.servers.PostgresServer;
import dev.gateline.store.Change;
import dev.gateline.store.KeyRingStore;
import dev.gateline.store.KeyRingStore.Document;
import dev.gateline.store.LoginRow;
import dev.gateline.store.Revocation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A PostgreSQL that is to wait for a standby, which is not there. */
class SynchronousStandbyTest {
    private static final String WAITING = "FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
    private static PostgresServer server;
    private static Place place;
    private static LoginRow row;

    @BeforeAll
    static void start() {
        server = new PostgresServer();
        place = new Place(server.url());
        row = Rows.of("ada");
        place.storage().logins().insert(row, UNLIMITED, Set.of(), NOW);
        place.storage().logins().insert(Rows.of("grace"), UNLIMITED, Set.of(), NOW);
        place.run("UPDATE gateline_login SET due_at = 0, ends_at = 0 WHERE subject = 'grace'");
        place.run("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
        place.number("SELECT CAST(pg_reload_conf() AS INT)");
        Await.until(
                "the standby is asked for",
                () -> place.number("SELECT COUNT(*) FROM pg_settings WHERE name = 'synchronous_standby_names'"
                                + " AND setting = 'nobody'")
                        == 1);
    }

    @AfterAll
    static void stop() {
        place.close();
        server.close();
    }

    private static void assertIsAnOutage(ThrowingCallable write) {
        assertThatThrownBy(write)
                .isInstanceOf(AuthUnavailableException.class)
                .hasMessageContaining("synchronous standby")
                .hasMessageContaining("synchronous_standby_names")
                .hasMessageNotContaining("ada");
    }

    /** The driver cancels after five seconds. */
    @Test
    void write_timedOutAsItWaitsForTheStandby_isAnOutage() {
        Revocation revocation = Revocation.ofToken("t1", NOW.plusSeconds(60));

        assertIsAnOutage(() -> place.storage().revocations().revoke(revocation, NOW));
    }

    /** An operator cancels. */
    @Test
    void write_cancelledAsItWaitsForTheStandby_isAnOutage() {
        JdbcStorage node = place.storage();
        Map<String, ThrowingCallable> writes = new LinkedHashMap<>();
        writes.put("insert", () -> node.logins().insert(Rows.of("ada"), UNLIMITED, Set.of(), NOW));
        writes.put("insert, counted", () -> node.logins().insert(Rows.of("ada"), 9, Set.of(), NOW));
        writes.put("touch", () -> node.logins().touch(row.id(), NOW.plusSeconds(1)));
        writes.put("raiseEpoch", () -> node.revocations().raiseEpoch("gs_ ada", 0, NOW, NOW.plusSeconds(60)));
        writes.put("touchAll", () -> node.logins().touchAll(Map.of(row.id(), NOW.plusSeconds(2)), Duration.ZERO));
        writes.put(
                "revokeAll",
                () -> node.revocations().revokeAll(List.of(Revocation.ofToken("t2", NOW.plusSeconds(60))), NOW));
        writes.put("vouch", () -> node.revocations().vouch(node.revocations().standing()));
        writes.put("keys", () -> node.keyRing("ring").replace(new Document(1, "secret"), KeyRingStore.NONE));
        writes.put("publish", () -> node.feed().publish(new Change.OfRow(new LoginId("l"))));
        writes.put("delete", () -> node.logins().delete(row.id()));
        writes.put("purge", node::purge);
        writes.forEach((what, write) -> assertIsAnOutage(() -> whileWaitsAreCancelled(write)));
    }

    private static void whileWaitsAreCancelled(ThrowingCallable write) throws Throwable {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread writer = new Thread(() -> {
            try {
                write.call();
                done.complete(null);
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        writer.start();
        Await.until("the end of the write", () -> {
            long unused = place.number("SELECT COUNT(pg_cancel_backend(pid)) " + WAITING);
            return done.isDone();
        });
        if (done.isCompletedExceptionally()) {
            throw done.handle((nothing, failure) -> failure).join();
        }
    }

    @Test
    void read_whileTheStandbyIsAway_goesOn() {
        assertThat(place.storage().logins().find(new LoginId("nobody"))).isEmpty();
    }
}
