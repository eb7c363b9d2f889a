package dev.gateline.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All figures of one run.
 *
 * @param date of the run
 * @param machine cores, processor and system
 * @param jdk which ran them
 * @param versions of the libraries
 * @param rows the figures
 */
record Results(String date, String machine, String jdk, Map<String, String> versions, List<Row> rows) {
    /** The end of a benchmark's name if a newer JDK has run it. */
    private static final Pattern ON_JDK = Pattern.compile(" on JDK (\\d+)$");

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    Results {
        versions = new TreeMap<>(versions);
        rows = List.copyOf(rows);
    }

    static Results read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), Results.class);
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, JSON.writeValueAsString(this) + "\n");
    }

    /** The end of a benchmark's name for a newer JDK. */
    static String onJdk(String release) {
        return " on JDK " + release;
    }

    /** The release at the end of a benchmark's name; empty if there is none. */
    static String jdk(String benchmark) {
        Matcher on = ON_JDK.matcher(benchmark);
        return on.find() ? on.group(1) : "";
    }

    static String withoutJdk(String benchmark) {
        return ON_JDK.matcher(benchmark).replaceFirst("");
    }

    /** The newest release that has run benchmarks whose names say so; empty if there is none. */
    String newerJdk() {
        return rows.stream()
                .map(row -> jdk(row.benchmark()))
                .filter(release -> !release.isEmpty())
                .max(Comparator.comparing(Integer::valueOf))
                .orElse("");
    }

    /** The figures of a newer JDK alone, under the names that they have on the older one. */
    Results ofJdk(String release) {
        List<Row> some = rows.stream()
                .filter(row -> jdk(row.benchmark()).equals(release))
                .map(row -> row.named(withoutJdk(row.benchmark())))
                .toList();
        return new Results(date, machine, jdk, versions, some);
    }

    /** A figure, if it was measured. */
    Optional<Row> find(String benchmark, Map<String, String> params, int threads) {
        return rows.stream()
                .filter(row -> row.is(benchmark) && row.threads() == threads)
                .filter(row -> row.params().equals(new TreeMap<>(params)))
                .findFirst();
    }

    /** That of finding a session, by virtual threads if they are below zero. */
    Optional<Row> lookup(SessionLibrary library, int threads) {
        String benchmark = threads < 0 ? VirtualThreadsBenchmark.name(threads) : "LookupBenchmark.find";
        return find(benchmark, Map.of("library", library.name()), threads);
    }
}
