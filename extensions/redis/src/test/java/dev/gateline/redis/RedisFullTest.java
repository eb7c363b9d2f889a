package dev.gateline.redis;

import static dev.gateline.LoginLimit.UNLIMITED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthUnavailableException;
import dev.gateline.Authenticator;
import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.LoginRefusedException;
import dev.gateline.Requirement;
import dev.gateline.jwt.Algorithm;
import dev.gateline.jwt.JwtAuthenticator;
import dev.gateline.jwt.KeyRing;
import dev.gateline.kit.Rows;
import dev.gateline.near.NearStorage;
import dev.gateline.servers.Await;
import dev.gateline.servers.RedisCluster;
import dev.gateline.servers.RedisServer;
import dev.gateline.servers.RedisServer.Version;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.KeyRingStore;
import dev.gateline.store.KeyRingStore.Document;
import dev.gateline.store.LoginRow;
import dev.gateline.store.RateLimitStore;
import dev.gateline.store.RateLimitStore.Rate;
import dev.gateline.store.Storage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server whose memory is used up: it refuses what is new, and carries out all else. */
@Tag("once")
class RedisFullTest {
    private static final Rate TWO = new Rate(2, Duration.ofHours(1));

    private final List<AutoCloseable> open = new ArrayList<>();
    private final KeyRing keys = KeyRing.generate(Algorithm.HS256);
    private final String prefix = TestStorage.freshPrefix();

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private <T extends AutoCloseable> T closing(T it) {
        open.add(it);
        return it;
    }

    /** A node with copies, and logins by both strategies. */
    private final class Node {
        private final RedisStorage shared;
        private final Authenticator sessions;
        private final Authenticator tokens;
        private final Heard heard;

        Node(RedisStorageBuilder builder) {
            shared = closing(builder.keyPrefix(prefix).build());
            Storage near = closing(NearStorage.over(shared));
            sessions = SessionAuthenticator.builder(near).build();
            tokens = JwtAuthenticator.builder(near, keys)
                    .issuer("https://park.example")
                    .audience("park-api")
                    .absoluteTimeout(Duration.ofHours(8))
                    .build();
            heard = Heard.on(shared);
        }

        List<Authenticator> gates() {
            return List.of(sessions, tokens);
        }
    }

    @ParameterizedTest
    @EnumSource
    void server_full_refusesLoginsAndLetsEndingsThrough(Version version) {
        RedisServer server = closing(RedisServer.start(version));
        RedisStorageBuilder builder = RedisStorage.builder(server.uri());
        assertFullServerIsServed(new Node(builder), new Node(builder), List.of(server));
    }

    @Test
    void cluster_full_refusesLoginsAndLetsEndingsThrough() {
        RedisStorageBuilder builder =
                RedisStorage.cluster(RedisCluster.shared().uris().get(0));
        List<RedisServer> servers = RedisCluster.shared().servers();
        closing(() -> servers.forEach(RedisFullTest::widen));
        assertFullServerIsServed(new Node(builder), new Node(builder), servers);
    }

    private static void assertFullServerIsServed(Node here, Node there, List<RedisServer> servers) {
        List<Grant> live = logins(here);
        List<Grant> ending = logins(here);
        takeAll("counted", here);
        List<LoginRow> filling = fill(here.shared, servers);

        assertLoginsAreRefused(here);
        assertAttemptsAreRefused(here);
        for (int i = 0; i < 2; i++) {
            assertLiveLoginGoesOn(here.gates().get(i), there.gates().get(i), live.get(i));
            assertLogoutIsSeen(here.gates().get(i), there.gates().get(i), ending.get(i));
        }
        here.heard.awaitFresh();
        there.heard.awaitFresh();
        assertThat(List.of(here.heard.gaps(), there.heard.gaps())).containsExactly(1, 1);
        here.shared.keyRing("ring").replace(new Document(1, "secret"), KeyRingStore.NONE);
        here.gates().forEach(gate -> gate.logins().endAll("ada"));
        assertThat(there.tokens.logins().of("ada")).isEmpty();

        filling.forEach(row -> here.shared.logins().delete(row.id()));
        servers.forEach(RedisFullTest::widen);
        assertThat(logins(there)).hasSize(2);
        assertThat(limits(there).take("counted", TWO, Rows.NOW)).isZero();
        assertThat(limits(there).take("counted", TWO, Rows.NOW)).isPositive();
        takeAll("new", there);
    }

    private static List<Grant> logins(Node node) {
        return node.gates().stream().map(gate -> gate.login(Login.of("ada"))).toList();
    }

    /** Until one is refused; then each server has used up its memory for certain. */
    private static List<LoginRow> fill(RedisStorage storage, List<RedisServer> servers) {
        servers.forEach(server -> server.ask("CONFIG", "SET", "maxmemory", "" + (usedMemory(server) + 500_000)));
        List<LoginRow> filling = new ArrayList<>();
        Await.until("the store is full", () -> !isInserted(storage, filling));
        servers.forEach(server -> server.ask("CONFIG", "SET", "maxmemory", "100kb"));
        return filling;
    }

    private static boolean isInserted(RedisStorage storage, List<LoginRow> filling) {
        LoginRow row = Rows.of("filling-" + filling.size());
        try {
            storage.logins().insert(row, 100, Set.of(), Rows.NOW);
            filling.add(row);
            return true;
        } catch (LoginRefusedException e) {
            assertThat(storage.logins().find(row.id())).isEmpty();
            return false;
        }
    }

    private static long usedMemory(RedisServer server) {
        return server.ask("INFO", "memory")
                .lines()
                .filter(line -> line.startsWith("used_memory:"))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1)))
                .sum();
    }

    private static void widen(RedisServer server) {
        server.ask("CONFIG", "SET", "maxmemory", "0");
    }

    private static void assertLoginsAreRefused(Node node) {
        node.gates()
                .forEach(gate -> assertThatThrownBy(() -> gate.login(Login.of("eve")))
                        .isInstanceOf(LoginRefusedException.class)
                        .hasMessageContaining("maxmemory"));
        assertThatThrownBy(() -> node.shared.logins().insert(Rows.of("bob"), UNLIMITED, Set.of(), Rows.NOW))
                .isInstanceOf(LoginRefusedException.class);
        assertThat(node.sessions.logins().of("eve")).isEmpty();
    }

    private static RateLimitStore limits(Node node) {
        return node.shared.rateLimits().orElseThrow();
    }

    private static void takeAll(String name, Node node) {
        for (int i = 0; i < TWO.atOnce(); i++) {
            assertThat(limits(node).take(name, TWO, Rows.NOW)).isZero();
        }
    }

    /** Attempts that were counted stay counted, and can be given back. */
    private static void assertAttemptsAreRefused(Node node) {
        for (String name : List.of("counted", "new", "another")) {
            assertThatThrownBy(() -> limits(node).take(name, TWO, Rows.NOW))
                    .isInstanceOf(AuthUnavailableException.class)
                    .hasMessageContaining("maxmemory");
        }
        limits(node).giveBack("new", TWO, Rows.NOW);
        limits(node).giveBack("counted", TWO, Rows.NOW);
    }

    private static void assertLiveLoginGoesOn(Authenticator here, Authenticator there, Grant grant) {
        assertThat(there.authenticate(grant.access(), Requirement.none().authoritative())
                        .rejection())
                .isEmpty();
        Grant next = here.renew(grant.renewal()).toOptional().orElseThrow();
        assertThat(there.authenticate(next.access()).rejection()).isEmpty();
        Grant raised = there.reauthenticate(next.renewal(), Login.of("ada"))
                .toOptional()
                .orElseThrow();
        assertThat(here.authenticate(raised.access()).rejection()).isEmpty();
    }

    private static void assertLogoutIsSeen(Authenticator here, Authenticator there, Grant grant) {
        assertThat(there.authenticate(grant.access()).rejection()).isEmpty();
        here.logout(grant.access());
        assertThat(here.authenticate(grant.access()).rejection()).isPresent();
        Await.until("seen", () -> there.authenticate(grant.access()).rejection().isPresent());
        assertThat(there.renew(grant.renewal()).rejection()).isPresent();
    }
}
