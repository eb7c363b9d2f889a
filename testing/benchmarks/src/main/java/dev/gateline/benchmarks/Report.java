package dev.gateline.benchmarks;

import dev.gateline.jwt.Algorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tables of {@code docs/performance.md} and its plots, made of nothing but the figures. The text between {@code
 * <!-- name -->} and {@code <!-- end -->} is replaced, and the rest of the page stays.
 */
final class Report {
    static final List<Integer> THREADS = List.of(1, 2, 8, 64, -8, -64);
    static final List<Algorithm> ALGORITHMS =
            List.of(Algorithm.HS256, Algorithm.RS256, Algorithm.ES256, Algorithm.EdDSA);
    static final List<Algorithm> NATIVE = List.of(Algorithm.RS256, Algorithm.ES256, Algorithm.EdDSA);
    private static final Pattern PART = Pattern.compile("(?s)<!-- ([a-z-]+) -->\n.*?<!-- end -->");

    /** Methods of the benchmark, and what they look for. */
    static final Map<String, String> GROWING = growing();

    private final Results results;

    private static Map<String, String> growing() {
        Map<String, String> growing = new LinkedHashMap<>();
        growing.put("session", "Gateline, a session");
        growing.put("springMap", "Spring's map, a session");
        growing.put("fiveReads", "five reads that wait for each other");
        growing.put("anySession", "Gateline, any session");
        growing.put("anySpringMap", "Spring's map, any session");
        growing.put("anyFiveReads", "five such reads for any session");
        growing.put("token", "Gateline, a token");
        growing.put("plainMap", "a plain map, a string");
        return growing;
    }

    private Report(Results results) {
        this.results = results;
    }

    /**
     * Writes the page and the plots.
     *
     * @param folder has the page, if there is one already
     */
    static void write(Results results, Path folder) throws IOException {
        Report report = new Report(results);
        Path page = folder.resolve("performance.md");
        String text = Files.exists(page) ? Files.readString(page) : report.emptyPage();
        Files.writeString(page, report.filled(text));
        for (Map.Entry<String, String> plot : report.plots().entrySet()) {
            Files.writeString(folder.resolve("performance").resolve(plot.getKey()), plot.getValue());
        }
    }

    private String emptyPage() {
        return tables().keySet().stream()
                .map(name -> "<!-- " + name + " -->\n<!-- end -->\n")
                .collect(Collectors.joining("\n"));
    }

    /** The page with the tables of these figures. */
    static String page(Results results, String text) {
        return new Report(results).filled(text);
    }

    private String filled(String text) {
        Map<String, String> tables = tables();
        Matcher part = PART.matcher(text);
        return part.replaceAll(found -> Matcher.quoteReplacement("<!-- " + found.group(1) + " -->\n"
                + tables.getOrDefault(found.group(1), "no such table\n") + "<!-- end -->"));
    }

    private Map<String, String> tables() {
        Map<String, String> tables = new LinkedHashMap<>();
        tables.put("run", run());
        tables.put("goals", goals());
        tables.put("verify", onBoth("microseconds", (report, head) -> report.tokens("verify", head)));
        tables.put("issue", onBoth("microseconds", (report, head) -> report.tokens("issue", head)));
        tables.put("native", nativeTokens());
        tables.put("lookup", lookup());
        tables.put("scaling", onBoth("look-ups a second", Report::scaling));
        tables.put("renew", renew());
        tables.put("http", http());
        tables.put("growth", growth());
        tables.put("footprint", footprint());
        tables.put("start-up", startUp());
        return tables;
    }

    /** A table, and below it the same of the newer JDK, if that was measured. */
    private String onBoth(String unit, BiFunction<Report, String, String> table) {
        String release = results.newerJdk();
        String newer = release.isEmpty()
                ? ""
                : "\n" + table.apply(new Report(results.ofJdk(release)), unit + Results.onJdk(release));
        return table.apply(this, unit) + newer;
    }

    private String run() {
        String versions = results.versions().entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        return results.date() + "; " + results.machine() + "; " + results.jdk() + ".\n\n" + versions + ".\n";
    }

    private String goals() {
        return table(List.of("", "set out for", "measured", ""), Goals.lines(results).stream());
    }

    private static String table(List<String> head, Stream<List<String>> lines) {
        String rule = head.stream().map(cell -> "---").collect(Collectors.joining("|", "|", "|\n"));
        return line(head) + rule + lines.map(Report::line).collect(Collectors.joining());
    }

    private static String line(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String cell(Optional<Row> row, Function<Row, Double> value) {
        return row.map(value).map(Bars::short3).orElse("");
    }

    private Optional<Row> token(String method, TokenLibrary library, Algorithm algorithm) {
        return results.find(
                "TokenBenchmark." + method, Map.of("library", library.name(), "algorithm", algorithm.name()), 1);
    }

    private String tokens(String method, String unit) {
        List<String> head = new ArrayList<>(List.of(unit));
        ALGORITHMS.forEach(algorithm -> head.add(algorithm.name()));
        head.add("bytes allocated, HS256");
        return table(
                head,
                Stream.of(TokenLibrary.values())
                        .filter(library ->
                                token(method, library, Algorithm.HS256).isPresent())
                        .map(library -> {
                            List<String> cells = new ArrayList<>(List.of(title(method, library)));
                            ALGORITHMS.forEach(algorithm ->
                                    cells.add(cell(token(method, library, algorithm), row -> row.median() / 1000)));
                            cells.add(cell(token(method, library, Algorithm.HS256), Row::allocated));
                            return cells;
                        }));
    }

    /** With the same signatures for all. */
    private String nativeTokens() {
        List<String> head = new ArrayList<>(List.of("microseconds"));
        NATIVE.forEach(algorithm -> head.add(algorithm + ", verified"));
        NATIVE.forEach(algorithm -> head.add(algorithm + ", issued"));
        return table(
                head,
                Stream.of(TokenLibrary.values())
                        .filter(library ->
                                nativeToken("issue", library, Algorithm.ES256).isPresent())
                        .map(library -> {
                            List<String> cells = new ArrayList<>(List.of(nativeTitle(library)));
                            for (String method : List.of("verify", "issue")) {
                                NATIVE.forEach(algorithm -> cells.add(
                                        cell(nativeToken(method, library, algorithm), row -> row.median() / 1000)));
                            }
                            return cells;
                        }));
    }

    private Optional<Row> nativeToken(String method, TokenLibrary library, Algorithm algorithm) {
        return results.find(
                "NativeBenchmark." + method, Map.of("library", library.name(), "algorithm", algorithm.name()), 1);
    }

    private static String nativeTitle(TokenLibrary library) {
        String title =
                library == TokenLibrary.GATELINE ? "Gateline, not seen before; for a refresh token" : library.title();
        return library.takesProviderOfTheProcess() ? title + ", provider of the whole process" : title;
    }

    private static String title(String method, TokenLibrary library) {
        return method.equals("issue") ? library.issuerTitle() : library.title();
    }

    private String lookup() {
        return table(
                List.of("", "kept in", "microseconds", "bytes allocated", "ways to the store", "commands"),
                Stream.of(SessionLibrary.values())
                        .map(library -> List.of(
                                library.title(),
                                library.where(),
                                cell(results.lookup(library, 1), row -> row.median() / 1000),
                                cell(results.lookup(library, 1), Row::allocated),
                                count("Questions", library),
                                count("Commands", library))));
    }

    private String count(String what, SessionLibrary library) {
        return results.find(what, Map.of("library", library.name()), 1)
                .map(row -> "%.1f".formatted(row.median()))
                .orElse("");
    }

    private String scaling(String unit) {
        List<Integer> measured = THREADS.stream()
                .filter(threads ->
                        results.lookup(SessionLibrary.GATELINE, threads).isPresent())
                .toList();
        List<String> head = new ArrayList<>(List.of(unit, "kept in"));
        measured.forEach(threads -> head.add(threads(threads)));
        Stream<SessionLibrary> keepers = Stream.of(SessionLibrary.values())
                .filter(library -> library != SessionLibrary.ID)
                .filter(library -> measured.stream()
                        .anyMatch(threads -> results.lookup(library, threads).isPresent()));
        return table(head, keepers.map(library -> {
            List<String> cells = new ArrayList<>(List.of(library.title(), library.where()));
            measured.forEach(threads -> cells.add(cell(results.lookup(library, threads), Report::perSecond)));
            return cells;
        }));
    }

    /** To four digits, as the figures are. */
    static double perSecond(Row row) {
        return row.threads() == 1 ? Row.rounded(1e9 / row.median()) : row.median();
    }

    static String threads(int threads) {
        return threads == 1 ? "1 thread" : threads < 0 ? -threads + " virtual threads" : threads + " threads";
    }

    private String renew() {
        return table(
                List.of("store", "microseconds", "bytes allocated"),
                rows("RenewBenchmark.renew").stream()
                        .map(row -> List.of(
                                title(row.param("where")), Bars.short3(row.median()), Bars.short3(row.allocated()))));
    }

    private String http() {
        return table(
                List.of("asked", "a request, microseconds", "of which asking", "share", "bytes allocated"),
                rows("HttpBenchmark.get").stream().map(row -> {
                    Optional<Row> asking = results.find("HttpBenchmark.asking", row.params(), 1);
                    return List.of(
                            title(row.param("asked")),
                            Bars.short3(row.median()),
                            cell(asking, Row::median),
                            asking.map(it -> "%.1f %%".formatted(100 * it.median() / row.median()))
                                    .orElse(""),
                            Bars.short3(row.allocated()));
                }));
    }

    private String growth() {
        List<String> head = new ArrayList<>(List.of("live sessions, and revocations"));
        head.addAll(GROWING.values());
        return table(head, rows("GrowthBenchmark.session").stream().map(row -> {
            List<String> cells = new ArrayList<>(List.of(live(row)));
            GROWING.keySet()
                    .forEach(method ->
                            cells.add(cell(results.find("GrowthBenchmark." + method, row.params(), 1), Row::median)));
            return cells;
        }));
    }

    private static String live(Row row) {
        return "%,d".formatted(Integer.parseInt(row.param("live")));
    }

    private List<Row> rows(String benchmark) {
        return results.rows().stream().filter(row -> row.is(benchmark)).toList();
    }

    private String footprint() {
        return table(List.of("one of many", "bytes of heap"), footprint("Footprint"))
                + "\n"
                + table(List.of("one of many in a store", "bytes"), footprint("StoreFootprint"));
    }

    private Stream<List<String>> footprint(String benchmark) {
        return rows(benchmark).stream().map(row -> List.of(row.param("what"), Bars.short3(row.median())));
    }

    private String startUp() {
        return table(
                List.of("in a new process", "", ""),
                rows("StartUp").stream().map(row -> List.of(row.param("what"), Bars.short3(row.median()), row.unit())));
    }

    private Map<String, String> plots() {
        Map<String, String> plots = new LinkedHashMap<>();
        for (Algorithm algorithm : ALGORITHMS) {
            plots.put(
                    "verify-" + algorithm.name().toLowerCase(Locale.ROOT) + ".svg",
                    Bars.logarithmic("Verify a token, " + algorithm + ": microseconds", tokens("verify", algorithm)));
        }
        plots.put("issue.svg", Bars.linear("Issue a token, HS256: microseconds", tokens("issue", Algorithm.HS256)));
        plots.put(
                "lookup.svg",
                Bars.logarithmic("Find a session: microseconds", sessions(1, row -> row.median() / 1000)));
        plots.put(
                "threads.svg",
                Bars.logarithmic(
                        "Look-ups by 8 threads: thousands a second", sessions(8, row -> perSecond(row) / 1000)));
        Map<String, Double> growth = new LinkedHashMap<>();
        GROWING.forEach((method, title) ->
                growth.putAll(named(rows("GrowthBenchmark." + method), row -> title + " of " + live(row))));
        plots.put("growth.svg", Bars.linear("Among how many: nanoseconds", growth));
        plots.put(
                "renew.svg",
                Bars.linear(
                        "Trade a refresh token: microseconds",
                        named(rows("RenewBenchmark.renew"), row -> "Gateline, " + title(row.param("where")))));
        plots.put(
                "http.svg",
                Bars.linear(
                        "A whole HTTP request: microseconds",
                        named(rows("HttpBenchmark.get"), row -> title(row.param("asked")))));
        plots.put(
                "footprint.svg",
                Bars.linear(
                        "One of many in memory: bytes of heap", named(rows("Footprint"), row -> row.param("what"))));
        return plots;
    }

    private Map<String, Double> tokens(String method, Algorithm algorithm) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (TokenLibrary library : TokenLibrary.values()) {
            token(method, library, algorithm).ifPresent(row -> values.put(title(method, library), row.median() / 1000));
        }
        return values;
    }

    private Map<String, Double> sessions(int threads, Function<Row, Double> value) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (SessionLibrary library : SessionLibrary.values()) {
            results.lookup(library, threads).ifPresent(row -> values.put(library.label(), value.apply(row)));
        }
        return values;
    }

    private static Map<String, Double> named(List<Row> rows, Function<Row, String> name) {
        Map<String, Double> values = new LinkedHashMap<>();
        rows.forEach(row -> values.put(name.apply(row), row.median()));
        return values;
    }

    private static String title(String asked) {
        String[] words = asked.split(" ", -1);
        return switch (words[0]) {
            case "token" -> TokenLibrary.valueOf(words[1]).title() + " (RS256)";
            case "session" -> SessionLibrary.valueOf(words[1]).label();
            case "adapter" ->
                "Gateline's adapter, " + SessionLibrary.valueOf(words[1]).where();
            case "MEMORY" -> "memory";
            case "REDIS" -> "Redis";
            case "POSTGRESQL" -> "PostgreSQL";
            case "MARIADB" -> "MariaDB";
            default -> asked;
        };
    }
}
