package dev.gateline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final Path DOCS = Path.of("../../docs");

    @Test
    void page_andItsPlots_areWhatTheFiguresSay(@TempDir Path folder) throws IOException {
        Path page = Files.copy(DOCS.resolve("performance.md"), folder.resolve("performance.md"));
        Results results = Results.read(DOCS.resolve("performance/results.json"));
        results.write(folder.resolve("performance/results.json"));

        Report.write(results, folder);

        assertThat(page).hasSameTextualContentAs(DOCS.resolve("performance.md"));
        assertThat(texts(folder.resolve("performance"))).isEqualTo(texts(DOCS.resolve("performance")));
    }

    private static Map<String, String> texts(Path folder) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                texts.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return texts;
    }

    @Test
    void page_ofOtherFigures_isAnotherAndKeepsItsProse() {
        String page = "before\n<!-- renew -->\nold\n<!-- end -->\nafter\n";
        Row row = new Row("RenewBenchmark.renew", Map.of("where", "MEMORY"), 1, 12.345, 13, "us/op", 678);
        Results results = new Results("2026-01-01", "a machine", "a JDK", Map.of(), List.of(row));

        assertThat(Report.page(results, page)).isEqualTo("""
                before
                <!-- renew -->
                | store | microseconds | bytes allocated |
                |---|---|---|
                | memory | 13.0 | 678 |
                <!-- end -->
                after
                """);
    }

    @Test
    void page_ofFiguresOfTwoJdks_hasATableForEach() {
        Row older = lookup("LookupBenchmark.find", "GATELINE", 2, 2_000);
        Row newer = lookup("LookupBenchmark.find on JDK 25", "GATELINE", 2, 3_000);
        Results results = new Results("2026-01-01", "a machine", "a JDK", Map.of(), List.of(older, newer));

        assertThat(Report.page(results, "<!-- scaling -->\n<!-- end -->\n")).isEqualTo("""
                <!-- scaling -->
                | look-ups a second | kept in | 2 threads |
                |---|---|---|
                | Gateline | memory | 2,000 |

                | look-ups a second on JDK 25 | kept in | 2 threads |
                |---|---|---|
                | Gateline | memory | 3,000 |
                <!-- end -->
                """);
    }

    @Test
    void page_ofAFigureThatWasNotMeasured_hasAnEmptyCell() {
        Results results = new Results(
                "2026-01-01",
                "a machine",
                "a JDK",
                Map.of(),
                List.of(
                        lookup("LookupBenchmark.find", "GATELINE", 2, 2_000),
                        lookup("VirtualThreadsBenchmark.byEight", "GATELINE", -8, 3_000),
                        lookup("LookupBenchmark.find", "SHIRO", 2, 4_000)));

        assertThat(Report.page(results, "<!-- scaling -->\n<!-- end -->\n")).isEqualTo("""
                <!-- scaling -->
                | look-ups a second | kept in | 2 threads | 8 virtual threads |
                |---|---|---|---|
                | Gateline | memory | 2,000 | 3,000 |
                | Shiro | memory | 4,000 |  |
                <!-- end -->
                """);
    }

    private static Row lookup(String benchmark, String library, int threads, double perSecond) {
        return new Row(benchmark, Map.of("library", library), threads, perSecond, perSecond, "ops/s", 0);
    }
}
