package dev.gateline.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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

    /** A figure, if it was measured. */
    Optional<Row> find(String benchmark, Map<String, String> params, int threads) {
        return rows.stream()
                .filter(row -> row.is(benchmark) && row.threads() == threads)
                .filter(row -> row.params().equals(new TreeMap<>(params)))
                .findFirst();
    }

    /** That of finding a session, by virtual threads if they are below zero. */
    Optional<Row> lookup(SessionLibrary library, int threads) {
        String benchmark = threads < 0 ? "VirtualThreadsBenchmark.find" : "LookupBenchmark.find";
        return find(benchmark, Map.of("library", library.name()), threads);
    }
}
