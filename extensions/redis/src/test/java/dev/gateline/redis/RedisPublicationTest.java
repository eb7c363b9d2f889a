package dev.gateline.redis;

import static dev.gateline.LoginLimit.UNLIMITED;
import static dev.gateline.kit.Rows.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.EndReason;
import dev.gateline.kit.Rows;
import dev.gateline.servers.RedisCluster;
import dev.gateline.servers.RedisServer;
import dev.gateline.servers.RedisServer.Version;
import dev.gateline.store.Change;
import dev.gateline.store.LoginRow;
import dev.gateline.store.Revocation;
import dev.gateline.store.Written;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Other nodes hear of every change whose call has returned, and of nothing else. */
class RedisPublicationTest {
    private static final Instant UNTIL = NOW.plusSeconds(600);

    private final String prefix = TestStorage.freshPrefix();

    @ParameterizedTest
    @EnumSource
    void change_ofEachKind_isHeardByAnotherNode(Version version) {
        try (RedisStorage writer = on(version);
                RedisStorage reader = on(version)) {
            assertAllAreHeard(writer, reader);
        }
    }

    @Test
    void change_ofEachKindInACluster_isHeardByAnotherNode() {
        try (RedisStorage writer = onCluster();
                RedisStorage reader = onCluster()) {
            assertAllAreHeard(writer, reader);
        }
    }

    private RedisStorage on(Version version) {
        return RedisStorage.builder(RedisServer.shared(version).uri())
                .keyPrefix(prefix)
                .build();
    }

    private RedisStorage onCluster() {
        return RedisStorage.cluster(RedisCluster.shared().uris().get(0))
                .keyPrefix(prefix)
                .build();
    }

    private static void assertAllAreHeard(RedisStorage writer, RedisStorage reader) {
        Heard heard = Heard.on(reader);
        LoginRow row = Rows.of("ada");
        Revocation token = Revocation.ofToken("0", UNTIL);
        Revocation login = Revocation.ofLogin(row.id(), UNTIL, EndReason.LOGGED_OUT);
        Revocation group = Revocation.ofGroup("gs_ 0 bob", 7, UNTIL);

        writer.logins().insert(row, UNLIMITED, Set.of(), NOW);
        assertThat(writer.logins().replace(Rows.next(row, NOW), row.version(), NOW))
                .isEqualTo(Written.DONE);
        assertThat(writer.logins().replace(Rows.next(row, NOW), row.version(), NOW))
                .isEqualTo(Written.STALE);
        assertThat(writer.logins().replace(Rows.of("bob"), 1, NOW)).isEqualTo(Written.GONE);
        writer.revocations().revoke(token, NOW);
        writer.revocations().revoke(login, NOW);
        writer.revocations().revoke(group, NOW);
        writer.revocations().revokeAll(List.of(token, login), NOW);
        List<Change> raised = Stream.of("gs_ ada", "gs_ 0 a  d\u00e4 ", "gs_ half \ud800 pair")
                .<Change>map(key -> new Change.OfRevocation(
                        Revocation.ofGroup(key, writer.revocations().raiseEpoch(key, 0, NOW, UNTIL), UNTIL)))
                .toList();

        heard.awaitFresh();
        assertThat(heard.changes())
                .startsWith(
                        new Change.OfRow(row.id()),
                        new Change.OfRevocation(token),
                        new Change.OfRevocation(login),
                        new Change.OfRevocation(group),
                        new Change.OfRevocation(token),
                        new Change.OfRevocation(login))
                .endsWith(raised.toArray(Change[]::new))
                .hasSize(6 + raised.size());
    }
}
