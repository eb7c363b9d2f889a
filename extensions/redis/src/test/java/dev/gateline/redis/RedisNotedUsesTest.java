package dev.gateline.redis;

import static dev.gateline.LoginLimit.UNLIMITED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.LoginId;
import dev.gateline.kit.Rows;
import dev.gateline.servers.Await;
import dev.gateline.servers.RedisServer;
import dev.gateline.servers.RedisServer.Version;
import dev.gateline.servers.Wire;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginState;
import dev.gateline.store.LoginStore;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Uses that are noted by scripts: by the same rule as in Java, and many at once. */
class RedisNotedUsesTest {
    private static final Instant NOW = Rows.NOW;
    private static final Duration MICRO = ChronoUnit.MICROS.getDuration();
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static LoginRow row(Duration idleTimeout) {
        LoginRow row = Rows.of("ada");
        LoginState state = row.state().toBuilder().idleTimeout(idleTimeout).build();
        return new LoginRow(row.id(), row.realm(), row.subject(), row.version(), NOW, state);
    }

    private static void assertIsNotedAsInJava(LoginStore store) {
        for (Duration interval : List.of(Duration.ZERO, MICRO, MINUTE, Duration.ofHours(1))) {
            for (Duration idle : List.of(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1).plus(MICRO.multipliedBy(9)),
                    MINUTE.multipliedBy(10).minus(MICRO),
                    MINUTE.multipliedBy(10),
                    MINUTE.multipliedBy(10).plus(MICRO),
                    Duration.ofDays(30))) {
                Duration tenth = Duration.of(idle.dividedBy(10).toNanos() / 1_000, ChronoUnit.MICROS);
                Stream.of(MINUTE.negated(), Duration.ZERO, interval, tenth)
                        .flatMap(near -> Stream.of(near.minus(MICRO), near, near.plus(MICRO)))
                        .forEach(since -> assertIsNotedAsInJava(store, row(idle), interval, since));
            }
        }
    }

    private static void assertIsNotedAsInJava(LoginStore store, LoginRow row, Duration interval, Duration since) {
        assertThat(store.insert(row, UNLIMITED, Set.of(), NOW)).isTrue();
        Instant use = NOW.plus(since);
        Instant kept = row.isNotedWithin(interval, use) ? NOW : use;

        assertThat(store.touchAll(Map.of(row.id(), use), interval))
                .as(
                        "%s after the last note, interval %s, idle timeout %s",
                        since, interval, row.state().idleTimeout())
                .containsOnly(Map.entry(row.id(), kept));
        assertThat(store.find(row.id())).map(LoginRow::lastSeenAt).contains(kept);
    }

    @Test
    void touchAll_anyIntervalAndIdleTimeout_followsTheRuleOfJava() {
        assertIsNotedAsInJava(
                TestStorage.on(Version.V7, TestStorage.freshPrefix()).logins());
    }

    @Test
    void touchAll_inACluster_followsTheRuleOfJava() {
        assertIsNotedAsInJava(TestStorage.onCluster(TestStorage.freshPrefix()).logins());
    }

    /** No answer arrives before all uses are in the store. One server is enough for a store of a cluster. */
    @Test
    void touchAll_inACluster_sendsAllBeforeTheFirstAnswer() throws Exception {
        String prefix = TestStorage.freshPrefix();
        LoginStore there = TestStorage.on(Version.V7, prefix).logins();
        try (Wire wire = new Wire(RedisServer.shared(Version.V7).port());
                Connector connector =
                        Connector.toPrimary(RedisURI.create("redis://127.0.0.1:" + wire.port()), TIMEOUT);
                Link link = new Link(connector, TIMEOUT, connection -> {})) {
            KeyNames keys = new KeyNames(prefix);
            RedisChangeFeed feed = new RedisChangeFeed(link, link, keys, new StoresCheck(keys.feed()), false);
            LoginStore store = new ClusterLoginStore(Endings.ofThePrimary(link), keys, feed);
            Map<LoginId, Instant> uses = new HashMap<>();
            for (int i = 0; i < 100; i++) {
                LoginRow row = row(Duration.ofDays(1));
                there.insert(row, UNLIMITED, Set.of(), NOW);
                uses.put(row.id(), NOW.plusSeconds(90));
            }
            assertThat(store.touchAll(uses, MINUTE))
                    .as("a server that does not know the script")
                    .isEqualTo(uses);
            uses.replaceAll((id, use) -> use.plusSeconds(90));

            wire.holdAnswers();
            CompletableFuture<Map<LoginId, Instant>> touched =
                    CompletableFuture.supplyAsync(() -> store.touchAll(uses, MINUTE));
            Await.until(
                    "all uses are stored",
                    () -> uses.entrySet().stream()
                            .allMatch(use -> there.find(use.getKey())
                                    .filter(row -> row.lastSeenAt().equals(use.getValue()))
                                    .isPresent()));
            assertThat(touched).isNotDone();
            wire.thaw();

            assertThat(touched.get()).isEqualTo(uses);
        }
    }
}
