package dev.gateline.applications;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All figures of one run.
 *
 * @param date of the run
 * @param machine cores, processor and system
 * @param jdk which ran all
 * @param processors how many processor cores the machine has
 * @param connections that were open at a time
 * @param seconds of each round
 * @param logins that were used in turn
 * @param versions of the libraries
 * @param rounds by the name of the contender
 */
record Results(
        String date,
        String machine,
        String jdk,
        int processors,
        int connections,
        double seconds,
        int logins,
        Map<String, String> versions,
        Map<String, List<Round>> rounds) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    Results {
        versions = new TreeMap<>(versions);
        rounds = new LinkedHashMap<>(rounds);
    }

    static Results read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), Results.class);
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, JSON.writeValueAsString(this) + "\n");
    }

    List<Round> of(Contender contender) {
        return rounds.getOrDefault(contender.name(), new ArrayList<>());
    }
}
