package dev.gateline.examples.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** From an empty project to a login, a protected page and a logout everywhere: so much has a user to write. */
class LinesTest {
    private static final int JAVA = 15;
    private static final int YAML = 8;

    @Test
    void doors_lines_areFew() throws IOException {
        assertThat(Files.readAllLines(Path.of("src/main/java/dev/gateline/examples/boot/Doors.java")))
                .filteredOn(line -> !line.isBlank() && !line.matches("(import |package |/\\*\\*).*"))
                .hasSizeLessThanOrEqualTo(JAVA);
    }

    @Test
    void properties_lines_areFew() throws IOException {
        assertThat(Files.readAllLines(Path.of("src/main/resources/application.yaml")))
                .hasSizeLessThanOrEqualTo(YAML)
                .contains("  strategy: session");
    }
}
