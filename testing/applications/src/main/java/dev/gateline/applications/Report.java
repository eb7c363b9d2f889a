package dev.gateline.applications;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The tables of {@code docs/applications.md}, made of nothing but the figures. */
final class Report {
    private static final String BUSY = " **The machine was busy with other work, so these speeds say little.**"
            + " The commands do not depend on that, and the processor times do a little.";

    /** The system takes the rest for the network. */
    private static final double QUIET = 0.75;

    private final Results results;

    private Report(Results results) {
        this.results = results;
    }

    /** Writes the page into a folder, which has it, if there is one already. */
    static void write(Results results, Path folder) throws IOException {
        Page.write(folder.resolve("applications.md"), new Report(results).parts());
    }

    private Map<String, String> parts() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("run", run());
        parts.put("speed", speed());
        parts.put("processor", processor());
        parts.put("commands", commands());
        return parts;
    }

    private String run() {
        String versions = results.versions().entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        return "%s; %s; %s. The measured processes had %.0f %% of the processors' time.%s\n\n%s.\n"
                .formatted(
                        results.date(),
                        results.machine(),
                        results.jdk(),
                        usedShare() * 100,
                        usedShare() < QUIET ? BUSY : "",
                        versions);
    }

    /** The share of the processors' time that the measured processes had, the median of all rounds. */
    private double usedShare() {
        double[] shares = measured()
                .flatMap(contender -> results.of(contender).stream())
                .mapToDouble(round -> round.perSecond()
                        * (round.server() + round.redis() + round.load())
                        / 1e6
                        / results.processors())
                .sorted()
                .toArray();
        return shares.length == 0 ? 0 : shares[shares.length / 2];
    }

    private Stream<Contender> measured() {
        return Stream.of(Contender.values())
                .filter(contender -> !results.of(contender).isEmpty());
    }

    private String speed() {
        return Page.table(
                List.of(
                        "",
                        "requests a second",
                        "least to most",
                        "of the first row",
                        "least to most",
                        "p50, ms",
                        "p99, ms"),
                measured().map(contender -> {
                    double[] speeds = of(contender, Round::perSecond);
                    double[] shares = shares(contender);
                    return List.of(
                            contender.title(),
                            "%,.0f".formatted(median(speeds)),
                            "%,.0f to %,.0f".formatted(least(speeds), most(speeds)),
                            "%.2f".formatted(median(shares)),
                            "%.2f to %.2f".formatted(least(shares), most(shares)),
                            short3(median(of(contender, Round::p50))),
                            short3(median(of(contender, Round::p99))));
                }));
    }

    /** Round by round, because a noisy minute then slows both. */
    private double[] shares(Contender contender) {
        double[] own = of(contender, Round::perSecond);
        double[] first = of(Contender.NOTHING, Round::perSecond);
        return IntStream.range(0, Math.min(own.length, first.length))
                .mapToDouble(i -> own[i] / first[i])
                .toArray();
    }

    private String processor() {
        return Page.table(
                List.of("microseconds of processor time a request", "the application", "Redis", "the load generator"),
                measured()
                        .map(contender -> List.of(
                                contender.title(),
                                short3(median(of(contender, Round::server))),
                                short3(median(of(contender, Round::redis))),
                                short3(median(of(contender, Round::load))))));
    }

    private String commands() {
        return Page.table(
                List.of("", "commands a request", "of which"),
                measured()
                        .map(contender -> List.of(
                                contender.title(),
                                count(median(of(contender, Round::commandsPerRequest))),
                                frequent(results.of(contender).get(0)))));
    }

    private static String frequent(Round round) {
        return round.commands().entrySet().stream()
                .filter(command -> command.getValue() >= 0.1)
                .map(command -> command.getKey().toUpperCase(Locale.ROOT) + " " + count(command.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String count(double value) {
        return value >= 1 || value == 0 ? "%.1f".formatted(value) : "%.4f".formatted(value);
    }

    private double[] of(Contender contender, ToDoubleFunction<Round> value) {
        return results.of(contender).stream().mapToDouble(value).toArray();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private static double least(double[] values) {
        return Arrays.stream(values).min().orElse(0);
    }

    private static double most(double[] values) {
        return Arrays.stream(values).max().orElse(0);
    }

    /** Three digits, or all before the point. */
    private static String short3(double value) {
        int digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }
}
