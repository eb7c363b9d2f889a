package dev.gateline.internal;

import dev.gateline.interleavings.Interleavings;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Ids of one segment, which grows while they are looked up. */
@Param(name = "id", gen = IntGen.class, conf = "0:3")
@Tag("slow")
@Tag("once")
public class IdTimesInterleavingsTest {
    private static final List<String> IDS = idsOfOneSegment();

    private final IdTimes ids = new IdTimes();

    private static List<String> idsOfOneSegment() {
        Random random = new Random(1);
        return Stream.generate(() -> RandomId.text(random.nextLong(), random.nextLong()))
                .filter(id -> IdTimes.tag(id) >>> (Integer.SIZE - IdTimes.SEGMENT_BITS) == 0)
                .limit(4)
                .toList();
    }

    @Operation
    public boolean put(@Param(name = "id") int id) {
        return ids.put(IDS.get(id), 1, 0);
    }

    @Operation
    public boolean has(@Param(name = "id") int id) {
        return ids.has(IDS.get(id));
    }

    @Test
    void ids_lookedUpWhileATableGrows_areNeverMissed() {
        Interleavings.check(IdTimesInterleavingsTest.class, 4, "dev.gateline.internal.RandomId");
    }
}
