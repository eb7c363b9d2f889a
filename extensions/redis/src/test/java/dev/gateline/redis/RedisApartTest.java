package dev.gateline.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthUnavailableException;
import dev.gateline.LoginId;
import dev.gateline.servers.Await;
import dev.gateline.servers.RedisServer;
import dev.gateline.servers.RedisServer.Version;
import dev.gateline.servers.Wire;
import dev.gateline.store.Change;
import dev.gateline.store.Revocable;
import dev.gateline.store.Revocation;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.Standing;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A replica was promoted, and the old primary lives on and takes writes: a node must not talk to both. */
@Tag("once")
class RedisApartTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final KeyNames KEYS = new KeyNames("apart");

    private final RedisServer before = RedisServer.start(Version.V7, List.of("--repl-diskless-sync-delay", "0"));
    private final RedisServer after =
            RedisServer.start(Version.V7, List.of("--replicaof", "127.0.0.1", "" + before.port()));
    private final Wire wire = new Wire(before.port());
    private final List<AutoCloseable> open = new ArrayList<>(List.of(wire, after, before));

    @BeforeEach
    void replicate() {
        Await.until("replicated", () -> after.ask("INFO", "replication").contains("master_link_status:up"));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private RedisStorage storage(int port) {
        RedisStorage storage = RedisStorage.builder("redis://127.0.0.1:" + port)
                .timeout(TIMEOUT)
                .build();
        open.add(0, storage);
        return storage;
    }

    private void promote() {
        after.ask("REPLICAOF", "NO", "ONE");
        wire.move(after.port());
    }

    private static boolean isServed(Runnable call) {
        try {
            call.run();
            return true;
        } catch (AuthUnavailableException e) {
            return false;
        }
    }

    /** But for the one that asks. */
    private static boolean hasClients(RedisServer server) {
        return server.ask("CLIENT", "LIST")
                        .lines()
                        .filter(line -> line.startsWith("id="))
                        .count()
                > 1;
    }

    /** Breaks the connection of the stores, and waits for the next one. */
    private void reconnectStores(RedisStorage node) {
        Runnable call = () -> node.logins().find(new LoginId("l"));
        wire.refuse(List.of(":login:{"));
        Await.until("the stores are cut off", () -> !isServed(call));
        wire.mend();
        Await.until("the stores are connected", () -> isServed(call));
    }

    @Test
    void feed_movedWithoutTheStores_endingThatReturnsIsSeenByAll() {
        RedisStorage node = storage(wire.port());
        Heard heard = Heard.on(node);
        node.logins().find(new LoginId("l"));
        promote();
        wire.refuse(List.of("XREAD"));
        Await.until("the feed has moved", () -> hasClients(after));
        wire.mend();
        RedisStorage other = storage(after.port());
        Heard there = Heard.on(other);

        Instant now = Instant.now();
        Revocation ending = Revocation.ofLogin(new LoginId("l"), now.plusSeconds(600));
        Await.until("ended", () -> isServed(() -> node.revocations().revoke(ending, now)));

        there.awaitFresh();
        assertThat(there.changes()).contains(new Change.OfRevocation(ending));
        assertThat(other.revocations().isRevoked(new Revocable("gs_", "", "l", "ada", 0)))
                .isTrue();
        heard.awaitFresh();
        assertThat(heard.gaps()).isGreaterThan(1);
    }

    @Test
    void vouch_replicaWithTheSameMarkWasPromotedMeanwhile_isRefused() {
        RevocationStore node = storage(wire.port()).revocations();
        Standing seen = node.vouch(node.standing()).orElseThrow();
        String mark = before.ask("KEYS", "*mark").lines().skip(2).findFirst().orElseThrow();
        String markedAt = before.ask("HGET", mark, "at");
        Await.until("replicated", () -> after.ask("HGET", mark, "at").equals(markedAt));

        promote();
        wire.refuse(List.of(mark));
        Await.until("the stores are cut off", () -> !isServed(node::standing));
        wire.mend();
        Await.until("the stores have moved", () -> isServed(node::standing));

        assertThat(node.vouch(seen)).isEmpty();
        Standing there = node.standing();
        assertThat(there.markedAt()).isEqualTo(seen.markedAt());
        assertThat(there.isSameRun()).isFalse();
        assertThat(node.vouch(there).orElseThrow().isSameRun()).isTrue();
    }

    @Test
    void stores_movedWithoutTheFeed_isAGapAndTheFeedFollows() {
        RedisStorage node = storage(wire.port());
        Heard heard = Heard.on(node);
        assertThat(node.logins().find(new LoginId("l"))).isEmpty();
        promote();
        reconnectStores(node);

        Await.until("a gap", () -> heard.gaps() > 1);
        heard.awaitFresh();
        Change change = new Change.OfRow(new LoginId("l"));
        storage(after.port()).feed().publish(change);
        heard.awaitFresh();
        assertThat(heard.changes()).contains(change);
    }

    @Test
    void stores_reconnectedToTheSameServer_isNoGap() {
        RedisStorage node = storage(wire.port());
        Heard heard = Heard.on(node);
        node.logins().find(new LoginId("l"));

        reconnectStores(node);

        heard.awaitFresh();
        heard.awaitFresh();
        assertThat(heard.gaps()).isEqualTo(1);
    }

    /** Between two beats, which both find the stores where the feed is. */
    @Test
    void stores_thatWereAtAnotherServerMeanwhile_areAGap() throws Exception {
        try (Beats beats = new Beats()) {
            assertThat(beats.goOn()).isTrue();

            beats.meanwhileAtTheOther(this::promote);

            assertThat(beats.goOn()).isFalse();
            assertThat(beats.goOn()).isTrue();
        }
    }

    /** The replica may become a primary later, and the connection stays there. */
    @Test
    void stores_thatWereRefusedByAReplicaMeanwhile_areAGap() throws Exception {
        try (Beats beats = new Beats()) {
            beats.meanwhileAtTheOther(() -> {});

            assertThat(beats.goOn()).isFalse();
        }
    }

    /** The beats of a feed that compare the server of the stores with the feed's. */
    private final class Beats implements AutoCloseable {
        private final StoresCheck check = new StoresCheck(KEYS.feed());
        private final Connector here = Connector.toPrimary(RedisURI.create(before.uri()), TIMEOUT);
        private final Connector there = Connector.toPrimary(RedisURI.create(after.uri()), TIMEOUT);
        private final Link stores = new Link(here, TIMEOUT, check);
        private final String server = stores.run(ServerMark.ASK, List.of(KEYS.feed()));

        Beats() {
            check.begin(stores, server);
        }

        boolean goOn() {
            return check.goesOn(stores, server);
        }

        /** Has the stores open a connection to the other server, and use it after an action. */
        void meanwhileAtTheOther(Runnable action) throws Exception {
            Connector.Connection elsewhere =
                    there.connect().toCompletableFuture().get(60, TimeUnit.SECONDS);
            action.run();
            check.accept(elsewhere);
            String unused = elsewhere.commands().ping().get(60, TimeUnit.SECONDS);
        }

        @Override
        public void close() {
            stores.close();
            there.close();
            here.close();
        }
    }

    @Test
    void publish_toAnotherServerThanTheFeedReads_isAnOutageAndNothingIsProven() {
        Heard heard = new Heard();
        StoresCheck check = new StoresCheck(KEYS.feed());
        promote();
        try (Connector old = Connector.toPrimary(RedisURI.create(before.uri()), TIMEOUT);
                Connector current = Connector.toPrimary(RedisURI.create(after.uri()), TIMEOUT);
                Link stores = new Link(old, TIMEOUT, check);
                Link listening = new Link(current, TIMEOUT, connection -> {});
                RedisChangeFeed feed = new RedisChangeFeed(stores, listening, KEYS, check, true)) {
            Change change = new Change.OfRow(new LoginId("l"));
            long began = System.nanoTime();
            feed.subscribe(heard);
            Await.until("compared", () -> !isServed(() -> feed.publish(change)));

            assertThatThrownBy(() -> feed.publish(change))
                    .isInstanceOf(AuthUnavailableException.class)
                    .hasMessageContaining("different Redis servers");
            assertThat(heard.gaps()).isZero();
            assertThat(heard.isFreshSince(began)).isFalse();
        }
    }
}
