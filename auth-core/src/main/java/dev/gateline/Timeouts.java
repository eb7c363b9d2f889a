package dev.gateline;

import java.time.Duration;

/**
 * The time that a login lasts. At the end of either time the login has expired.
 *
 * @param idle the longest time without a use, at least 1 s
 * @param absolute the longest time in all, at least {@code idle}, at most 36,525 days
 */
public record Timeouts(Duration idle, Duration absolute) {

    /**
     * Checks them.
     *
     * @throws IllegalArgumentException naming the rule and the values
     */
    public Timeouts {
        if (idle.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("idle timeout: at least 1 s; was " + idle);
        }
        if (absolute.compareTo(Duration.ofDays(36_525)) > 0) {
            throw new IllegalArgumentException("absolute timeout: at most 36525 days; was " + absolute);
        }
        if (idle.compareTo(absolute) > 0) {
            throw new IllegalArgumentException(
                    "idle timeout: at most the absolute timeout, " + absolute + "; was " + idle);
        }
    }

    /**
     * The shorter of both timeouts.
     *
     * @param bounds that neither may exceed
     */
    public Timeouts atMost(Timeouts bounds) {
        Duration shorter = shorter(absolute, bounds.absolute);
        return new Timeouts(shorter(shorter(idle, bounds.idle), shorter), shorter);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
