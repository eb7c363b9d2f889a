package dev.gateline.benchmarks;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** The look-up of a session id, by each library and in each place, for a thousand sessions, in turn for each thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
// many threads need as long to have their turn on few cores
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class LookupBenchmark {
    private static final int SESSIONS = 1_000;

    /** By one thread at first: beside 64 of them the compiler hardly has its turn on few cores. */
    private static final Duration WARM = Duration.ofMillis(Run.isShort() ? 1 : 1_500);

    /** The library that keeps the sessions. */
    @Param
    public SessionLibrary library = SessionLibrary.GATELINE;

    private final Place place = new Place();
    private final List<byte[]> ids = new ArrayList<>();
    private SessionLibrary.Sessions sessions = SessionLibrary.GATELINE.open(place);

    /** Where a thread is. */
    @State(Scope.Thread)
    public static class Turn {
        private int next = (int) Thread.currentThread().getId() * 7919 % SESSIONS;

        /** For JMH. */
        public Turn() {}
    }

    /** For JMH. */
    public LookupBenchmark() {}

    /** Logs users in. */
    @Setup
    public void logIn(Blackhole hole) {
        sessions = library.open(place);
        for (int i = 0; i < SESSIONS; i++) {
            ids.add(sessions.begin(i).getBytes(StandardCharsets.ISO_8859_1));
        }
        Turn turn = new Turn();
        long end = System.nanoTime() + WARM.toNanos();
        while (System.nanoTime() - end < 0) {
            hole.consume(find(turn));
        }
    }

    /** Stops the servers. */
    @TearDown
    public void close() throws Exception {
        place.close();
    }

    /** Looks an id up. It comes as a new text with each request, whose hash nobody knows yet. */
    @Benchmark
    public Object find(Turn turn) {
        turn.next = turn.next + 1 < SESSIONS ? turn.next + 1 : 0;
        return sessions.find(new String(ids.get(turn.next), StandardCharsets.ISO_8859_1));
    }
}
