package dev.gateline.applications;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagesMadeHereTest {
    private static final Path DOCS = Path.of("../../docs");

    @TempDir
    Path folder;

    @Test
    void speeds_onThePage_areWhatTheFiguresSay() throws IOException {
        Path page = Files.copy(DOCS.resolve("applications.md"), folder.resolve("applications.md"));

        Report.write(Results.read(DOCS.resolve("applications/results.json")), folder);

        assertThat(page).hasSameTextualContentAs(DOCS.resolve("applications.md"));
    }

    @Test
    void lines_onThePage_areThoseOfThePrograms() throws IOException {
        Path page = Files.copy(DOCS.resolve("guide/comparison.md"), folder.resolve("comparison.md"));

        Comparison.write(page, Path.of("src/main"));

        assertThat(page).hasSameTextualContentAs(DOCS.resolve("guide/comparison.md"));
    }
}
