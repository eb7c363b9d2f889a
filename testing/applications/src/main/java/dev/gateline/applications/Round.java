package dev.gateline.applications;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One contender in one round.
 *
 * @param perSecond answers
 * @param p50 milliseconds that half of the answers took at most
 * @param p99 milliseconds that 99 of 100 answers took at most
 * @param server microseconds of processor time of the application for each answer
 * @param redis microseconds of processor time of Redis for each answer
 * @param load microseconds of processor time of the load generator for each answer
 * @param commands given to Redis for each answer, by name
 */
record Round(
        double perSecond,
        double p50,
        double p99,
        double server,
        double redis,
        double load,
        Map<String, Double> commands) {

    Round {
        commands = new TreeMap<>(commands);
    }

    /** To four digits. */
    static double rounded(double value) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.3e", value));
    }

    /** All commands together. */
    double commandsPerRequest() {
        return commands.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
