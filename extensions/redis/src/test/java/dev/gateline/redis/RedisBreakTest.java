package dev.gateline.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.LoginId;
import dev.gateline.kit.ConnectionBreakContract;
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
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The feed when its connection breaks: it reads on if the stream is provably the same, and else tells of a gap. */
@Tag("once")
class RedisBreakTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final String STREAM = "gateline:feed:{shared}";

    private final RedisServer server = RedisServer.start(Version.V7, List.of("--repl-diskless-sync-delay", "0"));
    private final Wire wire = new Wire(server.port());
    private final List<AutoCloseable> open = new ArrayList<>(List.of(wire, server));

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private <T extends AutoCloseable> T closing(T it) {
        open.add(0, it);
        return it;
    }

    private RedisStorage storage(int port) {
        return closing(RedisStorage.builder("redis://127.0.0.1:" + port)
                .timeout(TIMEOUT)
                .build());
    }

    private static Change row(int number) {
        return new Change.OfRow(new LoginId("login-" + number));
    }

    /** Through a cable. */
    abstract static class On extends ConnectionBreakContract {
        private final String prefix = TestStorage.freshPrefix();
        private final RedisServer server;
        private final Wire wire;
        private final List<RedisStorage> nodes = new ArrayList<>();

        On(Version version) {
            server = RedisServer.shared(version);
            wire = new Wire(server.port());
        }

        private ChangeFeed connect(int port) {
            RedisStorage node = RedisStorage.builder("redis://127.0.0.1:" + port)
                    .keyPrefix(prefix)
                    .timeout(TIMEOUT)
                    .build();
            nodes.add(node);
            return node.feed();
        }

        @AfterEach
        void close() {
            nodes.forEach(RedisStorage::close);
            wire.close();
        }

        @Override
        protected ChangeFeed connect() {
            return connect(wire.port());
        }

        @Override
        protected ChangeFeed connectForGood() {
            return connect(server.port());
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

    /** Events while the cable of a node is cut. A change follows them, whose id is above all earlier ones. */
    private void assertGap(int gaps, Runnable meanwhile) {
        RedisStorage node = storage(wire.port());
        Heard heard = Heard.on(node);
        node.feed().publish(row(1));
        node.feed().publish(row(2));
        heard.awaitFresh();

        wire.cut();
        meanwhile.run();
        wire.mend();
        heard.awaitFresh();
        heard.awaitFresh();

        assertThat(heard.gaps()).isEqualTo(gaps);
    }

    @Test
    void connection_broken_isNoGap() {
        assertGap(1, () -> storage(server.port()).feed().publish(row(3)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"FLUSHALL", "DEL " + STREAM, "XTRIM " + STREAM + " MAXLEN 0", "XTRIM " + STREAM + " MAXLEN 1"})
    void stream_lostMeanwhile_isAGap(String how) {
        assertGap(2, () -> {
            storage(server.port()).feed().publish(row(3));
            server.ask(how.split(" "));
            storage(server.port()).feed().publish(row(4));
        });
    }

    @Test
    void server_restartedWithAllItHad_isAGap() {
        server.ask("CONFIG", "SET", "dbfilename", "kept.rdb");
        assertGap(2, () -> {
            server.ask("SAVE");
            server.kill();
            server.start();
        });
    }

    /** The replica lacks the end of the stream, which this node has not read either. Later changes have higher ids. */
    @Test
    void server_replacedByAReplicaWithoutTheTail_isAGap() {
        RedisServer replica =
                closing(RedisServer.start(Version.V7, List.of("--replicaof", "127.0.0.1", "" + server.port())));
        Await.until("replicated", () -> replica.ask("INFO", "replication").contains("master_link_status:up"));
        assertGap(2, () -> {
            replica.ask("REPLICAOF", "NO", "ONE");
            storage(server.port()).feed().publish(row(3));
            storage(replica.port()).feed().publish(row(4));
            wire.move(replica.port());
        });
    }

    /** The primary was a replica for a while, and lacks what the other one was told then. */
    @Test
    void server_demotedAndPromotedAgain_isAGap() {
        RedisServer replica =
                closing(RedisServer.start(Version.V7, List.of("--replicaof", "127.0.0.1", "" + server.port())));
        Await.until("replicated", () -> replica.ask("INFO", "replication").contains("master_link_status:up"));
        assertGap(2, () -> {
            replica.ask("REPLICAOF", "NO", "ONE");
            server.ask("REPLICAOF", "127.0.0.1", "" + replica.port());
            Await.until("replicated", () -> server.ask("INFO", "replication").contains("master_link_status:up"));
            server.ask("REPLICAOF", "NO", "ONE");
        });
    }

    /** A reader over its own link, with a clock of its own. */
    private final class Reading implements AutoCloseable {
        private final AtomicLong nanos = new AtomicLong(System.nanoTime());
        private final Connector connector = Connector.toPrimary(RedisURI.create(server.uri()), TIMEOUT);
        private final Link link = new Link(connector, TIMEOUT, connection -> {});
        private final KeyNames keys = new KeyNames("gateline");
        private final FeedReader reader = new FeedReader(link, keys.feed(), keys.mark("m"), nanos::get);

        Reading() {
            storage(server.port()).feed().publish(row(0));
            reader.begin();
        }

        @Override
        public void close() {
            link.close();
            connector.close();
        }
    }

    /** The answer to a beat may get lost, so a beat must leave nothing that a later beat takes for proof. */
    @ParameterizedTest
    @ValueSource(strings = {"FLUSHALL", "REPLICAOF 127.0.0.1 1"})
    void goesOn_streamLostBeforeTheBeatBefore_isNoProof(String how) {
        Reading reading = closing(new Reading());
        assertThat(reading.reader.goesOn(true)).isTrue();

        server.ask(how.split(" "));
        server.ask("REPLICAOF", "NO", "ONE");
        storage(server.port()).feed().publish(row(1));

        assertThat(reading.reader.goesOn(false)).isFalse();
        assertThat(reading.reader.goesOn(false)).isFalse();
    }

    /** Beats renew the mark, but only a reader that reaches the end of the stream knows that nothing was trimmed. */
    @Test
    void goesOn_fiveMinutesWithoutReachingTheEnd_isNoProofHoweverManyBeats() {
        Reading reading = closing(new Reading());
        storage(server.port()).feed().publish(row(1));
        for (int i = 0; i < 5; i++) {
            assertThat(reading.reader.goesOn(true)).isTrue();
            assertThat(reading.reader.hasReachedBeat()).isFalse();
            reading.nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        }
        assertThat(reading.reader.goesOn(true)).isTrue();
        reading.nanos.incrementAndGet();

        assertThat(reading.reader.goesOn(true)).isFalse();
    }

    @Test
    void goesOn_endReachedWithinFiveMinutes_isProof() {
        Reading reading = closing(new Reading());
        for (int i = 0; i < 3; i++) {
            reading.nanos.addAndGet(Duration.ofMinutes(5).toNanos());
            assertThat(reading.reader.goesOn(true)).isTrue();
            assertThat(reading.reader.hasReachedBeat()).isTrue();
        }
    }
}
