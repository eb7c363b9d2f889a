package dev.gateline.jwt;

import dev.gateline.interleavings.Interleavings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A leaked key is removed while requests look for it, and while others rotate the ring. */
@Tag("slow")
@Tag("once")
public class KeyRingInterleavingsTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-29T12:00:00Z"), ZoneOffset.UTC);
    private static final SigningKey LEAKED = SigningKey.generate(Algorithm.HS256);
    private static final List<SigningKey> NEXT = Stream.generate(() -> SigningKey.generate(Algorithm.HS256))
            .limit(20)
            .toList();
    private static final String ID = LEAKED.verification().id();

    private final AtomicInteger made = new AtomicInteger();
    private final RingRules rules = new RingRules(
            () -> NEXT.get(made.getAndIncrement()), Duration.ofDays(30), Duration.ofDays(1), Duration.ofMinutes(5));
    private final KeyRing ring = new KeyRing(
            rules, new RingKeeper(rules, () -> LEAKED, null, false, new Looks(Duration.ofDays(1), CLOCK), CLOCK));

    @Operation
    public boolean verifies() {
        return ring.find(ID).isPresent();
    }

    @Operation
    public boolean verifiesInMemory() {
        return ring.findInMemory(ID).isPresent();
    }

    @Operation
    public boolean signs() {
        return ring.active().equals(LEAKED);
    }

    @Operation
    public void rotate() {
        ring.rotateNow();
    }

    @Operation
    public void remove() {
        boolean unused = ring.remove(ID);
    }

    @Test
    void removedKey_besideRequests_verifiesAndSignsNoMore() {
        Interleavings.check(
                KeyRingInterleavingsTest.class,
                2,
                "java.",
                "dev.gateline.jwt.RingView",
                "dev.gateline.jwt.RingKeys",
                "dev.gateline.jwt.RingRules");
    }
}
