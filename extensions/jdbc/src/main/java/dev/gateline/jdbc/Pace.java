package dev.gateline.jdbc;

import java.time.Duration;

/**
 * How soon the log is read again beside notifications. A round that found a change is followed by the next one after 20
 * ms, and each round that found nothing doubles the pause. Changes that come all the time thus need no notification,
 * and a reader reads at most fifty times a second. Not thread-safe.
 */
final class Pace {
    static final Duration SHORTEST = Duration.ofMillis(20);

    private final Duration longest;
    private Duration pause;

    /** Begins with the longest pause. */
    Pace(Duration longest) {
        this.longest = longest;
        this.pause = longest;
    }

    /** Notes whether a round has found a change. */
    void note(boolean found) {
        Duration next = found ? SHORTEST : pause.multipliedBy(2);
        pause = next.compareTo(longest) < 0 ? next : longest;
    }

    /** The time until the next round, if no notification comes. */
    Duration pause() {
        return pause;
    }
}
