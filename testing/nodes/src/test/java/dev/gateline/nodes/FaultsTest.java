package dev.gateline.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gateline.AuthUnavailableException;
import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.servers.Await;
import dev.gateline.servers.Server;
import dev.gateline.store.SharedStorage;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A crowd goes on while something breaks: no ended login is accepted, and nobody is logged out. */
class FaultsTest {

    /**
     * A test with each strategy. The tests of a class follow each other, because one of them would take the server away
     * from another. The mode of the class would make them concurrent, too.
     */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @ParameterizedTest
    @EnumSource
    @Execution(ExecutionMode.SAME_THREAD)
    private @interface WithEachStrategy {}

    @Nested
    @Execution(ExecutionMode.CONCURRENT)
    class OnRedis extends On {
        OnRedis() {
            super(Technology.REDIS);
        }
    }

    @Nested
    @Execution(ExecutionMode.CONCURRENT)
    class OnPostgresql extends On {
        OnPostgresql() {
            super(Technology.POSTGRESQL);
        }
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class On {
        private final Technology technology;
        private final Server server;

        On(Technology technology) {
            this.technology = technology;
            this.server = technology.start();
        }

        @AfterAll
        void stop() {
            server.close();
        }

        private Park park(Strategy strategy, UnaryOperator<SharedStorage> disturbance) {
            return new Park(technology, List.of(server), strategy, disturbance);
        }

        private Park park(Strategy strategy) {
            return park(strategy, UnaryOperator.identity());
        }

        private void meet(Strategy strategy, String what, BiConsumer<Park, Crowd> trouble) {
            try (Park park = park(strategy).open()) {
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

        @WithEachStrategy
        void server_killedAndStartedAgain_losesNothing(Strategy strategy) {
            meet(strategy, "killed", (park, crowd) -> {
                park.server().kill();
                park.awaitAllStale();
                crowd.awaitUnavailable(4);
                park.server().start();
            });
        }

        @WithEachStrategy
        void server_restarted_losesNothing(Strategy strategy) {
            meet(strategy, "restarted", (park, crowd) -> {
                park.server().stop();
                park.server().start();
            });
        }

        @WithEachStrategy
        void server_frozenForLongerThanTheStaleness_isAnOutageAndNothingElse(Strategy strategy) {
            meet(strategy, "frozen", (park, crowd) -> {
                park.server().freeze();
                park.awaitAllStale();
                crowd.awaitUnavailable(4);
                park.server().thaw();
            });
        }

        @WithEachStrategy
        void feed_cutAtOneNode_asksTheStoreInstead(Strategy strategy) {
            meet(strategy, "one node's feed cut", (park, crowd) -> {
                Node node = park.nodes().get(0);
                node.wire().refuse(technology.wordsOfTheFeed());
                Await.until("the node has noticed", node::isStale);
                int before = crowd.unavailable();
                crowd.awaitAccepted(300);
                assertThat(crowd.unavailable()).isEqualTo(before);
                node.wire().mend();
            });
        }

        @WithEachStrategy
        void stores_cutAtOneNode_whatIsInMemoryIsStillAccepted(Strategy strategy) {
            meet(strategy, "one node's stores cut", (park, crowd) -> {
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

        @WithEachStrategy
        void node_cutOffAltogether_isAnOutageThereAndNowhereElse(Strategy strategy) {
            meet(strategy, "one node cut off", (park, crowd) -> {
                Node node = park.nodes().get(0);
                node.wire().cut();
                Await.until("the node has noticed", node::isStale);
                crowd.awaitUnavailable(4);
                assertThat(park.nodes().get(1).isStale()).isFalse();
                node.wire().mend();
            });
        }

        @WithEachStrategy
        void server_farAway_isSlowAndRight(Strategy strategy) {
            meet(strategy, "60 ms away", (park, crowd) -> {
                park.nodes().forEach(node -> node.wire().delay(Duration.ofMillis(30)));
                crowd.awaitAccepted(60);
                park.nodes().forEach(node -> node.wire().delay(Duration.ZERO));
            });
        }

        @WithEachStrategy
        void feed_thatDoublesAndReorders_doesNoHarm(Strategy strategy) {
            try (Park park = park(strategy, ShuffledFeed::in).open()) {
                meet(park, "doubled and reordered", (same, crowd) -> crowd.awaitAccepted(400));
            }
        }

        @WithEachStrategy
        void node_startedWithEmptyMemory_acceptsNothingThatHasEnded(Strategy strategy) {
            meet(strategy, "a node started anew", (park, crowd) -> {
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
                assertThat(node.gate().authenticate(ticket.access()).toOptional())
                        .isEmpty();
                return true;
            } catch (AuthUnavailableException e) {
                return false;
            }
        }

        @WithEachStrategy
        void clock_ofOneNodeHalfAMinuteOff_doesNoHarm(Strategy strategy) {
            Clock clock = Clock.systemUTC();
            for (Duration off : List.of(Duration.ofSeconds(30), Duration.ofSeconds(-30))) {
                try (Park park = park(strategy)) {
                    park.add(Clock.offset(clock, off));
                    park.add(clock);
                    park.add(clock);
                    meet(park, "a clock " + off + " off", (same, crowd) -> crowd.awaitAccepted(200));
                }
            }
        }

        @WithEachStrategy
        void server_downAsNodesStart_isAnOutageUntilItIsUp(Strategy strategy) {
            try (Park park = park(strategy)) {
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
}
