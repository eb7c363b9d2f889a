package dev.gateline.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.gateline.Authenticator;
import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.LoginLimit;
import dev.gateline.Requirement;
import dev.gateline.jdbc.JdbcStorage;
import dev.gateline.jwt.Algorithm;
import dev.gateline.jwt.KeyRing;
import dev.gateline.kit.Race;
import dev.gateline.near.NearStorage;
import dev.gateline.redis.RedisStorage;
import dev.gateline.servers.Await;
import dev.gateline.servers.MariadbServer;
import dev.gateline.servers.PostgresServer;
import dev.gateline.servers.RedisServer;
import dev.gateline.servers.RedisServer.Version;
import dev.gateline.session.AttributeKey;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.KeyRingStore;
import dev.gateline.store.RateLimitStore;
import dev.gateline.store.RateLimitStore.Rate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A node with the fewest connections that the operations guide allows, which does everything at once. */
class FewConnectionsTest {
    private static final AttributeKey<Integer> COUNT = AttributeKey.of("count", Integer.class);
    private static final Rate RATE = new Rate(1_000, Duration.ofMillis(1));
    private static final int USERS = 6;
    private static final int ROUNDS = 10;

    private static HikariDataSource pool(String url, int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(connections);
        config.setConnectionTimeout(5_000);
        return new HikariDataSource(config);
    }

    @Test
    void node_onPostgresWithAPoolOfTwo_doesEverythingAtOnce() {
        try (PostgresServer server = new PostgresServer();
                HikariDataSource pool = pool(server.url(), 2)) {
            JdbcStorage storage = JdbcStorage.of(pool).createIfMissing();
            doEverything(NearStorage.over(storage), storage.keyRing("ring"));
        }
    }

    /** MariaDB has no notifications, so that no connection is kept for them. */
    @Test
    void node_onMariadbWithAPoolOfOne_doesEverythingAtOnce() {
        try (HikariDataSource pool = pool(MariadbServer.url("few"), 1)) {
            JdbcStorage storage = JdbcStorage.of(pool).createIfMissing();
            doEverything(NearStorage.over(storage), storage.keyRing("ring"));
        }
    }

    @Test
    void node_onRedis_doesEverythingAtOnceWithTwoConnections() {
        try (RedisServer server = RedisServer.start(Version.V7)) {
            RedisStorage storage = RedisStorage.builder(server.uri()).build();
            NearStorage near = NearStorage.over(storage);
            Await.until("connected", () -> near.health().fresh());
            assertThat(clients(server)).isEqualTo(2);

            doEverything(near, storage.keyRing("ring"));
        }
    }

    /** Without the one that asks. */
    private static long clients(RedisServer server) {
        return server.ask("CLIENT", "LIST")
                        .lines()
                        .filter(line -> line.startsWith("id="))
                        .count()
                - 1;
    }

    /** Any call that fails fails the test, and so does a node that is not fresh in the end. */
    private static void doEverything(NearStorage near, KeyRingStore ring) {
        LoginLimit limit = LoginLimit.endingLeastRecentlySeenBeyond(3);
        try (near;
                SessionAuthenticator sessions =
                        SessionAuthenticator.builder(near).limit(limit).build();
                Authenticator tokens = Strategy.JWT.gate(near, Clock.systemUTC(), event -> {}, limit)) {
            Await.until("fresh", () -> near.health().fresh());
            RateLimitStore limits = near.rateLimits().orElseThrow();
            KeyRing keys = KeyRing.builder(Algorithm.HS256).store(ring).build();
            Race.run(USERS, () -> {
                for (int i = 0; i < ROUNDS; i++) {
                    useSession(sessions, "ada" + i % 3);
                    useTokens(tokens, "bob" + i % 3);
                    assertThat(limits.take("attempts", RATE, Instant.now())).isZero();
                    keys.rotate();
                }
                return null;
            });
            Await.until("fresh", () -> near.health().fresh());
        }
    }

    /** Another user of the same name may have ended the login meanwhile. */
    private static void useSession(SessionAuthenticator gate, String name) {
        Grant grant = gate.login(Login.of(name));
        use(gate, grant.access());
        gate.data(grant.loginId()).put(COUNT, 1);
        Credential now = gate.renew(grant.renewal()).toOptional().orElse(grant).access();
        use(gate, now);
        gate.logout(now);
    }

    private static void useTokens(Authenticator gate, String name) {
        Grant grant = gate.login(Login.of(name));
        use(gate, grant.access());
        gate.renew(grant.renewal());
        gate.logins().of(name);
        gate.logins().endAll(name);
    }

    private static void use(Authenticator gate, Credential access) {
        gate.authenticate(access);
        gate.authenticate(access, Requirement.none().authoritative());
    }
}
