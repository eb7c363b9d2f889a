package dev.gateline.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.servers.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application with DevTools on its class path, in a JVM of its own: DevTools does nothing under JUnit. */
@Tag("slow")
@Tag("once")
class DevToolsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"memory", "jdbc", "redis"})
    void restart_byDevTools_leavesNoThreadAndNoClassLoader(String store) throws Exception {
        assertThat(lastLine(store)).isEqualTo("class loaders of the runs [5], more threads []");
    }

    private String lastLine(String store) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        List<String> java = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // caches of Spring and of the JDK hold class loaders softly
                "-XX:SoftRefLRUPolicyMSPerMB=0",
                "-Dorg.springframework.boot.logging.LoggingSystem=none",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                RestartedPark.class.getName());
        Process program = new ProcessBuilder(
                        Stream.concat(java.stream(), settings(store)).toList())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(program.waitFor(180, TimeUnit.SECONDS)).as("it ends").isTrue();
        } finally {
            program.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(output);
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }

    private static Stream<String> settings(String store) {
        return Stream.of(
                        "server.address=127.0.0.1",
                        "server.port=0",
                        "spring.main.banner-mode=off",
                        "spring.devtools.livereload.enabled=false",
                        "spring.flyway.enabled=false",
                        "spring.liquibase.enabled=false",
                        "spring.datasource.url=jdbc:h2:mem:restarted",
                        "gateline.origins=https://park.example",
                        "gateline.strategy=both",
                        "gateline.jwt.issuer=https://park.example",
                        "gateline.jwt.audience=park",
                        "gateline.store=" + store,
                        "gateline.redis.uri="
                                + RedisServer.shared(RedisServer.Version.V7).uri())
                .map(setting -> "--" + setting);
    }
}
