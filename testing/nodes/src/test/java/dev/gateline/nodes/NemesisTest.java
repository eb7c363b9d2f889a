package dev.gateline.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whether the promises hold whatever breaks: in each build for some seconds in every mode, and for as long as the
 * property {@code nemesis.minutes} says in the one that {@code nemesis.mode} says, from {@code nemesis.seed} on; at one
 * store with one strategy if {@code nemesis.place} names them.
 */
class NemesisTest {
    private static final Duration IN_THE_BUILD = Duration.ofSeconds(12);
    private static final Duration ROUND = Duration.ofMinutes(3);
    private static final String MODE = System.getProperty("nemesis.mode", "");
    private static final String PLACE = System.getProperty("nemesis.place", "");

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

        On(Technology technology) {
            this.technology = technology;
        }

        /** The mode that is asked for; else the first with both strategies, and each other with the next strategy. */
        Stream<Arguments> everywhere() {
            return Stream.of(Mode.values())
                    .filter(mode -> MODE.isEmpty() || mode.name().equalsIgnoreCase(MODE))
                    .filter(mode -> mode.isOf(technology))
                    .flatMap(mode -> Stream.of(Strategy.values())
                            .filter(this::isAsked)
                            .filter(strategy -> !MODE.isEmpty() || mode == Mode.DURABLE || isInTurn(mode, strategy))
                            .map(strategy -> Arguments.of(mode, strategy)));
        }

        private boolean isAsked(Strategy strategy) {
            return PLACE.isEmpty() || PLACE.equalsIgnoreCase(technology + "-" + strategy);
        }

        @SuppressWarnings("EnumOrdinal") // any half of them will do, as long as it has all modes
        private boolean isInTurn(Mode mode, Strategy strategy) {
            return (mode.ordinal() + technology.ordinal() + strategy.ordinal()) % 2 == 0;
        }

        /** For each mode with a strategy. The stores take their time side by side. */
        private Duration time() {
            long minutes = Long.getLong("nemesis.minutes", 0);
            return minutes == 0
                    ? IN_THE_BUILD
                    : Duration.ofMinutes(minutes).dividedBy(everywhere().count());
        }

        @ParameterizedTest(allowZeroInvocations = true)
        @MethodSource("everywhere")
        void promises_whateverBreaks_hold(Mode mode, Strategy strategy) {
            long until = System.nanoTime() + time().toNanos();
            for (long seed = Long.getLong("nemesis.seed", 18); until - System.nanoTime() > 0; seed++) {
                Duration left = Duration.ofNanos(until - System.nanoTime());
                Duration round = left.compareTo(ROUND) < 0 ? left : ROUND;
                String where = "%s, %s, %s, seed %d".formatted(technology, strategy, mode, seed);
                check(where, Nemesis.run(technology, strategy, mode, seed, round));
            }
        }
    }

    private static void check(String where, Nemesis.Result result) {
        System.out.printf(
                "%s: %,d operations, %,d without an answer, %d faults, %d violations%n",
                where, result.answered(), result.unanswered(), result.faults(), result.broken());
        List<String> told = result.told();
        assertThat(told)
                .as(where + System.lineSeparator() + String.join(System.lineSeparator(), told))
                .isEmpty();
    }
}
