package dev.gateline.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gateline.AuthUnavailableException;
import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.servers.Await;
import dev.gateline.servers.Server;
import dev.gateline.store.SharedStorage;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a crowd meets while something breaks: nothing that has ended is accepted, and nobody is logged out. */
class FaultsTest {
    private static final Map<Technology, Server> SERVERS = new EnumMap<>(Technology.class);

    static Stream<Arguments> everywhere() {
        return Stream.of(Technology.values())
                .flatMap(
                        technology -> Stream.of(Strategy.values()).map(strategy -> Arguments.of(technology, strategy)));
    }

    private static Park park(Technology technology, Strategy strategy, UnaryOperator<SharedStorage> disturbance) {
        Server server = SERVERS.computeIfAbsent(technology, Technology::start);
        return new Park(technology, server, strategy, disturbance);
    }

    private static Park park(Technology technology, Strategy strategy) {
        return park(technology, strategy, UnaryOperator.identity());
    }

    @AfterAll
    static void stop() {
        SERVERS.values().forEach(Server::close);
    }

    private static void meet(Technology technology, Strategy strategy, String what, BiConsumer<Park, Crowd> trouble) {
        try (Park park = park(technology, strategy).open()) {
            meet(park, what, trouble);
        }
    }

    private static void meet(Park park, String what, BiConsumer<Park, Crowd> trouble) {
        try (Crowd crowd = Crowd.in(park)) {
            trouble.accept(park, crowd);
            Duration recovery = crowd.awaitRecovery();
            String counts = crowd.audit();
            System.out.printf(
                    "%s, %s, %s: all well %,d ms after the end of it; %s%n",
                    park.technology(), park.strategy(), what, recovery.toMillis(), counts);
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void server_killedAndStartedAgain_losesNothing(Technology technology, Strategy strategy) {
        meet(technology, strategy, "killed", (park, crowd) -> {
            park.server().kill();
            park.awaitAllStale();
            crowd.awaitUnavailable(4);
            park.server().start();
        });
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void server_restarted_losesNothing(Technology technology, Strategy strategy) {
        meet(technology, strategy, "restarted", (park, crowd) -> {
            park.server().stop();
            park.server().start();
        });
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void server_frozenForLongerThanTheStaleness_isAnOutageAndNothingElse(Technology technology, Strategy strategy) {
        meet(technology, strategy, "frozen", (park, crowd) -> {
            park.server().freeze();
            park.awaitAllStale();
            crowd.awaitUnavailable(4);
            park.server().thaw();
        });
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void feed_cutAtOneNode_asksTheStoreInstead(Technology technology, Strategy strategy) {
        meet(technology, strategy, "one node's feed cut", (park, crowd) -> {
            Node node = park.nodes().get(0);
            node.wire().refuse(technology.wordsOfTheFeed());
            Await.until("the node has noticed", node::isStale);
            int before = crowd.unavailable();
            crowd.awaitAccepted(300);
            assertThat(crowd.unavailable()).isEqualTo(before);
            node.wire().mend();
        });
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void stores_cutAtOneNode_whatIsInMemoryIsStillAccepted(Technology technology, Strategy strategy) {
        meet(technology, strategy, "one node's stores cut", (park, crowd) -> {
            Node node = park.nodes().get(0);
            Grant grant = node.gate().login(Login.of("a guest"));
            assertThat(node.gate().authenticate(grant.access()).rejection()).isEmpty();
            node.wire().refuse(technology.wordsOfTheStores());
            crowd.awaitUnavailable(4);
            assertThat(node.gate().authenticate(grant.access()).rejection()).isEmpty();
            assertThatExceptionOfType(AuthUnavailableException.class)
                    .isThrownBy(() -> node.gate().logout(grant.access()));
            node.wire().mend();
        });
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void node_cutOffAltogether_isAnOutageThereAndNowhereElse(Technology technology, Strategy strategy) {
        meet(technology, strategy, "one node cut off", (park, crowd) -> {
            Node node = park.nodes().get(0);
            node.wire().cut();
            Await.until("the node has noticed", node::isStale);
            crowd.awaitUnavailable(4);
            assertThat(park.nodes().get(1).isStale()).isFalse();
            node.wire().mend();
        });
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void server_farAway_isSlowAndRight(Technology technology, Strategy strategy) {
        meet(technology, strategy, "60 ms away", (park, crowd) -> {
            park.nodes().forEach(node -> node.wire().delay(Duration.ofMillis(30)));
            crowd.awaitAccepted(60);
            park.nodes().forEach(node -> node.wire().delay(Duration.ZERO));
        });
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void feed_thatDoublesAndReorders_doesNoHarm(Technology technology, Strategy strategy) {
        try (Park park = park(technology, strategy, ShuffledFeed::in).open()) {
            meet(park, "doubled and reordered", (same, crowd) -> crowd.awaitAccepted(400));
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void node_startedWithEmptyMemory_acceptsNothingThatHasEnded(Technology technology, Strategy strategy) {
        meet(technology, strategy, "a node started anew", (park, crowd) -> {
            List<Ticket> ended = crowd.ended();
            assertThat(ended).isNotEmpty();
            for (int i = 0; i < 3; i++) {
                park.remove(park.nodes().get(0));
                Node fresh = park.add(Clock.systemUTC());
                // it may have to wait until a node that was there has vouched for the store
                ended.forEach(ticket -> Await.until("the new node answers", () -> isRefused(fresh, ticket)));
            }
        });
    }

    private static boolean isRefused(Node node, Ticket ticket) {
        try {
            assertThat(node.gate().authenticate(ticket.access()).toOptional()).isEmpty();
            return true;
        } catch (AuthUnavailableException e) {
            return false;
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void clock_ofOneNodeHalfAMinuteOff_doesNoHarm(Technology technology, Strategy strategy) {
        Clock clock = Clock.systemUTC();
        for (Duration off : List.of(Duration.ofSeconds(30), Duration.ofSeconds(-30))) {
            try (Park park = park(technology, strategy)) {
                park.add(Clock.offset(clock, off));
                park.add(clock);
                park.add(clock);
                meet(park, "a clock " + off + " off", (same, crowd) -> crowd.awaitAccepted(200));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void server_downAsNodesStart_isAnOutageUntilItIsUp(Technology technology, Strategy strategy) {
        try (Park park = park(technology, strategy)) {
            park.server().kill();
            park.open();
            for (Node node : park.nodes()) {
                assertThatExceptionOfType(AuthUnavailableException.class)
                        .isThrownBy(() -> node.gate().login(Login.of("ada")));
            }
            park.server().start();
            meet(park, "down at the start", (same, crowd) -> {});
        }
    }
}
