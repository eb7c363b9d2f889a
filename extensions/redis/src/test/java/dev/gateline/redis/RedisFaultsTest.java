package dev.gateline.redis;

import static dev.gateline.LoginLimit.UNLIMITED;
import static dev.gateline.kit.Rows.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthUnavailableException;
import dev.gateline.LoginId;
import dev.gateline.kit.Race;
import dev.gateline.kit.Rows;
import dev.gateline.servers.Await;
import dev.gateline.servers.RedisCluster;
import dev.gateline.servers.RedisServer;
import dev.gateline.servers.RedisServer.Version;
import dev.gateline.servers.Wire;
import dev.gateline.store.Change;
import dev.gateline.store.ChangeFeed;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginStore;
import dev.gateline.store.Written;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A storage when something is in its way. */
@Tag("once")
class RedisFaultsTest {
    private static final Duration TIMEOUT = Duration.ofMillis(300);

    private final RedisServer server = RedisServer.start(Version.V7);
    private final List<RedisStorage> nodes = new ArrayList<>();

    @AfterEach
    void close() {
        nodes.forEach(RedisStorage::close);
        server.close();
    }

    private RedisStorage node(RedisStorageBuilder builder) {
        RedisStorage node = builder.timeout(TIMEOUT).build();
        nodes.add(node);
        return node;
    }

    private RedisStorage node() {
        return node(RedisStorage.builder(server.uri()));
    }

    private static void awaitServed(RedisStorage node) {
        Await.until("served", () -> isServed(() -> node.logins().find(new LoginId("l"))));
    }

    private static boolean isServed(Runnable call) {
        try {
            call.run();
            return true;
        } catch (AuthUnavailableException e) {
            return false;
        }
    }

    private static void assertAway(Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(AuthUnavailableException.class)
                .hasMessageStartingWith("Redis ");
    }

    private static Change change(int number) {
        return new Change.OfRow(new LoginId("login-" + number));
    }

    @Test
    void build_serverDown_isAnOutageUntilItIsUp() {
        server.kill();
        RedisStorage node = node();
        Heard heard = new Heard();
        node.feed().subscribe(heard);
        for (int i = 0; i < 3; i++) {
            Served.calls(node).values().forEach(RedisFaultsTest::assertAway);
        }
        assertThat(heard.gaps()).isZero();

        server.start();
        awaitServed(node);

        Served.calls(node).values().forEach(Runnable::run);
        heard.awaitFresh();
        assertThat(heard.gaps()).isEqualTo(1);
    }

    @Test
    void server_restartedEmpty_isAGapAndServesAgain() {
        RedisStorage node = node();
        Heard heard = Heard.on(node);
        LoginRow row = Rows.of("ada");
        node.logins().insert(row, UNLIMITED, Set.of(), NOW);

        server.kill();
        server.start();
        awaitServed(node);
        heard.awaitFresh();

        assertThat(heard.gaps()).isEqualTo(2);
        assertThat(node.logins().find(row.id())).isEmpty();
        node.feed().publish(change(1));
        heard.awaitFresh();
        assertThat(heard.changes()).containsExactly(change(1));
    }

    /** Over a connection that never breaks. */
    @ParameterizedTest
    @ValueSource(strings = {"FLUSHALL", "DEL gateline:feed:{shared}"})
    void stream_lost_isAGap(String how) {
        RedisStorage node = node();
        Heard heard = Heard.on(node);
        node.feed().publish(change(1));
        heard.awaitFresh();

        server.ask(how);

        Await.until("a gap", () -> heard.gaps() == 2);
        node.feed().publish(change(2));
        heard.awaitFresh();
        assertThat(heard.changes()).containsExactly(change(1), change(2));
        assertThat(heard.gaps()).isEqualTo(2);
    }

    @Test
    void stream_whatNoVersionCanRead_isAGapAndNotTheEnd() {
        RedisStorage node = node();
        Heard heard = Heard.on(node);

        server.ask("XADD", "gateline:feed:{shared}", "*", "change", "odd");

        Await.until("a gap", () -> heard.gaps() == 2);
        node.feed().publish(change(1));
        heard.awaitFresh();
        assertThat(heard.changes()).containsExactly(change(1));
    }

    @Test
    void stream_moreThanABatch_arrivesInOrder() {
        RedisStorage node = node();
        Heard heard = Heard.on(node);
        List<Change> expected = IntStream.range(0, 2 * FeedReader.BATCH + 345)
                .mapToObj(RedisFaultsTest::change)
                .toList();
        expected.forEach(change -> node.feed().publish(change));
        heard.awaitFresh();

        assertThat(heard.changes()).containsExactlyElementsOf(expected);
        assertThat(heard.gaps()).isEqualTo(1);
    }

    @Test
    void subscriber_thatThrowsAnError_isToldOfAGapAndTheOthersAreNot() {
        RedisStorage node = node();
        AtomicBoolean failing = new AtomicBoolean(true);
        Heard gaps = new Heard();
        node.feed().subscribe(new ChangeFeed.Subscriber() {
            @Override
            public void changed(Change change) {
                if (failing.getAndSet(false)) {
                    throw new AssertionError("thrown by a subscriber, as it was told to");
                }
            }

            @Override
            public void gap() {
                gaps.gap();
            }

            @Override
            public void freshAsOf(long nanos) {
                gaps.freshAsOf(nanos);
            }
        });
        Heard good = Heard.on(node);
        node.feed().publish(change(1));
        good.awaitFresh();
        gaps.awaitFresh();

        assertThat(gaps.gaps()).isEqualTo(2);
        assertThat(good.gaps()).isEqualTo(1);
        assertThat(good.changes()).containsExactly(change(1));
    }

    @Test
    void server_frozen_isAnOutageAndNothingIsDoneTwice() {
        RedisStorage node = node();
        Heard heard = Heard.on(node);
        LoginRow row = Rows.of("ada");
        node.logins().insert(row, UNLIMITED, Set.of(), NOW);
        node.feed().publish(change(0));

        server.freeze();
        long frozen = System.nanoTime();
        for (int i = 1; i <= 3; i++) {
            Change change = change(i);
            assertAway(() -> node.feed().publish(change));
            assertAway(() -> node.logins().find(row.id()));
        }
        assertAway(() -> node.logins().replace(Rows.next(row, row.lastSeenAt()), row.version(), NOW));
        assertThat(heard.isFreshSince(frozen)).isFalse();
        server.thaw();
        awaitServed(node);
        heard.awaitFresh();

        assertThat(heard.gaps()).isEqualTo(1);
        assertThat(heard.changes()).contains(change(0));
        assertThat(server.ask("XRANGE", "gateline:feed:{shared}", "-", "+")
                        .lines()
                        .filter(line -> line.startsWith("ROW ")))
                .doesNotHaveDuplicates();
        assertThat(node.logins().find(row.id()).orElseThrow().version()).isBetween(0L, 1L);
    }

    /** A call that was under way may have been done, and nothing is done twice. */
    @Test
    void connection_cutAgainAndAgain_losesNothingThatWasDone() {
        try (Wire wire = new Wire(server.port())) {
            RedisStorage node = node(RedisStorage.builder("redis://127.0.0.1:" + wire.port()));
            awaitServed(node);
            AtomicBoolean over = new AtomicBoolean();
            LoginRow first = Rows.of("ada");
            node.logins().insert(first, UNLIMITED, Set.of(), NOW);

            List<Integer> sum = Race.run(
                    () -> {
                        LoginRow row = first;
                        int done = 0;
                        while (done < 50) {
                            LoginRow next = Rows.next(row, row.lastSeenAt());
                            if (isReplaced(node.logins(), next, row)) {
                                row = next;
                                done++;
                            }
                        }
                        over.set(true);
                        return done;
                    },
                    () -> {
                        int cuts = 0;
                        do {
                            wire.cut();
                            wire.mend();
                            awaitServed(node);
                            cuts++;
                        } while (!over.get());
                        return cuts;
                    });

            assertThat(sum.get(1)).isPositive();
            assertThat(node.logins().find(first.id()).orElseThrow().version()).isEqualTo(50);
        }
    }

    /** Done, by this attempt or by one before that told of an outage. */
    private static boolean isReplaced(LoginStore logins, LoginRow next, LoginRow row) {
        try {
            return logins.replace(next, row.version(), NOW) == Written.DONE
                    || logins.find(next.id()).orElseThrow().version() == next.version();
        } catch (AuthUnavailableException e) {
            return false;
        }
    }

    @Test
    void scripts_forgottenAgainAndAgain_areSentAgain() {
        RedisStorage node = node(RedisStorage.builder(server.uri()));
        Heard heard = Heard.on(node);
        AtomicBoolean over = new AtomicBoolean();

        List<Integer> done = Race.run(
                () -> {
                    for (int i = 0; i < 100; i++) {
                        LoginRow row = Rows.of("ada" + i);
                        assertThat(node.logins().insert(row, 1, Set.of(), NOW)).isTrue();
                        assertThat(node.logins().replace(Rows.next(row, row.lastSeenAt()), row.version(), NOW))
                                .isEqualTo(Written.DONE);
                        assertThat(node.logins().delete(row.id())).isEqualTo(Written.DONE);
                    }
                    over.set(true);
                    return 100;
                },
                () -> {
                    int times = 0;
                    do {
                        server.ask("SCRIPT", "FLUSH");
                        times++;
                    } while (!over.get());
                    return times;
                });

        assertThat(done).allSatisfy(times -> assertThat(times).isPositive());
        heard.awaitFresh();
        assertThat(heard.gaps()).isEqualTo(1);
        assertThat(heard.changes()).hasSize(100).doesNotHaveDuplicates();
    }

    /** To connect takes longer than the timeout then, and must not begin anew each time. */
    @Test
    void cluster_oneServerFrozen_theOthersAreReachedAllTheSame() {
        List<RedisServer> servers = RedisCluster.shared().servers();
        servers.forEach(server -> server.ask("CONFIG", "SET", "cluster-require-full-coverage", "no"));
        RedisStorage node = RedisStorage.cluster(servers.get(0).uri())
                .timeout(Duration.ofMillis(600))
                .keyPrefix(TestStorage.freshPrefix())
                .build();
        nodes.add(node);
        servers.get(2).freeze();
        try {
            Await.until(
                    "some are served",
                    () -> IntStream.range(0, 9)
                            .anyMatch(i -> isServed(() -> node.logins().find(new LoginId("login-" + i)))));
        } finally {
            servers.get(2).thaw();
        }
        awaitAllServed(node);
        servers.forEach(server -> server.ask("CONFIG", "SET", "cluster-require-full-coverage", "yes"));
    }

    private static void awaitAllServed(RedisStorage node) {
        Await.until(
                "all are served",
                () -> IntStream.range(0, 50)
                        .allMatch(i -> isServed(() -> node.logins().find(new LoginId("login-" + i)))));
    }

    @Test
    void cluster_serverKilledAndBack_servesAgain() {
        RedisServer one = RedisCluster.shared().servers().get(2);
        List<String> uris = RedisCluster.shared().uris();
        RedisStorage node = node(RedisStorage.cluster(uris.get(0), uris.get(1)).keyPrefix(TestStorage.freshPrefix()));
        Heard heard = Heard.on(node);
        one.kill();
        try {
            Await.until(
                    "an outage",
                    () -> IntStream.range(0, 50)
                            .anyMatch(i -> !isServed(() -> node.logins().find(new LoginId("login-" + i)))));
        } finally {
            one.start();
        }

        awaitAllServed(node);
        Served.calls(node).values().forEach(Runnable::run);
        heard.awaitFresh();
    }
}
