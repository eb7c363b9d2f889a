package dev.gateline.redis;

import static dev.gateline.LoginLimit.UNLIMITED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.AuthUnavailableException;
import dev.gateline.Authenticator;
import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.LoginId;
import dev.gateline.Requirement;
import dev.gateline.jwt.Algorithm;
import dev.gateline.jwt.JwtAuthenticator;
import dev.gateline.jwt.KeyRing;
import dev.gateline.kit.MutableClock;
import dev.gateline.kit.Rows;
import dev.gateline.near.NearStorage;
import dev.gateline.servers.Await;
import dev.gateline.servers.RedisServer;
import dev.gateline.servers.RedisServer.Version;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Change;
import dev.gateline.store.LoginRow;
import dev.gateline.store.Revocation;
import dev.gateline.store.Storage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A primary that is lost, and the replica that takes its place. */
@Tag("once")
class RedisSentinelTest {
    private final RedisServer primary = RedisServer.start(
            Version.V7, List.of("--repl-diskless-sync-delay", "0", "--repl-ping-replica-period", "1"));
    private final RedisServer replica =
            RedisServer.start(Version.V7, List.of("--replicaof", "127.0.0.1", "" + primary.port()));
    private final RedisServer sentinel = RedisServer.start(Version.V7, List.of("--sentinel"));
    private final List<AutoCloseable> open = new ArrayList<>();
    private final KeyRing keys = KeyRing.generate(Algorithm.HS256);

    @BeforeEach
    void watch() {
        Await.until("replicated", () -> replica.ask("INFO", "replication").contains("master_link_status:up"));
        sentinel.ask("SENTINEL", "MONITOR", "main", "127.0.0.1", "" + primary.port(), "1");
        sentinel.ask("SENTINEL", "SET", "main", "down-after-milliseconds", "600");
        sentinel.ask("SENTINEL", "SET", "main", "failover-timeout", "2000");
        Await.until(
                "Sentinel knows the replica",
                () -> sentinel.ask("SENTINEL", "REPLICAS", "main").contains("master-link-status\r\n$2\r\nok"));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        List.of(sentinel, replica, primary).forEach(RedisServer::close);
    }

    private <T extends AutoCloseable> T closing(T it) {
        open.add(it);
        return it;
    }

    private RedisStorage storage() {
        return closing(RedisStorage.builder("redis-sentinel://127.0.0.1:" + sentinel.port() + "/0#main")
                .timeout(Duration.ofSeconds(1))
                .build());
    }

    /** A node with copies, and the same logins by both strategies. */
    private final class Node {
        private final RedisStorage shared = storage();
        private final Storage near = closing(NearStorage.over(shared));
        private final Authenticator sessions = sessions(near);
        private final Authenticator tokens = tokens(near);
        private final Heard heard = Heard.on(shared);

        boolean accepts(Grant session, Grant token) {
            return !refuses(sessions, session) || !refuses(tokens, token);
        }
    }

    private static Authenticator sessions(Storage storage) {
        return SessionAuthenticator.builder(storage).build();
    }

    private Authenticator tokens(Storage storage) {
        return tokens(storage, Clock.systemUTC());
    }

    private Authenticator tokens(Storage storage, Clock clock) {
        return JwtAuthenticator.builder(storage, keys)
                .issuer("https://park.example")
                .audience("park-api")
                .absoluteTimeout(Duration.ofHours(8))
                .clock(clock)
                .build();
    }

    /** An outage lets nobody in, and is no refusal. */
    private static boolean refuses(Authenticator gate, Grant grant) {
        return unlessAway(() -> gate.authenticate(grant.access()).rejection().isPresent());
    }

    private static boolean unlessAway(BooleanSupplier call) {
        try {
            return call.getAsBoolean();
        } catch (AuthUnavailableException e) {
            return false;
        }
    }

    private void awaitReplicated(LoginRow row) {
        Await.until("replicated", () -> replica.ask("EXISTS", key(row)).startsWith(":1"));
    }

    private static String key(LoginRow row) {
        return "gateline:login:{" + row.id() + "}";
    }

    private static LoginRow row(RedisStorage storage, Grant grant) {
        return storage.logins().find(grant.loginId()).orElseThrow();
    }

    @Test
    void primary_killed_isReplacedAndTheFeedTellsOfAGap() {
        RedisStorage node = storage();
        RedisStorage other = storage();
        Heard heard = Heard.on(node);
        Instant now = Instant.now();
        LoginRow row = Rows.of("bob");
        node.logins().insert(row, UNLIMITED, Set.of(), now);
        awaitReplicated(row);
        long epoch = node.revocations().raiseEpoch("gs_ ada", 0, now, now.plusSeconds(600));
        Await.until(
                "replicated",
                () -> replica.ask("GET", "gateline:revocations:{shared}:epoch").contains("" + epoch));

        primary.kill();
        Await.until(
                "served", () -> unlessAway(() -> node.logins().find(row.id()).isPresent()));
        Await.until(
                "elsewhere",
                () -> unlessAway(() -> other.logins().find(row.id()).isPresent()));
        heard.awaitFresh();

        assertThat(heard.gaps()).isGreaterThan(1);
        assertThat(node.revocations().raiseEpoch("gs_ ada", 0, now, now.plusSeconds(600)))
                .isGreaterThan(epoch);
        Revocation later = Revocation.ofLogin(row.id(), now.plusSeconds(600));
        other.revocations().revoke(later, now);
        heard.awaitFresh();
        assertThat(heard.changes()).endsWith(new Change.OfRevocation(later));
        Served.calls(storage()).values().forEach(Runnable::run);
    }

    /** The row comes back, its revocation was never replicated; whoever has heard of it still knows, and tells. */
    @Test
    void primary_lostWithItsLastWrites_nothingThatHasEndedComesBack() {
        Node here = new Node();
        Node there = new Node();
        RedisStorage plain = storage();
        Grant session = here.sessions.login(Login.of("ada"));
        Grant token = here.tokens.login(Login.of("ada"));
        Grant all = here.sessions.login(Login.of("bob"));
        Grant allTokens = here.tokens.login(Login.of("bob"));
        Grant live = here.sessions.login(Login.of("eve"));
        assertThat(there.accepts(session, token) && there.accepts(all, allTokens))
                .isTrue();
        List<LoginRow> rows = List.of(
                row(plain, session), row(plain, token), row(plain, all), row(plain, allTokens), row(plain, live));
        rows.forEach(this::awaitReplicated);

        replica.freeze();
        primary.ask("CLIENT", "KILL", "TYPE", "replica");
        here.sessions.logout(session.access());
        here.tokens.logout(token.access());
        here.sessions.logins().endAll("bob");
        here.tokens.logins().endAll("bob");
        there.heard.awaitFresh();
        primary.kill();
        replica.thaw();

        // all rows were replicated; nodes may delete some of them again before anybody looks
        LoginRow goesOn = rows.get(rows.size() - 1);
        Await.until(
                "the replica has taken over",
                () -> unlessAway(() -> plain.logins().find(goesOn.id()).isPresent()));
        here.heard.awaitFresh();
        there.heard.awaitFresh();
        for (Storage storage : List.of(here.near, there.near, plain)) {
            Authenticator sessions = sessions(storage);
            Authenticator tokens = tokens(storage);
            assertThat(refuses(sessions, session)).as("session").isTrue();
            assertThat(refuses(tokens, token)).as("token").isTrue();
            assertThat(refuses(sessions, all)).as("all sessions").isTrue();
            assertThat(refuses(tokens, allTokens)).as("all tokens").isTrue();
            assertThat(tokens.renew(token.renewal()).rejection()).as("renewal").isPresent();
            assertThat(tokens.renew(allTokens.renewal()).rejection())
                    .as("renewal")
                    .isPresent();
            assertThat(sessions.authenticate(live.access(), Requirement.none().authoritative())
                            .rejection())
                    .as("a login that goes on")
                    .isEmpty();
        }
        Await.until(
                "the rows are deleted again",
                () -> rows.subList(0, 2).stream()
                        .noneMatch(row -> plain.logins().find(row.id()).isPresent()));
        assertNothingComesBackLater(plain, List.of(session, all), List.of(token, allTokens));
    }

    private void assertNothingComesBackLater(RedisStorage storage, List<Grant> sessions, List<Grant> tokens) {
        MutableClock clock = new MutableClock(Instant.now());
        clock.advance(Duration.ofMinutes(25));
        for (int i = 0; i < 20; i++) {
            Instant now = clock.instant();
            storage.revocations().revoke(Revocation.ofLogin(new LoginId("l" + i), now.plusSeconds(60)), now);
            storage.revocations().raiseEpoch("gs_ " + i, 0, now, now.plusSeconds(60));
        }
        Authenticator later = SessionAuthenticator.builder(storage).clock(clock).build();
        Authenticator laterTokens = tokens(storage, clock);
        assertThat(sessions)
                .allSatisfy(
                        grant -> assertThat(later.authenticate(grant.access()).rejection())
                                .isPresent());
        assertThat(tokens)
                .allSatisfy(
                        grant -> assertThat(laterTokens.renew(grant.renewal()).rejection())
                                .isPresent());
    }
}
