package dev.gateline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GoalsTest {

    @Test
    void lines_ofNoFigures_areNone() {
        assertThat(Goals.lines(results())).isEmpty();
    }

    @Test
    void lines_ofASessionAmongAMillion_compareItWithFiveReads() {
        assertThat(Goals.lines(results(growth("session", 130), growth("fiveReads", 100))))
                .containsExactly(fiveReads("1.30", ""));
        assertThat(Goals.lines(results(growth("session", 131), growth("fiveReads", 100))))
                .containsExactly(fiveReads("1.31", "**missed**"));
    }

    private static List<String> fiveReads(String measured, String missed) {
        return List.of(
                "a session in use among a million, its time by that of five reads that wait for each other",
                "at most 1.3",
                measured,
                missed);
    }

    @Test
    void lines_ofAnySessionAndSpringsMap_areForEachSize() {
        assertThat(Goals.lines(results(growth("anySession", 99), growth("anySpringMap", 100))))
                .containsExactly(List.of(
                        "any of a million sessions in memory, its time by that of Spring's map, no use noted",
                        "at most 1",
                        "0.990",
                        ""));
    }

    @Test
    void lines_ofStrictLookups_areByTheBestNumberOfThreads() {
        Map<String, String> strict = Map.of("library", "GATELINE_REDIS_STRICT");

        assertThat(Goals.lines(results(
                        new Row("LookupBenchmark.find", strict, 2, 100, 100, "ops/s", 0),
                        new Row("LookupBenchmark.find", strict, 8, 94, 94, "ops/s", 0),
                        new Row("VirtualThreadsBenchmark.byEight", strict, -8, 95, 95, "ops/s", 0))))
                .containsExactly(strict("8 threads", "0.940", "**missed**"), strict("8 virtual threads", "0.950", ""));
    }

    private static List<String> strict(String threads, String measured, String missed) {
        return List.of(
                "a session, look-ups a second of " + threads + " by those of the best number of threads, Redis, strict",
                "at least 0.95",
                measured,
                missed);
    }

    private static Row growth(String method, double median) {
        return new Row("GrowthBenchmark." + method, Map.of("live", "1000000"), 1, median, median, "ns/op", 0);
    }

    private static Results results(Row... rows) {
        return new Results("2026-01-01", "a machine", "a JDK", Map.of(), List.of(rows));
    }
}
