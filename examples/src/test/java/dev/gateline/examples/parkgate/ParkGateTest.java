package dev.gateline.examples.parkgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class ParkGateTest {

    @ParameterizedTest
    @CsvSource({
        "--colour=red, unknown option: --colour=red",
        "jwt, unknown option: jwt",
        "--strategy=magic, 'strategy: jwt, session or both; was ''magic'''",
        "--port=eighty, 'port: a number from 0 to 65535; was ''eighty'''",
        "--port=8080;8081, 'port: a number from 0 to 65535; was ''8080;8081'''",
        "--port=65536, port",
        "--store=ftp://elsewhere, 'store: memory, redis://'",
        "--store=redis:nonsense, 'uri: '",
        "--store=jdbc:none://park?password=lovelace, 'store: no driver'"
    })
    void main_badOption_endsWith2(String option, String message) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), ParkGate.class.getName(), option)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(output)
                .startsWith(message)
                .contains("options: --strategy=jwt|session|both")
                .doesNotContain("lovelace");
        assertThat(process.waitFor()).isEqualTo(2);
    }

    @Test
    void start_portTaken_saysWhich() {
        try (ParkGate gate = ParkGate.start("both", 0)) {
            int port = gate.url().getPort();
            assertThatThrownBy(() -> ParkGate.start("both", port))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageStartingWith("port " + port + " can't be opened");
        }
    }
}
