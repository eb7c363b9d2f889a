package dev.gateline.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.AuthUnavailableException;
import dev.gateline.Authenticator;
import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.Rejection;
import dev.gateline.servers.Await;
import dev.gateline.servers.Server;
import dev.gateline.store.Change;
import dev.gateline.store.ChangeFeed;
import dev.gateline.store.SharedStorage;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A node that was cut off for a moment learns what it has missed, and does not read all revocations again. */
class ShortBreakTest {
    private final ReadingsCounted readings = new ReadingsCounted();
    private final Set<ChangeFeed> heard = ConcurrentHashMap.newKeySet();

    /** Counts how often all live revocations are read, and notes which nodes have heard of a change. */
    private SharedStorage counting(SharedStorage storage) {
        storage.feed().subscribe(new ChangeFeed.Subscriber() {
            @Override
            public void changed(Change change) {
                heard.add(storage.feed());
            }

            @Override
            public void gap() {}

            @Override
            public void freshAsOf(long nanos) {}
        });
        return readings.in(storage);
    }

    @ParameterizedTest
    @CsvSource({"REDIS, SESSION", "REDIS, JWT", "POSTGRESQL, SESSION", "POSTGRESQL, JWT"})
    void node_cutOffForAMoment_knowsAllEndingsWithoutReadingThemAgain(Technology technology, Strategy strategy) {
        try (Server server = technology.start();
                Park park = new Park(technology, List.of(server), strategy, this::counting).open()) {
            park.awaitAllFresh();
            Node node = park.nodes().get(0);
            Authenticator other = park.nodes().get(1).gate();
            Grant live = other.login(Login.of("ada"));
            Grant ended = other.login(Login.of("ada"));
            other.logins().end(other.login(Login.of("ada")).loginId());
            Await.until("accepted", () -> accepts(node, live) && accepts(node, ended));
            // a node that has read no entry yet can't prove that the log is the same
            Await.until("all nodes have a position in the log", () -> heard.size() == 3);
            int before = readings.count();

            node.wire().cut();
            Await.until("the node has noticed", node::isStale);
            other.logins().end(ended.loginId());
            node.wire().mend();
            Await.until("the node hears of changes", () -> !node.isStale());

            assertThat(node.gate().authenticate(ended.access()).rejection())
                    .hasValueSatisfying(why -> assertThat(why).isIn(Rejection.REVOKED, Rejection.UNKNOWN));
            assertThat(accepts(node, live)).isTrue();
            assertThat(readings.count()).isEqualTo(before);
        }
    }

    private static boolean accepts(Node node, Grant grant) {
        try {
            return node.gate().authenticate(grant.access()).toOptional().isPresent();
        } catch (AuthUnavailableException e) {
            return false;
        }
    }
}
