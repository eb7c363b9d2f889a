package dev.gateline.redis;

import static dev.gateline.LoginLimit.UNLIMITED;
import static dev.gateline.kit.Rows.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthUnavailableException;
import dev.gateline.LoginId;
import dev.gateline.kit.Rows;
import dev.gateline.servers.Await;
import dev.gateline.servers.RedisServer;
import dev.gateline.servers.RedisServer.Version;
import dev.gateline.servers.Wire;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginStore;
import dev.gateline.store.Revocation;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.Written;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Endings that must reach a replica before a call returns. */
class RedisReplicasTest {
    private static final Instant UNTIL = NOW.plusSeconds(600);

    private final RedisServer primary = RedisServer.start(Version.V7, List.of("--repl-diskless-sync-delay", "0"));
    private final Wire wire = new Wire(primary.port());
    private final RedisServer replica =
            RedisServer.start(Version.V7, List.of("--replicaof", "127.0.0.1", "" + wire.port()));
    private final List<AutoCloseable> open = new ArrayList<>(List.of(replica, wire, primary));

    @BeforeEach
    void awaitReplica() {
        Await.until("replicated", () -> primary.ask("INFO", "replication").contains("state=online"));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private RedisStorage storage(Duration within) {
        RedisStorage storage = RedisStorage.builder(primary.uri())
                .endingsReachReplicas(1, within)
                .build();
        open.add(0, storage);
        return storage;
    }

    private static Revocation ending(int number) {
        return Revocation.ofToken("t" + number, UNTIL);
    }

    private static void assertTooFew(Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(AuthUnavailableException.class)
                .hasMessageContaining("0 of its replicas")
                .hasMessageContaining("may be repeated");
    }

    @Test
    void ending_thatReturns_isOnTheReplica() {
        RedisStorage storage = storage(Duration.ofSeconds(30));
        RevocationStore revocations = storage.revocations();
        LoginStore logins = storage.logins();
        for (int i = 0; i < 50; i++) {
            revocations.revoke(ending(i), NOW);
            assertThat(replica.ask("ZSCORE", "gateline:revocations:{shared}:token", "t" + i))
                    .startsWith("$16");

            long epoch = revocations.raiseEpoch("gs_ ada", 0, NOW, UNTIL);
            assertThat(replica.ask("GET", "gateline:revocations:{shared}:epoch"))
                    .contains("" + epoch);

            LoginRow row = Rows.of("ada");
            logins.insert(row, UNLIMITED, Set.of(), NOW);
            assertThat(logins.delete(row.id())).isEqualTo(Written.DONE);
            assertThat(replica.ask("EXISTS", "gateline:login:{" + row.id() + "}"))
                    .startsWith(":0");
        }
    }

    @Test
    void ending_replicaCutOff_throwsAndAllElseGoesOn() {
        RedisStorage storage = storage(Duration.ofMillis(100));
        RevocationStore revocations = storage.revocations();
        LoginStore logins = storage.logins();
        LoginRow row = Rows.of("ada");
        logins.insert(row, UNLIMITED, Set.of(), NOW);
        wire.cut();

        assertTooFew(() -> revocations.revoke(ending(1), NOW));
        assertTooFew(() -> revocations.raiseEpoch("gs_ ada", 0, NOW, UNTIL));
        assertTooFew(() -> logins.delete(row.id()));
        assertTooFew(() -> logins.delete(row.id()));
        LoginRow other = Rows.of("grace");
        assertThat(logins.insert(other, UNLIMITED, Set.of(), NOW)).isTrue();
        assertThat(logins.replace(Rows.next(other, NOW), other.version(), NOW)).isEqualTo(Written.DONE);
        assertThat(logins.touch(other.id(), NOW.plusSeconds(1))).isEqualTo(Written.DONE);
        assertThat(logins.find(new LoginId("l"))).isEmpty();

        wire.mend();
        Await.until("repeated", () -> isDone(() -> revocations.revoke(ending(1), NOW)));
        assertThat(replica.ask("ZSCORE", "gateline:revocations:{shared}:token", "t1"))
                .startsWith("$16");
        assertThat(logins.delete(row.id())).isEqualTo(Written.GONE);
    }

    private static boolean isDone(Runnable call) {
        try {
            call.run();
            return true;
        } catch (AuthUnavailableException e) {
            return false;
        }
    }

    @Test
    void endingsReachReplicas_outOfRangeOrInACluster_isRefused() {
        RedisStorageBuilder builder = RedisStorage.builder("redis://host:6379");
        Duration second = Duration.ofSeconds(1);
        for (int bad : List.of(0, 11)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.endingsReachReplicas(bad, second))
                    .withMessageEndingWith("was " + bad);
        }
        for (Duration bad : List.of(Duration.ofMillis(9), Duration.ofSeconds(60).plusNanos(1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.endingsReachReplicas(1, bad))
                    .withMessageEndingWith("was " + bad);
        }
        assertThat(builder.endingsReachReplicas(1, Duration.ofMillis(10))
                        .endingsReachReplicas(10, Duration.ofMinutes(1)))
                .isSameAs(builder);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisStorage.cluster("redis://host:6379")
                        .endingsReachReplicas(1, second)
                        .build())
                .withMessageContaining("cluster");
    }
}
