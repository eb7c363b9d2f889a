package dev.gateline.applications;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Measures the applications in turn, round by round, writes the figures as JSON, and makes the pages from them. */
public final class Run {
    private static final int CONNECTIONS = 64;
    private static final Pattern JAR = Pattern.compile("/([A-Za-z0-9-]+?)-([0-9][^/]*)\\.jar$");
    private static final List<String> NAMED = List.of(
            "spring-boot",
            "spring-security-web",
            "spring-security-oauth2-jose",
            "spring-session-data-redis",
            "spring-data-redis",
            "spring-webmvc",
            "tomcat-embed-core",
            "sa-token-core",
            "lettuce-core",
            "nimbus-jose-jwt");

    private final boolean isShort;
    private final List<Candidate> candidates = new ArrayList<>();
    private final Map<String, List<Round>> rounds = new LinkedHashMap<>();

    private Run(boolean isShort) {
        this.isShort = isShort;
    }

    /**
     * Runs them.
     *
     * @param args the folder for the pages; {@code --short} to see only that all work, {@code --page} to make the
     *     pages anew of the figures and the programs that are there
     */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        List<String> options = Arrays.asList(args);
        Path figures = folder.resolve("applications/results.json");
        if (!options.contains("--page")) {
            new Run(options.contains("--short")).results().write(figures);
        }
        Report.write(Results.read(figures), folder);
        if (!options.contains("--short")) {
            Comparison.write(folder);
        }
    }

    private Results results() throws Exception {
        int logins = isShort ? 4 : 256;
        Duration span = isShort ? Duration.ofMillis(200) : Duration.ofSeconds(6);
        try {
            for (Contender contender : Contender.values()) {
                candidates.add(new Candidate(contender, logins));
            }
            all(span);
        } finally {
            candidates.forEach(Candidate::close);
        }
        return new Results(
                LocalDate.now(ZoneOffset.UTC).toString(),
                machine(),
                System.getProperty("java.runtime.name") + " " + Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                CONNECTIONS,
                span.toMillis() / 1e3,
                logins,
                versions(),
                rounds);
    }

    /** Two rounds warm up: each is as long as a measured one, and in the same order. */
    private void all(Duration span) throws IOException {
        int warm = isShort ? 0 : 2;
        int measured = isShort ? 1 : 6;
        for (int i = 0; i < warm + measured; i++) {
            for (Candidate candidate : candidates) {
                candidate.logIn();
                Round round = candidate.measure(CONNECTIONS, span);
                System.out.println(i + " " + candidate.contender() + " " + round);
                if (i >= warm) {
                    rounds.computeIfAbsent(candidate.contender().name(), name -> new ArrayList<>())
                            .add(round);
                }
            }
        }
    }

    private static String machine() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        String processor = Files.exists(info)
                ? Files.readAllLines(info).stream()
                        .filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip() + ", ")
                        .findFirst()
                        .orElse("")
                : "";
        return Runtime.getRuntime().availableProcessors() + " cores, " + processor + System.getProperty("os.name") + " "
                + System.getProperty("os.arch");
    }

    private static Map<String, String> versions() {
        Map<String, String> versions = new TreeMap<>();
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(JAR::matcher)
                .filter(Matcher::find)
                .filter(jar -> NAMED.contains(jar.group(1)))
                .forEach(jar -> versions.put(jar.group(1), jar.group(2)));
        return versions;
    }
}
