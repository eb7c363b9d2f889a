package dev.gateline.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The time of a new process until its first requests, the median of some processes for each strategy: with nothing
 * prepared, and with an archive of the classes that an earlier process has loaded (application class-data sharing).
 */
final class StartUp {
    private static final List<String> FIGURES =
            List.of("build()", "the first login", "the first request", "the tenth request");

    private static final Pattern OWN = Pattern.compile("/(auth-(core|jwt|session)|benchmarks)/target/classes$"
            + "|/(auth-(core|jwt|session)|jjwt|jackson-(core|databind|annotations)|caffeine|jspecify)-[^/]*\\.jar$");

    private final String strategy;
    private final String classPath;
    private final Path archive;

    private StartUp(String strategy, String classPath, Path archive) {
        this.strategy = strategy;
        this.classPath = classPath;
        this.archive = archive;
    }

    /** Measures both strategies. */
    static List<Row> measure() throws Exception {
        Path folder = Files.createDirectories(Path.of("testing/benchmarks/target/start-up"));
        String classPath = jars(folder);
        List<Row> rows = new ArrayList<>();
        for (String strategy : List.of("sessions", "JWT")) {
            rows.addAll(new StartUp(strategy, classPath, folder.resolve(strategy + ".jsa")).rows());
        }
        return rows;
    }

    /** The class path of Gateline alone. Folders become jars, because a JVM archives no classes from folders. */
    private static String jars(Path folder) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> OWN.matcher(entry).find())
                .map(entry -> entry.endsWith(".jar") ? entry : jar(entry, folder))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String jar(String classes, Path folder) {
        String jar = folder.resolve(classes.replaceAll("\\W", "-") + ".jar").toString();
        int failed = ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(System.err, System.err, "--create", "--file", jar, "-C", classes, ".");
        if (failed != 0) {
            throw new IllegalStateException("no jar can be made of " + classes);
        }
        return jar;
    }

    private List<Row> rows() throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>(rows("", List.of()));
        probe(List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:disable"));
        rows.addAll(rows(" with an archive", List.of("-XX:SharedArchiveFile=" + archive)));
        return rows;
    }

    private List<Row> rows(String how, List<String> options) throws IOException, InterruptedException {
        List<double[]> runs = new ArrayList<>();
        for (int i = 0; i < (Run.isShort() ? 1 : 11); i++) {
            runs.add(probe(options));
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < FIGURES.size(); i++) {
            rows.add(Row.single("StartUp", strategy + how + ", " + FIGURES.get(i), median(runs, i), "ms"));
        }
        rows.add(Row.single("StartUp", strategy + how + ", loaded by then", median(runs, FIGURES.size()), "classes"));
        return rows;
    }

    private static double median(List<double[]> runs, int figure) {
        double[] sorted = runs.stream().mapToDouble(run -> run[figure]).sorted().toArray();
        return Row.rounded(sorted[sorted.length / 2]);
    }

    private double[] probe(List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, StartUpProbe.class.getName(), strategy));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("the process of " + strategy + " has failed");
        }
        return Arrays.stream(line.split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }
}
