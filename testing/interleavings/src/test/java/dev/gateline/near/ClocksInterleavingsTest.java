package dev.gateline.near;

import dev.gateline.AuthEvent;
import dev.gateline.interleavings.Interleavings;
import dev.gateline.store.Standing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Requests and the upkeep compare the clocks of a node and a server at once. A wrong clock is told once. */
@Tag("slow")
@Tag("once")
public class ClocksInterleavingsTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final Standing OFF = Standing.unmarked(NOW.plus(Duration.ofHours(1)), "run");

    private final AtomicInteger told = new AtomicInteger();
    private final Clocks clocks = new Clocks(Clock.fixed(NOW, ZoneOffset.UTC), this::tell, () -> 0);

    private void tell(AuthEvent event) {
        told.incrementAndGet();
    }

    @Operation
    public boolean compareWithAWrongClock() {
        Standing unused = clocks.compare(() -> OFF);
        return clocks.offset().isZero();
    }

    @Operation
    public boolean isToldTwice() {
        return told.get() > 1;
    }

    @Test
    void compare_byTwoThreads_tellsAWrongClockOnce() {
        Interleavings.check(ClocksInterleavingsTest.class, 2, "java.util.logging.", "sun.util.logging.");
    }
}
