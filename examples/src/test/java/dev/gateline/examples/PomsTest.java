package dev.gateline.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PomsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** Maven runs {@code exec:java} in each module that an example needs, so that each must have no program. */
    @Test
    void modulesOfTheParkGate_ofExecJava_runNoProgramOfTheirOwn() throws IOException {
        List<String> running = new ArrayList<>();
        for (String folder : List.of("auth-core", "auth-jwt", "auth-session", "extensions", "testing")) {
            try (var files = Files.walk(ROOT.resolve(folder))) {
                for (Path pom : files.filter(file -> file.endsWith("pom.xml")).toList()) {
                    String always = Files.readString(pom).replaceAll("(?s)<profiles>.*</profiles>", "");
                    if (always.contains("exec.skip")) {
                        running.add(ROOT.relativize(pom).toString());
                    }
                }
            }
        }

        assertThat(running).isEmpty();
    }
}
