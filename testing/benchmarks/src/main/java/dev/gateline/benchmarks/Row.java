package dev.gateline.benchmarks;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One figure.
 *
 * @param benchmark class and method
 * @param params by name
 * @param threads that did it at the same time; virtual ones below zero
 * @param best of the iterations, as noise of the machine only ever adds: the most of operations a second, the least of
 *     times
 * @param median of the iterations, the mean of the middle two if they are even
 * @param unit of both
 * @param allocated bytes for each operation; 0 if not measured
 */
record Row(
        String benchmark,
        Map<String, String> params,
        int threads,
        double best,
        double median,
        String unit,
        double allocated) {

    /** A row without figures. */
    static final Row NONE = new Row("", Map.of(), 1, Double.NaN, Double.NaN, "", Double.NaN);

    Row {
        params = new TreeMap<>(params);
    }

    static Row single(String benchmark, String what, double value, String unit) {
        return new Row(benchmark, Map.of("what", what), 1, value, value, unit, 0);
    }

    /** To four digits. */
    static double rounded(double value) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.3e", value));
    }

    /** The same figures, measured on a newer JDK; this row if the release is empty. */
    Row on(String release) {
        return release.isEmpty() ? this : named(benchmark + Results.onJdk(release));
    }

    /** The same figures of another name. */
    Row named(String name) {
        return new Row(name, params, threads, best, median, unit, allocated);
    }

    boolean is(String name) {
        return benchmark.equals(name);
    }

    String param(String name) {
        return params.getOrDefault(name, "");
    }
}
