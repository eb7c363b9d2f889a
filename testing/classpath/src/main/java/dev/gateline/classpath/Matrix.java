package dev.gateline.classpath;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gateline.servers.RedisServer;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Resolves the class path of each kind of host by Maven, and runs {@link Host} there. Started by
 * {@code testing/classpath/run}.
 */
final class Matrix {
    private static final String MODULES = "dev.gateline.jwt,dev.gateline.session,dev.gateline.near,dev.gateline.redis";

    private final Path directory;
    private final List<Row> rows;

    private Matrix(Path directory, List<Row> rows) {
        this.directory = directory;
        this.rows = rows;
    }

    /**
     * Exits with 1 if a program printed something else than it should have.
     *
     * @param args a directory to write to, a local repository of Maven that has our artifacts, and parts of the names
     *     of rows to run, all if there are none
     */
    public static void main(String[] args) throws Exception {
        List<String> parts = Arrays.asList(args).subList(2, args.length);
        List<Row> rows = Rows.all().stream()
                .filter(row -> parts.isEmpty() || parts.stream().anyMatch(row.name()::contains))
                .toList();
        Matrix matrix = new Matrix(Path.of(args[0]), rows);
        matrix.resolve(args[1]);
        System.exit(matrix.isRight() ? 0 : 1);
    }

    /** All by one Maven: starting it takes longer than resolving. */
    private void resolve(String repository) throws IOException, InterruptedException {
        for (Row row : rows) {
            Files.createDirectories(directory.resolve(row.name()));
            Files.writeString(directory.resolve(row.name()).resolve("pom.xml"), row.pom());
        }
        String modules =
                rows.stream().map(row -> "<module>" + row.name() + "</module>").collect(Collectors.joining("\n"));
        Files.writeString(directory.resolve("pom.xml"), """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>host</groupId>
                  <artifactId>all</artifactId>
                  <version>1</version>
                  <packaging>pom</packaging>
                  <modules>
                    %s
                  </modules>
                </project>
                """.formatted(modules));
        List<String> command = List.of(
                "mvn",
                "-B",
                "-ntp",
                "-q",
                "-T2",
                "-Dmaven.repo.local=" + repository,
                "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath",
                "-Dmdep.outputFile=class-path");
        Process maven = new ProcessBuilder(command)
                .directory(directory.toFile())
                .inheritIO()
                .start();
        if (maven.waitFor() != 0) {
            throw new IllegalStateException("Maven did not resolve the class paths of all hosts");
        }
    }

    private boolean isRight() throws IOException, InterruptedException, URISyntaxException {
        boolean right = true;
        try (RedisServer redis = RedisServer.start(RedisServer.Version.V7)) {
            for (Row row : rows) {
                right &= isRight(row, "redis://127.0.0.1:" + redis.port());
            }
        }
        return right;
    }

    private boolean isRight(Row row, String redis) throws IOException, InterruptedException, URISyntaxException {
        Path log = directory.resolve(row.name()).resolve("log");
        Process program = new ProcessBuilder(command(row, redis))
                .redirectError(log.toFile())
                .start();
        String printed = new String(program.getInputStream().readAllBytes(), UTF_8).strip();
        if (!program.waitFor(1, TimeUnit.MINUTES)) {
            program.destroyForcibly();
        }
        boolean right = printed.contains(row.prints());
        System.out.println((right ? "ok   " : "FAIL ") + row.name() + ": " + printed);
        return right;
    }

    private List<String> command(Row row, String redis) throws IOException, URISyntaxException {
        Path own = Path.of(
                Host.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        String libraries = Files.readString(directory.resolve(row.name()).resolve("class-path"))
                .strip();
        List<String> paths = row.isOnTheModulePath()
                ? List.of("-p", libraries, "--add-modules", MODULES, "-cp", own.toString())
                : List.of("-cp", own + ":" + libraries);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return Stream.of(
                        List.of(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                        paths,
                        List.of(Host.class.getName(), redis))
                .flatMap(List::stream)
                .toList();
    }
}
