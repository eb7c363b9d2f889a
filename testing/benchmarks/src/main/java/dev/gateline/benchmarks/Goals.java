package dev.gateline.benchmarks;

import dev.gateline.jwt.Algorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The goals beside the measured figures. */
final class Goals {
    private static final List<SessionLibrary> OURS =
            List.of(SessionLibrary.GATELINE, SessionLibrary.GATELINE_REDIS, SessionLibrary.GATELINE_POSTGRESQL);

    private static final List<SessionLibrary> STRICT =
            List.of(SessionLibrary.GATELINE_REDIS_STRICT, SessionLibrary.GATELINE_POSTGRESQL_STRICT);

    /** How many sessions there are, and how that is said. */
    private static final Map<String, String> SIZES = new TreeMap<>(Map.of(
            "1000", "a thousand", "10000", "ten thousand", "100000", "a hundred thousand", "1000000", "a million"));

    /** The noise that a "flat" figure may have. */
    private static final double FLAT = 1.25;

    private final Results results;
    private final List<List<String>> lines = new ArrayList<>();

    private Goals(Results results) {
        this.results = results;
    }

    /** Lines of what, how much was set out for, how much was measured, and whether that misses it. */
    static List<List<String>> lines(Results results) {
        Goals goals = new Goals(results);
        goals.tokens();
        goals.issued();
        goals.nativeSignatures();
        goals.sessions();
        goals.threads();
        goals.bytes();
        goals.heap();
        goals.growth();
        goals.startUp();
        goals.guesses();
        return goals.lines;
    }

    private void tokens() {
        seen(Algorithm.HS256, 10);
        seen(Algorithm.RS256, 100);
        unseen(TokenLibrary.GATELINE, 1);
        unseen(TokenLibrary.GATELINE_REMEMBERED, 0.8);
        for (Algorithm algorithm : List.of(Algorithm.RS256, Algorithm.ES256, Algorithm.EdDSA)) {
            atMost(
                    "a token not seen before, its time by the signature's alone, " + algorithm,
                    1.15,
                    verify(TokenLibrary.GATELINE, algorithm) / verify(TokenLibrary.BARE, algorithm));
        }
    }

    private void issued() {
        atMost(
                "a token for known claims, its time by the fastest peer's, HS256",
                1,
                issue(TokenLibrary.GATELINE_KNOWN, Algorithm.HS256) / fastestPeer("issue", Algorithm.HS256));
        atMost(
                "microseconds of a refresh in memory, whole, HS256",
                8,
                issue(TokenLibrary.GATELINE, Algorithm.HS256) / 1000);
    }

    /** The others as people use them. */
    private void nativeSignatures() {
        for (Algorithm algorithm : List.of(Algorithm.ES256, Algorithm.EdDSA)) {
            atLeast(
                    "a token not seen before, native, how many times as fast as the fastest peer without, " + algorithm,
                    8,
                    fastestPeer(algorithm) / nativeToken("verify", TokenLibrary.GATELINE, algorithm));
            atLeast(
                    "a token for known claims, native, how many times as fast as the fastest peer without, "
                            + algorithm,
                    8,
                    fastestPeer("issue", algorithm) / nativeToken("issue", TokenLibrary.GATELINE_KNOWN, algorithm));
        }
    }

    private void unseen(TokenLibrary library, double goal) {
        atMost(
                library.title() + ", its time by the fastest peer's, HS256",
                goal,
                verify(library, Algorithm.HS256) / fastestPeer(Algorithm.HS256));
    }

    private void seen(Algorithm algorithm, int times) {
        atLeast(
                "a token seen before, how many times as fast as the fastest peer, " + algorithm,
                times,
                fastestPeer(algorithm) / verify(TokenLibrary.GATELINE_SEEN, algorithm));
    }

    private void sessions() {
        atMost(
                "a session in memory, its time by that of Spring's map, no use noted",
                1,
                perSecond(SessionLibrary.SPRING_MAP_FIND, 1) / perSecond(SessionLibrary.GATELINE, 1));
        for (int threads : Report.THREADS) {
            atLeast(
                    "a copy of a session in Redis, how many times Spring Session's look-ups a second, "
                            + Report.threads(threads),
                    50,
                    perSecond(SessionLibrary.GATELINE_REDIS, threads)
                            / perSecond(SessionLibrary.SPRING_REDIS, threads));
        }
    }

    private void threads() {
        for (SessionLibrary library : OURS) {
            atLeast(
                    "a session, look-ups a second of 8 threads by those of one, " + library.where(),
                    1.8,
                    perSecond(library, 8) / perSecond(library, 1));
        }
        OURS.forEach(library -> manyThreads(library, library.where()));
        STRICT.forEach(library -> manyThreads(library, library.where() + ", strict"));
    }

    private void manyThreads(SessionLibrary library, String where) {
        for (int threads : List.of(8, 64, -8, -64)) {
            atLeast(
                    "a session, look-ups a second of " + Report.threads(threads)
                            + " by those of the best number of threads, " + where,
                    0.95,
                    perSecond(library, threads) / mostPerSecond(library));
        }
    }

    private double mostPerSecond(SessionLibrary library) {
        return Report.THREADS.stream()
                .mapToDouble(threads -> perSecond(library, threads))
                .filter(Double::isFinite)
                .max()
                .orElse(Double.NaN);
    }

    private void heap() {
        atMost("bytes of heap for a session", 300, heap("a session, Gateline"));
        atMost("bytes of heap for a revocation", 48, heap("a revocation, Gateline"));
    }

    private double heap(String what) {
        return results.find("Footprint", Map.of("what", what), 1)
                .orElse(Row.NONE)
                .median();
    }

    private void bytes() {
        for (Algorithm algorithm : Report.ALGORITHMS) {
            atMost(
                    "bytes allocated for a token seen before, " + algorithm,
                    128,
                    token(TokenLibrary.GATELINE_SEEN, algorithm).allocated()
                            - token(TokenLibrary.TEXT, algorithm).allocated());
        }
        for (SessionLibrary library : OURS) {
            atMost(
                    "bytes allocated for a session, " + library.where() + ", the most of 1 to 64 threads",
                    128,
                    Report.THREADS.stream()
                                    .filter(threads -> threads > 0)
                                    .mapToDouble(
                                            threads -> session(library, threads).allocated())
                                    .filter(Double::isFinite)
                                    .max()
                                    .orElse(Double.NaN)
                            - session(SessionLibrary.ID, 1).allocated());
        }
    }

    private void growth() {
        for (String method : List.of("token", "session")) {
            atMost(
                    "a " + method + " in use, its time among a million by that among a thousand",
                    FLAT,
                    among(method, "1000000") / among(method, "1000"));
        }
        atMost(
                "a session in use among a million, its time by that of five reads that wait for each other",
                1.3,
                among("session", "1000000") / among("fiveReads", "1000000"));
        SIZES.forEach((live, size) -> atMost(
                "a session in use among " + size + ", its time by that of Spring's map, no use noted",
                1,
                among("session", live) / among("springMap", live)));
        SIZES.forEach((live, size) -> atMost(
                "any of " + size + " sessions in memory, its time by that of Spring's map, no use noted",
                1,
                among("anySession", live) / among("anySpringMap", live)));
    }

    private void guesses() {
        for (GuessBenchmark.At at : GuessBenchmark.At.values()) {
            Row row = results.find("GuessBenchmark.guess", Map.of("at", at.name()), 1)
                    .orElse(Row.NONE);
            String what = " for a guess at a login that was renewed 300 times, its "
                    + at.toString().toLowerCase(Locale.ROOT).replace('_', ' ');
            atMost("microseconds" + what, 20, row.median());
            atMost("bytes allocated" + what, 2_048, row.allocated());
        }
    }

    private void startUp() {
        for (String strategy : List.of("sessions", "JWT")) {
            atMost("milliseconds of build() in a new process, " + strategy, 150, startUp(strategy, "build()"));
            atMost(
                    "milliseconds by which the first request is slower than the tenth, " + strategy,
                    5,
                    startUp(strategy, "the first request") - startUp(strategy, "the tenth request"));
        }
    }

    private double startUp(String strategy, String figure) {
        return results.find("StartUp", Map.of("what", strategy + ", " + figure), 1)
                .orElse(Row.NONE)
                .median();
    }

    private double fastestPeer(Algorithm algorithm) {
        return fastestPeer("verify", algorithm);
    }

    private double fastestPeer(String method, Algorithm algorithm) {
        return Stream.of(TokenLibrary.values())
                .filter(TokenLibrary::isPeer)
                .mapToDouble(library -> token(method, library, algorithm).median())
                .filter(Double::isFinite)
                .min()
                .orElse(Double.NaN);
    }

    private double verify(TokenLibrary library, Algorithm algorithm) {
        return token(library, algorithm).median();
    }

    private double issue(TokenLibrary library, Algorithm algorithm) {
        return token("issue", library, algorithm).median();
    }

    private Row token(TokenLibrary library, Algorithm algorithm) {
        return token("verify", library, algorithm);
    }

    private Row token(String method, TokenLibrary library, Algorithm algorithm) {
        Map<String, String> params = Map.of("library", library.name(), "algorithm", algorithm.name());
        return results.find("TokenBenchmark." + method, params, 1).orElse(Row.NONE);
    }

    private double nativeToken(String method, TokenLibrary library, Algorithm algorithm) {
        Map<String, String> params = Map.of("library", library.name(), "algorithm", algorithm.name());
        return results.find("NativeBenchmark." + method, params, 1)
                .orElse(Row.NONE)
                .median();
    }

    private double perSecond(SessionLibrary library, int threads) {
        return Report.perSecond(session(library, threads));
    }

    private Row session(SessionLibrary library, int threads) {
        return results.lookup(library, threads).orElse(Row.NONE);
    }

    private double among(String method, String live) {
        return results.find("GrowthBenchmark." + method, Map.of("live", live), 1)
                .orElse(Row.NONE)
                .median();
    }

    private void atLeast(String what, double goal, double measured) {
        line(what, "at least ", goal, measured, measured < goal);
    }

    private void atMost(String what, double goal, double measured) {
        line(what, "at most ", goal, measured, measured > goal);
    }

    /** A goal without a figure has no line. */
    private void line(String what, String side, double goal, double measured, boolean isMissed) {
        if (Double.isFinite(measured)) {
            lines.add(List.of(what, side + plain(goal), Bars.short3(measured), isMissed ? "**missed**" : ""));
        }
    }

    private static String plain(double goal) {
        return goal == Math.rint(goal) ? "%.0f".formatted(goal) : "" + goal;
    }
}
