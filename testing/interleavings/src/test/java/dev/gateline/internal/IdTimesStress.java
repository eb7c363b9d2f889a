package dev.gateline.internal;

import java.util.stream.LongStream;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Ids that are looked up without a lock while one thread writes. */
public final class IdTimesStress {
    private static final String ID = RandomId.text(1, 2);
    private static final long TIME = 7;

    private IdTimesStress() {}

    /** An id that was found is found from then on. */
    @JCStressTest
    @Outcome(id = "false, false", expect = Expect.ACCEPTABLE, desc = "before the id is added")
    @Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "while it is added")
    @Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "after it is added")
    @State
    public static class Found {
        private final IdTimes ids = new IdTimes();

        @Actor
        public void put() {
            ids.put(ID, TIME, 0);
        }

        @Actor
        public void look(ZZ_Result result) {
            result.r1 = ids.has(ID);
            result.r2 = ids.has(ID);
        }
    }

    /** A reader sees all numbers of an id or none. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "before the id is added")
    @Outcome(id = "3, 7", expect = Expect.ACCEPTABLE, desc = "after it is added")
    @State
    public static class Whole {
        private static final int TAG = IdTimes.tag(ID);

        private final IdTable table = IdTable.NONE.copyOfLaterThan(0);

        @Actor
        public void fill() {
            table.fill(~table.find(TAG, ID), TAG, 1, 2, TIME);
        }

        @Actor
        public void look(JJ_Result result) {
            table.forEach((high, low, time) -> {
                result.r1 = high + low;
                result.r2 = time;
            });
        }
    }

    /** An id stays to be found while its table grows. */
    @JCStressTest
    @Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "it was there before")
    @State
    public static class Grown {
        private static final int SEGMENT = IdTimes.tag(ID) >>> (Integer.SIZE - IdTimes.SEGMENT_BITS);
        private static final String[] OTHERS = othersOfTheSegment();

        private final IdTimes ids = new IdTimes();

        public Grown() {
            ids.put(ID, TIME, 0);
        }

        private static String[] othersOfTheSegment() {
            return LongStream.iterate(0, i -> i + 1)
                    .mapToObj(i -> RandomId.text(i, 5))
                    .filter(id -> IdTimes.tag(id) >>> (Integer.SIZE - IdTimes.SEGMENT_BITS) == SEGMENT)
                    .limit(8)
                    .toArray(String[]::new);
        }

        @Actor
        public void grow() {
            for (String other : OTHERS) {
                ids.put(other, TIME, 0);
            }
        }

        @Actor
        public void look(ZZ_Result result) {
            result.r1 = ids.has(ID);
            result.r2 = ids.has(ID);
        }
    }
}
