package dev.gateline.benchmarks;

import dev.gateline.benchmarks.ScaleStore.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tables of {@code docs/scale.md}, made of nothing but the figures. The prose of the page stays. */
final class ScaleReport {
    private static final Pattern PART = Pattern.compile("(?s)<!-- ([a-z-]+) -->\n.*?<!-- end -->");

    private final Results results;

    private ScaleReport(Results results) {
        this.results = results;
    }

    /** Writes the page into a folder, which has the page already or gets one without prose. */
    static void write(Results results, Path folder) throws IOException {
        Path page = folder.resolve("scale.md");
        String text = Files.exists(page) ? Files.readString(page) : empty(results);
        Files.writeString(page, page(results, text));
    }

    private static String empty(Results results) {
        StringBuilder text = new StringBuilder();
        new ScaleReport(results)
                .tables()
                .keySet()
                .forEach(name -> text.append("<!-- ").append(name).append(" -->\n<!-- end -->\n\n"));
        return text.toString();
    }

    /** The page with the tables of these figures. */
    static String page(Results results, String text) {
        Map<String, String> tables = new ScaleReport(results).tables();
        Matcher part = PART.matcher(text);
        return part.replaceAll(found -> Matcher.quoteReplacement("<!-- " + found.group(1) + " -->\n"
                + tables.getOrDefault(found.group(1), "no such table\n") + "<!-- end -->"));
    }

    private Map<String, String> tables() {
        Map<String, String> tables = new LinkedHashMap<>();
        tables.put("run", results.date() + "; " + results.machine() + "; " + results.jdk() + "; " + servers() + ".\n");
        tables.put("feed", feed());
        tables.put("cost", cost());
        tables.put("load", load());
        tables.put("herd", herd());
        tables.put("notes", notes());
        tables.put("arithmetic", ScaleArithmetic.table(all().toList()));
        return tables;
    }

    private String servers() {
        return String.join(
                ", ",
                Stream.of(Kind.values())
                        .map(kind -> kind.title() + " " + results.versions().get(kind.title()))
                        .toList());
    }

    private Stream<ScaleFigures> all() {
        return Stream.of(Kind.values()).map(kind -> new ScaleFigures(results, kind));
    }

    private String feed() {
        List<String> lines = new ArrayList<>(List.of(
                "| store | readers | changes a second | heard after, p50, ms | p99, ms | oldest proof, ms"
                        + " | cores of the server | twice the rate: changes a second | oldest proof, ms |",
                "|---|---|---|---|---|---|---|---|---|"));
        all().forEach(figures -> figures.readers().forEach(readers -> {
            int rate = figures.carried(readers);
            lines.add(row(
                    figures.kind().title(),
                    number(readers),
                    number(figures.feed(readers, rate, "changes")),
                    number(figures.feed(readers, rate, "p50")),
                    number(figures.feed(readers, rate, "p99")),
                    number(figures.feed(readers, rate, "oldest")),
                    number(figures.feed(readers, rate, "cores")),
                    number(figures.feed(readers, 2 * rate, "changes")),
                    number(figures.feed(readers, 2 * rate, "oldest"))));
        }));
        return text(lines);
    }

    private String cost() {
        List<String> lines = new ArrayList<>(List.of(
                "| store | at changes a second | processor of the server, µs a change | µs a change and reader"
                        + " | bytes a change and reader |",
                "|---|---|---|---|---|"));
        all().forEach(figures -> lines.add(row(
                figures.kind().title(),
                number(figures.common()),
                number(figures.microsPerChange()),
                number(figures.microsPerReader()),
                number(figures.bytes()))));
        return text(lines);
    }

    private String load() {
        List<String> lines = new ArrayList<>(List.of(
                "| store | revocations | until the node is fresh, s | bytes of heap for each"
                        + " | processor of the server, s"
                        + " | requests at this node meanwhile, p50, ms | p99, ms | of them refused"
                        + " | strict requests at another node before, p50, ms | p99, ms"
                        + " | meanwhile, p50, ms | p99, ms |",
                "|---|---|---|---|---|---|---|---|---|---|---|---|"));
        all().forEach(figures -> lines.add(row(
                figures.kind().title(),
                number(figures.loaded()),
                number(figures.load("seconds")),
                number(figures.load("heap")),
                number(figures.load("cpu")),
                number(figures.load("p50 at start")),
                number(figures.load("p99 at start")),
                number(figures.load("refused at start")) + " %",
                number(figures.load("p50 before")),
                number(figures.load("p99 before")),
                number(figures.load("p50 meanwhile")),
                number(figures.load("p99 meanwhile")))));
        return text(lines);
    }

    private String herd() {
        List<String> lines = new ArrayList<>(List.of(
                "| store | nodes | revocations | after a short break: until all nodes are fresh, s"
                        + " | processor of the server, s | after a fail-over: until all nodes are fresh, s"
                        + " | processor of the server, s | after a gap: until all nodes are fresh, s"
                        + " | processor of the server, s | µs a node and revocation |",
                "|---|---|---|---|---|---|---|---|---|---|"));
        all().forEach(figures -> lines.add(row(
                figures.kind().title(),
                number(figures.herdNodes()),
                number(figures.herdRevocations()),
                number(figures.herd("back after a break")),
                number(figures.herd("cpu after a break")),
                number(figures.herd("back after a fail-over")),
                number(figures.herd("cpu after a fail-over")),
                number(figures.herd("back")),
                number(figures.herd("cpu")),
                number(figures.microsPerReread()))));
        return text(lines);
    }

    private String notes() {
        List<String> lines = new ArrayList<>(List.of(
                "| store | notes written together | µs for a note that is written | µs for a superfluous note |",
                "|---|---|---|---|"));
        all().forEach(figures -> NotesScale.TOGETHER.forEach(together -> lines.add(row(
                figures.kind().title(),
                number(together),
                number(figures.note(together, "written")),
                number(figures.note(together, "superfluous"))))));
        return text(lines);
    }

    static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }

    static String number(int value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** To three digits; empty if it was not measured. */
    static String number(double value) {
        if (Double.isNaN(value) || value < 0) {
            return "";
        }
        if (value == 0) {
            return "0";
        }
        double unit = Math.pow(10, Math.floor(Math.log10(value)) - 2);
        double rounded = Math.rint(value / unit) * unit;
        boolean whole = rounded >= 10 && rounded == Math.rint(rounded);
        String digits = whole || rounded >= 100 ? "%,.0f" : rounded >= 10 ? "%.1f" : rounded >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, digits, rounded);
    }
}
