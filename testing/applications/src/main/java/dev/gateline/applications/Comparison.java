package dev.gateline.applications;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The tables of {@code docs/guide/comparison.md}: the lines of each program, and what it does. */
final class Comparison {
    private static final Path MAIN = Path.of("src/main");

    private final Path main;

    private Comparison(Path main) {
        this.main = main;
    }

    /** Writes the page into the folder of the documentation, which lies in the root of the repository. */
    static void write(Path docs) throws IOException {
        Path module = docs.toAbsolutePath().normalize().resolveSibling("testing/applications");
        write(docs.resolve("guide/comparison.md"), module.resolve(MAIN));
    }

    /**
     * Writes the page.
     *
     * @param main the folder of the programs and of their settings
     */
    static void write(Path page, Path main) throws IOException {
        Comparison comparison = new Comparison(main);
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("lines", comparison.lines());
        parts.put("features", features());
        Page.write(page, parts);
    }

    private String lines() {
        long pages = java(Program.PLAIN);
        return Page.table(
                List.of("", "Java", "YAML", "more than the pages alone"),
                Program.all().map(program -> {
                    long java = java(program);
                    long yaml = yaml(program);
                    return List.of(program.title(), "" + java, "" + yaml, "" + (java + yaml - pages));
                }));
    }

    private static String features() {
        List<String> head = new ArrayList<>(List.of(""));
        Program.compared().forEach(program -> head.add(program.title()));
        return Page.table(head, Stream.of(Feature.values()).map(feature -> {
            List<String> cells = new ArrayList<>(List.of(feature.title()));
            Program.compared().forEach(program -> cells.add(program.features().contains(feature) ? "yes" : "**no**"));
            return cells;
        }));
    }

    private long java(Program program) {
        return count(main.resolve("java/dev/gateline/applications/" + program.folder() + "/Park.java"));
    }

    private long yaml(Program program) {
        Path file = main.resolve("resources/dev/gateline/applications/" + program.folder() + "/application.yaml");
        return Files.exists(file) ? count(file) : 0;
    }

    /** Lines that somebody has to think of: neither blank ones nor comments, nor what an editor writes by itself. */
    private static long count(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.matches("(//|/\\*|\\*|#|import |package ).*"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
