package dev.gateline.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The time of a new process until its first requests, the median of some processes for each strategy. */
final class StartUp {
    private static final List<String> FIGURES =
            List.of("build()", "the first login", "the first request", "the tenth request");

    private static final Pattern OWN = Pattern.compile("/(auth-(core|jwt|session)|benchmarks)/target/classes$"
            + "|/(auth-(core|jwt|session)|jjwt|jackson-(core|databind|annotations)|caffeine|jspecify)-[^/]*\\.jar$");

    private StartUp() {}

    /** Measures both strategies. */
    static List<Row> measure() throws Exception {
        List<Row> rows = new ArrayList<>();
        for (String strategy : List.of("sessions", "JWT")) {
            List<double[]> runs = new ArrayList<>();
            for (int i = 0; i < (Run.isShort() ? 1 : 11); i++) {
                runs.add(probe(strategy));
            }
            for (int i = 0; i < FIGURES.size(); i++) {
                rows.add(Row.single("StartUp", strategy + ", " + FIGURES.get(i), median(runs, i), "ms"));
            }
            rows.add(Row.single("StartUp", strategy + ", loaded by then", median(runs, FIGURES.size()), "classes"));
        }
        return rows;
    }

    private static double median(List<double[]> runs, int figure) {
        double[] sorted = runs.stream().mapToDouble(run -> run[figure]).sorted().toArray();
        return Row.rounded(sorted[sorted.length / 2]);
    }

    private static double[] probe(String strategy) throws IOException, InterruptedException {
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> OWN.matcher(entry).find())
                .collect(Collectors.joining(File.pathSeparator));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(java, "-cp", classPath, StartUpProbe.class.getName(), strategy)
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
