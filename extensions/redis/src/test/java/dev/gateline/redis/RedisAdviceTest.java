package dev.gateline.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthUnavailableException;
import dev.gateline.LoginId;
import dev.gateline.kit.Rows;
import dev.gateline.servers.RedisCluster;
import dev.gateline.servers.RedisServer;
import dev.gateline.servers.RedisServer.Version;
import dev.gateline.store.Change;
import dev.gateline.store.LoginStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The advice that is logged when a storage is wired to a server that does not fit. */
class RedisAdviceTest {
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private RedisStorage storage(RedisStorageBuilder builder) {
        RedisStorage storage = builder.timeout(Duration.ofSeconds(1)).build();
        open.add(0, storage);
        return storage;
    }

    private RedisServer server(Version version, String... settings) {
        RedisServer server = RedisServer.start(version, List.of(settings));
        open.add(server);
        return server;
    }

    private static void assertSays(ThrowingCallable call, String... advice) {
        assertThatThrownBy(call)
                .isInstanceOf(AuthUnavailableException.class)
                .hasMessageStartingWith("Redis ")
                .hasMessageContainingAll(advice)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("se-cret"));
    }

    @ParameterizedTest
    @EnumSource
    void find_databaseOutOfRange_saysThatTheUriNamesIt(Version version) {
        RedisStorage storage = storage(RedisStorage.builder(server(version).uri() + "/99"));

        assertSays(() -> storage.logins().find(new LoginId("se-cret")), "Redis refused: ERR", "database");
    }

    @ParameterizedTest
    @EnumSource
    void publish_infoRenamed_saysThatACommandIsMissing(Version version) {
        RedisServer server = server(version, "--rename-command", "INFO", "OTHER");
        RedisStorage storage = storage(RedisStorage.builder(server.uri()));

        assertSays(
                () -> storage.feed().publish(new Change.OfRow(new LoginId("se-cret"))),
                "Redis refused: ERR",
                "renamed or switched off");
    }

    @ParameterizedTest
    @EnumSource
    void publish_infoForbidden_saysThatARightIsMissing(Version version) {
        RedisServer server = server(version);
        server.ask("ACL SETUSER gate on >se-cret ~* +@all -info".split(" "));
        RedisStorage storage = storage(RedisStorage.builder("redis://gate:se-cret@127.0.0.1:" + server.port()));

        assertSays(() -> storage.feed().publish(new Change.OfRow(new LoginId("l"))), "Redis refused: ", "a right that");
    }

    @Test
    void insert_builderPointedAtACluster_saysToUseCluster() {
        RedisStorage storage =
                storage(RedisStorage.builder(RedisCluster.shared().uris().get(0)));
        LoginStore logins = storage.logins();

        assertSays(() -> logins.insert(Rows.of("se-cret"), 1, Set.of(), Rows.NOW), "RedisStorage.cluster");
    }

    @Test
    void find_clusterPointedAtOneServer_saysToUseBuilder() {
        RedisStorage storage = storage(RedisStorage.cluster(server(Version.V7).uri()));

        assertSays(() -> storage.logins().find(new LoginId("l")), "RedisStorage.builder");
    }

    @Test
    void find_tlsToAPlainPort_saysThatTheSchemeMustFit() {
        RedisStorage storage = storage(RedisStorage.builder(
                "rediss://:se-cret@127.0.0.1:" + server(Version.V7).port()));

        assertSays(() -> storage.logins().find(new LoginId("l")), "scheme of the uri", "rediss://");
    }

    @Test
    void find_nobodyListens_saysThatAlone() {
        RedisServer server = server(Version.V7);
        server.kill();
        RedisStorage storage = storage(RedisStorage.builder(server.uri()));

        assertThatThrownBy(() -> storage.logins().find(new LoginId("l")))
                .isInstanceOf(AuthUnavailableException.class)
                .hasMessageContaining("refused")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("scheme"));
    }
}
