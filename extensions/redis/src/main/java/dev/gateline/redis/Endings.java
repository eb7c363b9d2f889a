package dev.gateline.redis;

import java.time.Duration;
import java.util.List;

/**
 * Writes endings, and waits until as many replicas have them as the operator asks for. Thread-safe.
 *
 * @param link to the stores
 * @param replicas how many replicas must have an ending; 0 waits for none
 * @param within how long to wait for them
 */
record Endings(Link link, int replicas, Duration within) {

    /** Creates endings for which the acknowledgement of the primary is enough. */
    static Endings ofThePrimary(Link link) {
        return new Endings(link, 0, Duration.ZERO);
    }

    /** Runs a script that ends something. */
    <T> T run(Script<T> script, List<byte[]> keys, byte[]... arguments) {
        return replicas == 0
                ? link.run(script, keys, arguments)
                : link.runReplicated(replicas, within, script, keys, arguments);
    }
}
