package dev.gateline.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.LoginId;
import dev.gateline.kit.FailOverContract;
import dev.gateline.servers.Await;
import dev.gateline.servers.RedisServer;
import dev.gateline.servers.RedisServer.Version;
import dev.gateline.servers.Wire;
import dev.gateline.store.Change;
import dev.gateline.store.ChangeFeed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The feed when its server is replaced by a replica that lacks the last writes. */
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
}
