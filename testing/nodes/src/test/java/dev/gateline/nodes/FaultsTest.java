package dev.gateline.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gateline.AuthUnavailableException;
import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.nodes.Technology.Server;
import dev.gateline.servers.Await;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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

    private static Server server(Technology technology) {
        return SERVERS.computeIfAbsent(technology, Technology::start);
    }

    private static Park park(Technology technology, Strategy strategy) {
        return Park.open(server(technology), strategy);
    }

    @AfterAll
    static void stop() {
        SERVERS.values().forEach(Server::close);
    }

    private static void report(Park park, String what, Duration recovery, String counts) {
        System.out.printf(
                "%s, %s, %s: all well %,d ms after the end of it; %s%n",
                park.server(), park.strategy(), what, recovery.toMillis(), counts);
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void server_killedAndStartedAgain_losesNothing(Technology technology, Strategy strategy) {
        try (Park park = park(technology, strategy);
                Crowd crowd = Crowd.in(park)) {
            park.server().kill();
            park.awaitAllStale();
            crowd.awaitUnavailable(4);
            park.server().start();
            Duration recovery = crowd.awaitRecovery();
            report(park, "killed", recovery, crowd.audit());
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void server_restarted_losesNothing(Technology technology, Strategy strategy) {
        try (Park park = park(technology, strategy);
                Crowd crowd = Crowd.in(park)) {
            park.server().restart();
            Duration recovery = crowd.awaitRecovery();
            report(park, "restarted", recovery, crowd.audit());
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void server_frozenForLongerThanTheStaleness_isAnOutageAndNothingElse(Technology technology, Strategy strategy) {
        try (Park park = park(technology, strategy);
                Crowd crowd = Crowd.in(park)) {
            park.server().freeze();
            park.awaitAllStale();
            crowd.awaitUnavailable(4);
            park.server().thaw();
            Duration recovery = crowd.awaitRecovery();
            report(park, "frozen", recovery, crowd.audit());
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void feed_cutAtOneNode_asksTheStoreInstead(Technology technology, Strategy strategy) {
        try (Park park = park(technology, strategy);
                Crowd crowd = Crowd.in(park)) {
            Node node = park.nodes().get(0);
            node.wire().refuse(park.server().wordsOfTheFeed());
            Await.until("the node has noticed", node::isStale);
            int before = crowd.unavailable();
            crowd.awaitAccepted(300);
            assertThat(crowd.unavailable()).isEqualTo(before);
            node.wire().mend();
            Duration recovery = crowd.awaitRecovery();
            report(park, "one node's feed cut", recovery, crowd.audit());
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void stores_cutAtOneNode_whatIsInMemoryIsStillAccepted(Technology technology, Strategy strategy) {
        try (Park park = park(technology, strategy);
                Crowd crowd = Crowd.in(park)) {
            Node node = park.nodes().get(0);
            Grant grant = node.gate().login(Login.of("a guest"));
            assertThat(node.gate().authenticate(grant.access()).rejection()).isEmpty();
            node.wire().refuse(park.server().wordsOfTheStores());
            crowd.awaitUnavailable(4);
            assertThat(node.gate().authenticate(grant.access()).rejection()).isEmpty();
            assertThatExceptionOfType(AuthUnavailableException.class)
                    .isThrownBy(() -> node.gate().logout(grant.access()));
            node.wire().mend();
            Duration recovery = crowd.awaitRecovery();
            report(park, "one node's stores cut", recovery, crowd.audit());
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void node_cutOffAltogether_isAnOutageThereAndNowhereElse(Technology technology, Strategy strategy) {
        try (Park park = park(technology, strategy);
                Crowd crowd = Crowd.in(park)) {
            Node node = park.nodes().get(0);
            node.wire().cut();
            Await.until("the node has noticed", node::isStale);
            crowd.awaitUnavailable(4);
            assertThat(park.nodes().get(1).isStale()).isFalse();
            node.wire().mend();
            Duration recovery = crowd.awaitRecovery();
            report(park, "one node cut off", recovery, crowd.audit());
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void server_farAway_isSlowAndRight(Technology technology, Strategy strategy) {
        try (Park park = park(technology, strategy);
                Crowd crowd = Crowd.in(park)) {
            park.nodes().forEach(node -> node.wire().delay(Duration.ofMillis(30)));
            crowd.awaitAccepted(60);
            park.nodes().forEach(node -> node.wire().delay(Duration.ZERO));
            Duration recovery = crowd.awaitRecovery();
            report(park, "30 ms away, each way", recovery, crowd.audit());
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void feed_thatDoublesAndReorders_doesNoHarm(Technology technology, Strategy strategy) {
        try (Park park = Park.open(server(technology), strategy, ShuffledFeed::in);
                Crowd crowd = Crowd.in(park)) {
            crowd.awaitAccepted(1_000);
            report(park, "doubled and reordered", Duration.ZERO, crowd.audit());
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void node_startedWithEmptyMemory_acceptsNothingThatHasEnded(Technology technology, Strategy strategy) {
        try (Park park = park(technology, strategy);
                Crowd crowd = Crowd.in(park)) {
            List<Ticket> ended = crowd.ended();
            assertThat(ended).isNotEmpty();
            for (int i = 0; i < 10; i++) {
                park.remove(park.nodes().get(0));
                Node fresh = park.add(Clock.systemUTC());
                for (Ticket ticket : ended) {
                    assertThat(fresh.gate().authenticate(ticket.access()).toOptional())
                            .isEmpty();
                }
            }
            Duration recovery = crowd.awaitRecovery();
            report(park, "a node started anew", recovery, crowd.audit());
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void clock_ofOneNodeHalfAMinuteOff_doesNoHarm(Technology technology, Strategy strategy) {
        Clock clock = Clock.systemUTC();
        for (Duration off : List.of(Duration.ofSeconds(30), Duration.ofSeconds(-30))) {
            try (Park park = new Park(server(technology), strategy, UnaryOperator.identity())) {
                park.add(Clock.offset(clock, off));
                park.add(clock);
                park.add(clock);
                try (Crowd crowd = Crowd.in(park)) {
                    crowd.awaitAccepted(500);
                    report(park, "a clock " + off + " off", Duration.ZERO, crowd.audit());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void server_downAsNodesStart_isAnOutageUntilItIsUp(Technology technology, Strategy strategy) {
        Server server = server(technology);
        server.kill();
        try (Park park = park(technology, strategy)) {
            for (Node node : park.nodes()) {
                assertThatExceptionOfType(AuthUnavailableException.class)
                        .isThrownBy(() -> node.gate().login(Login.of("ada")));
            }
            server.start();
            try (Crowd crowd = Crowd.in(park)) {
                Duration recovery = crowd.awaitRecovery();
                report(park, "down at the start", recovery, crowd.audit());
            }
        }
    }
}
