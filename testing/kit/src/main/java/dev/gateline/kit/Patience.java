package dev.gateline.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for conditions, with a deadline. */
public final class Patience {
    /** Enough for a busy machine. */
    static final Duration USUAL = Duration.ofSeconds(30);

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

    private Patience() {}

    /**
     * Waits for a condition.
     *
     * @throws AssertionError if the condition does not hold within half a minute
     */
    public static void await(String what, BooleanSupplier condition) {
        await(what, USUAL, condition);
    }

    /**
     * Waits for a condition.
     *
     * @throws AssertionError if the condition does not hold within a time
     */
    static void await(String what, Duration within, BooleanSupplier condition) {
        long deadline = System.nanoTime() + within.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(PAUSE);
        }
    }
}
