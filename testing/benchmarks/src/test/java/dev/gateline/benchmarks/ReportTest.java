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
}
