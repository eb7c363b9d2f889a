package dev.gateline.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for conditions, with a deadline. */
final class Patience {
    /** Enough for a busy machine. */
    static final Duration USUAL = Duration.ofSeconds(30);

    private Patience() {}

    /**
     * Waits for a condition.
     *
     * @throws AssertionError if the condition does not hold within a time
     */
    static void await(String what, Duration within, BooleanSupplier condition) {
        long deadline = System.nanoTime() + within.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
