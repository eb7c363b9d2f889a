package dev.gateline.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whether the promises hold whatever breaks: in each build for half a minute each, and for as long as the property
 * {@code nemesis.minutes} says; {@code nemesis.mode} and {@code nemesis.seed} say what is tried.
 */
class NemesisTest {
    private static final Duration IN_THE_BUILD = Duration.ofSeconds(25);
    private static final Duration ROUND = Duration.ofMinutes(3);
    private static final List<Logger> LOGGERS =
            List.of(Logger.getLogger("dev.gateline"), Logger.getLogger("io.lettuce"));

    @BeforeAll
    static void quiet() {
        // every feed and store is lost again and again, and says so
        LOGGERS.forEach(logger -> logger.setLevel(Level.OFF));
    }

    @AfterAll
    static void loud() {
        LOGGERS.forEach(logger -> logger.setLevel(null));
    }

    static Stream<Arguments> everywhere() {
        return FaultsTest.everywhere().filter(place -> mode().isOf((Technology) place.get()[0]));
    }

    private static Mode mode() {
        return Mode.valueOf(System.getProperty("nemesis.mode", "durable").toUpperCase(Locale.ROOT));
    }

    /** For each technology and strategy. */
    private static Duration time() {
        long minutes = Long.getLong("nemesis.minutes", 0);
        return minutes == 0
                ? IN_THE_BUILD
                : Duration.ofMinutes(minutes).dividedBy(everywhere().count());
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void promises_whateverBreaks_hold(Technology technology, Strategy strategy) {
        long until = System.nanoTime() + time().toNanos();
        for (long seed = Long.getLong("nemesis.seed", 18); until - System.nanoTime() > 0; seed++) {
            Duration left = Duration.ofNanos(until - System.nanoTime());
            Duration round = left.compareTo(ROUND) < 0 ? left : ROUND;
            check(technology, strategy, seed, Nemesis.run(technology, strategy, mode(), seed, round));
        }
    }

    private static void check(Technology technology, Strategy strategy, long seed, Nemesis.Result result) {
        String where = "%s, %s, %s, seed %d".formatted(technology, strategy, mode(), seed);
        System.out.printf(
                "%s: %,d operations, %,d without an answer, %d faults, %d violations%n",
                where, result.answered(), result.unanswered(), result.faults(), result.broken());
        List<String> told = result.told();
        assertThat(told)
                .as(where + System.lineSeparator() + String.join(System.lineSeparator(), told))
                .isEmpty();
    }
}
