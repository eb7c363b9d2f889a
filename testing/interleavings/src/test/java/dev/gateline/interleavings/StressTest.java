package dev.gateline.interleavings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs the classes of this module whose name ends with {@code Stress} by jcstress, each in processes of its own. */
@Tag("slow")
@Tag("once")
class StressTest {
    /** One process for each, without variations of the JVM's flags. */
    private static final List<String> SHORT =
            List.of("-f", "1", "-fsm", "0", "-iters", "1", "-time", "300", "-sc", "false", "-jvmArgs", "-Xmx512m");

    @Test
    void threadsOnRealCores_seeNothingForbidden() throws Exception {
        Path results = Files.createDirectories(Path.of("target", "stress").toAbsolutePath());
        File log = results.resolve("log.txt").toFile();

        Process jcstress = new ProcessBuilder(command(results))
                .directory(results.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        try {
            assertThat(jcstress.waitFor(1, TimeUnit.DAYS)).isTrue();
        } finally {
            jcstress.destroy();
        }

        assertThat(jcstress.exitValue()).as(() -> "see " + log).isZero();
        assertThat(log).content().contains("All remaining tests: " + tests() + " matching test results");
    }

    /** The number of tests, by the list that the annotation processor has written. */
    private static long tests() throws IOException {
        try (InputStream list = StressTest.class.getResourceAsStream("/META-INF/TestList")) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .count();
        }
    }

    private static List<String> command(Path results) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.openjdk.jcstress.Main",
                "-r",
                results.toString()));
        String mode = System.getProperty("stress.mode", "");
        command.addAll(mode.isEmpty() ? SHORT : List.of("-m", mode));
        return command;
    }
}
