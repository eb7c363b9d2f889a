package dev.gateline.redis;

import static dev.gateline.kit.Rows.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthUnavailableException;
import dev.gateline.kit.Race;
import dev.gateline.servers.Await;
import dev.gateline.servers.RedisCluster;
import dev.gateline.servers.RedisServer;
import dev.gateline.store.RevocationStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A slot of the cluster on its way from one server to another: half of its keys are here, half are there. */
@Tag("once")
class RedisSlotMoveTest {
    private static final Instant UNTIL = NOW.plusSeconds(600);

    /** Its own, because clients of other tests would not find a slot that has been moved. */
    private final RedisCluster cluster = RedisCluster.start();

    private final List<RedisServer> servers = cluster.servers();
    private final String prefix = TestStorage.freshPrefix();
    private final String key = prefix + ":revocations:{shared}:";
    private final String slot = number(servers.get(0).ask("CLUSTER", "KEYSLOT", key));
    private final RedisServer from = servers.stream()
            .filter(server -> !server.ask("EXISTS", key).startsWith("-MOVED"))
            .findFirst()
            .orElseThrow();
    private final RedisServer to =
            servers.stream().filter(server -> server != from).findFirst().orElseThrow();

    private RedisStorage storage(Duration timeout) {
        return RedisStorage.cluster(servers.get(0).uri())
                .timeout(timeout)
                .keyPrefix(prefix)
                .build();
    }

    private static String number(String answer) {
        return answer.strip().substring(1);
    }

    private static String id(RedisServer server) {
        return server.ask("CLUSTER", "MYID").lines().toList().get(1);
    }

    private void beginToMove() {
        to.ask("CLUSTER", "SETSLOT", slot, "IMPORTING", id(from));
        from.ask("CLUSTER", "SETSLOT", slot, "MIGRATING", id(to));
        move("epochs");
    }

    private void move(String part) {
        moveKey(key + part);
    }

    private void moveKey(String name) {
        from.ask("MIGRATE", "127.0.0.1", "" + to.port(), name, "0", "1000");
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private void finishMoving() {
        move("group");
        move("epoch");
        moveKey(prefix + ":feed:{shared}");
        servers.forEach(server -> server.ask("CLUSTER", "SETSLOT", slot, "NODE", id(to)));
    }

    private long refusals() {
        return servers.stream()
                .flatMap(server -> server.ask("INFO", "errorstats").lines())
                .filter(line -> line.startsWith("errorstat_TRYAGAIN:count="))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf('=') + 1)))
                .sum();
    }

    @Test
    void call_whileItsSlotMoves_waitsUntilItHasMoved() {
        try (RedisStorage storage = storage(Duration.ofSeconds(30))) {
            RevocationStore revocations = storage.revocations();
            long first = revocations.raiseEpoch("gs_ ada", 0, NOW, UNTIL);
            beginToMove();
            long before = refusals();

            List<Long> raised = Race.run(() -> revocations.raiseEpoch("gs_ ada", 0, NOW, UNTIL), () -> {
                Await.until("refused", () -> refusals() > before);
                finishMoving();
                return 0L;
            });

            assertThat(raised.get(0)).isGreaterThan(first);
            assertThat(revocations.epoch()).isEqualTo(raised.get(0));
        }
    }

    @Test
    void call_whileItsSlotMovesForLongerThanTheTimeout_isAnOutageThatSaysSo() {
        try (RedisStorage storage = storage(Duration.ofSeconds(1))) {
            RevocationStore revocations = storage.revocations();
            revocations.raiseEpoch("gs_ ada", 0, NOW, UNTIL);
            beginToMove();

            assertThatThrownBy(() -> revocations.raiseEpoch("gs_ ada", 0, NOW, UNTIL))
                    .isInstanceOf(AuthUnavailableException.class)
                    .hasMessage("Redis refused: TRYAGAIN: a slot of the cluster is being moved");
        }
    }
}
