package dev.gateline.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthUnavailableException;
import dev.gateline.LoginId;
import dev.gateline.kit.FailOverContract;
import dev.gateline.servers.Await;
import dev.gateline.servers.RedisServer;
import dev.gateline.servers.RedisServer.Version;
import dev.gateline.servers.Wire;
import dev.gateline.store.Change;
import dev.gateline.store.ChangeFeed;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The feed when its server is replaced by a replica that lacks the last writes. */
@Tag("once")
class RedisFailOverTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final String STREAM = "gateline:feed:{shared}";

    /** Two servers may give out the same id. */
    @Test
    void server_withAnotherEntryOfThatId_isAGap() {
        List<String> reports = new CopyOnWriteArrayList<>();
        AtomicLong fresh = new AtomicLong(System.nanoTime());
        try (RedisServer before = RedisServer.start(Version.V7);
                RedisServer after = RedisServer.start(Version.V7);
                Wire wire = new Wire(before.port());
                RedisStorage node = RedisStorage.builder("redis://127.0.0.1:" + wire.port())
                        .timeout(TIMEOUT)
                        .build()) {
            node.feed().subscribe(reporting(reports, fresh));
            awaitFresh(fresh);
            node.feed().publish(new Change.OfRow(new LoginId("l")));
            awaitFresh(fresh);
            String last = before.ask("XREVRANGE", STREAM, "+", "-", "COUNT", "1");
            String id = last.lines()
                    .filter(line -> line.matches("\\d+-\\d+"))
                    .findFirst()
                    .orElseThrow();
            after.ask("XADD", STREAM, id, "change", "another");

            wire.cut();
            wire.move(after.port());
            wire.mend();
            awaitFresh(fresh);
        }
        assertThat(reports).containsExactly("gap", "changed", "gap");
    }

    private static void awaitFresh(AtomicLong fresh) {
        long now = System.nanoTime();
        Await.until("fresh", () -> fresh.get() - now > 0);
    }

    private static ChangeFeed.Subscriber reporting(List<String> reports, AtomicLong fresh) {
        return new ChangeFeed.Subscriber() {
            @Override
            public void changed(Change change) {
                reports.add("changed");
            }

            @Override
            public void gap() {
                reports.add("gap");
            }

            @Override
            public void rewound(long nanos) {
                reports.add("rewound");
            }

            @Override
            public void freshAsOf(long nanos) {
                fresh.set(nanos);
            }
        };
    }

    abstract static class On extends FailOverContract {
        private final Version version;
        private final List<AutoCloseable> open = new ArrayList<>();
        private RedisServer server;
        private RedisServer kept;
        private final Wire wire;

        On(Version version) {
            this.version = version;
            server = start();
            kept = server;
            wire = new Wire(server.port());
            open.add(0, wire);
        }

        private RedisServer start() {
            RedisServer started = RedisServer.start(version, List.of("--repl-diskless-sync-delay", "0"));
            open.add(0, started);
            return started;
        }

        private RedisStorage storage(int port) {
            RedisStorage storage = RedisStorage.builder("redis://127.0.0.1:" + port)
                    .timeout(TIMEOUT)
                    .build();
            open.add(0, storage);
            return storage;
        }

        @AfterEach
        void close() throws Exception {
            for (AutoCloseable each : open) {
                each.close();
            }
        }

        @Override
        protected ChangeFeed connect() {
            return storage(wire.port()).feed();
        }

        @Override
        protected void publish(List<Change> changes) {
            storage(server.port()).feed().publishAll(changes);
        }

        @Override
        protected void cut() {
            wire.cut();
        }

        @Override
        protected void replicate() {
            RedisServer replica = start();
            replica.ask("REPLICAOF", "127.0.0.1", "" + server.port());
            Await.until("replicated", () -> replica.ask("INFO", "replication").contains("master_link_status:up"));
            replica.ask("REPLICAOF", "NO", "ONE");
            kept = replica;
        }

        @Override
        protected void failOver() {
            server = kept;
            wire.move(server.port());
        }

        @Override
        protected void failOverToNothing() {
            server = start();
            wire.move(server.port());
        }

        @Override
        protected void mend() {
            wire.mend();
        }
    }

    @Nested
    class On7 extends On {
        On7() {
            super(Version.V7);
        }
    }

    @Nested
    class On6 extends On {
        On6() {
            super(Version.V6);
        }
    }

    /**
     * A reader of a primary that is cut off from its replica, which was promoted. Both take writes. The reader has
     * heard of a change that only the old primary has, and of none that only the new one has.
     */
    private static final class Divided implements AutoCloseable {
        private final RedisServer old = RedisServer.start(Version.V7, List.of("--repl-diskless-sync-delay", "0"));
        private final RedisServer promoted =
                RedisServer.start(Version.V7, List.of("--replicaof", "127.0.0.1", "" + old.port()));
        private final Wire wire = new Wire(old.port());
        private final Connector connector =
                Connector.toPrimary(RedisURI.create("redis://127.0.0.1:" + wire.port()), TIMEOUT);
        private final Link link = new Link(connector, TIMEOUT, connection -> {});
        private final KeyNames keys = new KeyNames("gateline");
        private final FeedReader reader = new FeedReader(link, keys.feed(), keys.mark("m"));
        private final long lostAt;

        Divided() {
            Await.until("replicated", () -> isReplicaInSync(promoted));
            publish(old, 0);
            reader.begin();
            beat();
            Await.until("shared", () -> promoted.ask("XLEN", STREAM).contains("1"));
            promoted.ask("REPLICAOF", "NO", "ONE");
            publish(promoted, 10);
            publish(old, 1);
            lostAt = System.nanoTime();
            assertThat(read()).containsExactly(change(1));
            beat();
            publish(promoted, 11);
        }

        static boolean isReplicaInSync(RedisServer server) {
            return server.ask("INFO", "replication").contains("master_link_status:up");
        }

        static String change(int number) {
            return new Change.OfRow(new LoginId("login-" + number)).write();
        }

        private static void publish(RedisServer at, int number) {
            try (RedisStorage storage =
                    RedisStorage.builder(at.uri()).timeout(TIMEOUT).build()) {
                storage.feed().publish(new Change.OfRow(new LoginId("login-" + number)));
            }
        }

        private void beat() {
            assertThat(reader.goesOn(false)).isTrue();
            assertThat(reader.hasReachedBeat()).isTrue();
        }

        List<String> read() {
            List<String> read = new ArrayList<>();
            reader.read(
                    Duration.ofMillis(200),
                    message ->
                            message.getBody().values().forEach(each -> read.add(dev.gateline.redis.Wire.text(each))));
            return read;
        }

        /** Whether a command over any connection of the link is answered. */
        boolean isServed() {
            try {
                return "PONG".equals(link.ask(commands -> commands.ping()));
            } catch (AuthUnavailableException e) {
                return false;
            }
        }

        void assertGoesBackToTheCommonEntry() {
            assertThat(reader.goesOn(true)).isFalse();
            reader.begin();
            assertThat(reader.goBack().orElseThrow() - lostAt).isNegative();
            assertThat(read()).containsExactly(change(10), change(11));
        }

        @Override
        public void close() {
            link.close();
            connector.close();
            wire.close();
            promoted.close();
            old.close();
        }
    }

    @Test
    void read_connectionWasReplacedByOneToAnotherServer_isAnsweredByNone() {
        try (Divided divided = new Divided()) {
            divided.wire.cut();
            divided.wire.move(divided.promoted.port());
            divided.wire.mend();
            Await.until("another connection", divided::isServed);

            assertThatThrownBy(divided::read).isInstanceOf(AuthUnavailableException.class);
            divided.assertGoesBackToTheCommonEntry();
        }
    }

    /** The connection stays, and the server has the other one's entries. */
    @Test
    void goBack_serverBecameAReplicaBeforeTheLastRead_doesNotTakeTheEntryThatWasRead() {
        try (Divided divided = new Divided()) {
            divided.old.ask("REPLICAOF", "127.0.0.1", "" + divided.promoted.port());
            Await.until("replicated", () -> Divided.isReplicaInSync(divided.old));
            assertThat(divided.read()).containsExactly(Divided.change(11));
            assertThat(divided.reader.hasReachedBeat()).isTrue();

            assertThatThrownBy(() -> divided.reader.goesOn(false)).isInstanceOf(AuthUnavailableException.class);
            divided.link.reset();
            divided.wire.move(divided.promoted.port());
            divided.assertGoesBackToTheCommonEntry();
        }
    }

    @Test
    void goBack_otherHistoryHasTheSameChangeWithTheSameId_doesNotTakeIt() {
        try (Divided divided = new Divided()) {
            Divided.publish(divided.old, 2);
            assertThat(divided.read()).containsExactly(Divided.change(2));
            divided.beat();
            List<String> there = lastEntry(divided.old);
            String name = lastEntry(divided.promoted).get(1);
            divided.promoted.ask("XADD", STREAM, there.get(0), name, '"' + there.get(2) + '"');
            assertThat(lastEntry(divided.promoted)).containsExactly(there.get(0), name, there.get(2));

            divided.link.reset();
            divided.wire.move(divided.promoted.port());
            assertThat(divided.reader.goesOn(true)).isFalse();
            divided.reader.begin();
            assertThat(divided.reader.goBack().orElseThrow() - divided.lostAt).isNegative();
        }
    }

    /** The id, the name of the field, and the change. */
    private static List<String> lastEntry(RedisServer server) {
        return server.ask("XREVRANGE", STREAM, "+", "-", "COUNT", "1")
                .lines()
                .filter(line -> !line.startsWith("*") && !line.startsWith("$"))
                .toList();
    }
}
