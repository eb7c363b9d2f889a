package dev.gateline.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.AuthUnavailableException;
import dev.gateline.Authenticator;
import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.servers.Await;
import dev.gateline.servers.PostgresServer;
import dev.gateline.servers.Server;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.SharedStorage;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A server fails over, or is started again, without its last writes: the nodes write again what was lost, and don't
 * read all revocations.
 */
@Tag("slow")
class ShortLossTest {
    private final ReadingsCounted readings = new ReadingsCounted();

    /** A node that has just started knows too little of the log. */
    @ParameterizedTest
    @EnumSource
    void redis_failedOverWithoutTheLastEndings_getsThemAgainAndIsNotRead(Strategy strategy) {
        try (RedisPair pair = new RedisPair(false)) {
            meet(Technology.REDIS, pair, strategy, Duration.ofSeconds(3), new Loss() {
                @Override
                public void begin(Park park) {
                    pair.awaitInStep();
                    pair.promote();
                }

                @Override
                public void end(Park park) {
                    park.nodes().forEach(node -> node.wire().move(pair.portOfReplica()));
                    pair.swap();
                }
            });
        }
    }

    /** The order of the numbers settles after half a minute. */
    @ParameterizedTest
    @EnumSource
    void postgresql_startedAgainWithoutTheLastEndings_getsThemAgainAndIsNotRead(Strategy strategy) {
        try (PostgresServer server = (PostgresServer) Technology.POSTGRESQL.start()) {
            meet(Technology.POSTGRESQL, server, strategy, Duration.ofSeconds(32), new Loss() {
                @Override
                public void begin(Park park) {
                    server.keepCopy();
                }

                @Override
                public void end(Park park) {
                    server.goBackToCopy();
                }
            });
        }
    }

    /** Loses the writes between two moments. */
    private interface Loss {
        void begin(Park park);

        void end(Park park);
    }

    /** Otherwise nodes wait at a new store until one of them vouches for it, and can't measure a loss before that. */
    private static void vouch(Technology technology, Server server) {
        try (SharedStorage storage = technology.connect(server.port())) {
            RevocationStore revocations = storage.revocations();
            Await.until("vouched for", () -> isDone(() -> revocations.vouch(revocations.standing())));
        }
    }

    private void meet(Technology technology, Server server, Strategy strategy, Duration settling, Loss loss) {
        vouch(technology, server);
        try (Park park = new Park(technology, List.of(server), strategy, this::counted).open()) {
            park.awaitAllFresh();
            Node node = park.nodes().get(0);
            Authenticator other = park.nodes().get(1).gate();
            other.logins().end(other.login(Login.of("ada")).loginId());
            long began = System.nanoTime();
            Await.until("settled", () -> System.nanoTime() - began > settling.toNanos());
            Grant live = other.login(Login.of("ada"));
            Grant early = other.login(Login.of("ada"));
            Grant late = other.login(Login.of("ada"));
            other.logins().end(early.loginId());
            park.awaitAllHeard();
            park.nodes().forEach(each -> Await.until("refused", () -> refuses(each, early)));
            int before = readings.count();

            loss.begin(park);
            // a server may be started again for that
            Await.until("ended", () -> isDone(() -> other.logins().end(late.loginId())));
            park.awaitAllHeard();
            park.nodes().forEach(each -> Await.until("refused", () -> refuses(each, late)));
            loss.end(park);

            for (Node each : park.nodes()) {
                Await.until("accepted", () -> accepts(each, live));
                assertThat(accepts(each, early)).isFalse();
                assertThat(accepts(each, late)).isFalse();
            }
            park.awaitAllFresh();
            assertThat(accepts(node, late)).isFalse();
            assertThat(readings.count()).isEqualTo(before);
            Node fresh = park.add(Clock.systemUTC());
            Await.until("the new node answers", () -> refuses(fresh, late) && refuses(fresh, early));
            Await.until("the new node accepts", () -> accepts(fresh, live));
        }
    }

    private SharedStorage counted(SharedStorage storage) {
        return readings.in(storage);
    }

    private static boolean isDone(Runnable call) {
        try {
            call.run();
            return true;
        } catch (AuthUnavailableException e) {
            return false;
        }
    }

    private static boolean accepts(Node node, Grant grant) {
        try {
            return node.gate().authenticate(grant.access()).toOptional().isPresent();
        } catch (AuthUnavailableException e) {
            return false;
        }
    }

    private static boolean refuses(Node node, Grant grant) {
        try {
            return node.gate().authenticate(grant.access()).toOptional().isEmpty();
        } catch (AuthUnavailableException e) {
            return false;
        }
    }
}
