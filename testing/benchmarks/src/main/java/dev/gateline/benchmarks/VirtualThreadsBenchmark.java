package dev.gateline.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The look-ups of {@link LookupBenchmark} by virtual threads, on as many carriers as there are cores: eight or
 * sixty-four at a time, which are started for some look-ups each. JMH's own threads turn round where virtual ones would
 * have to give way.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class VirtualThreadsBenchmark {
    private static final int FEW = 8;
    private static final int MANY = 64;
    private static final int LOOKUPS = 200;

    private ExecutorService threads = Executors.newSingleThreadExecutor();

    /** For JMH. */
    public VirtualThreadsBenchmark() {}

    /** The benchmark of so many threads, which are below zero. */
    static String name(int threads) {
        return "VirtualThreadsBenchmark." + (threads == -FEW ? "byEight" : "find");
    }

    /** By its name, as Java 17 has none. */
    @Setup
    public void open() throws ReflectiveOperationException {
        threads.shutdown();
        threads = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }

    /** Stops what began. */
    @TearDown
    public void close() {
        threads.shutdownNow();
    }

    /** Looks the ids up by sixty-four threads. */
    @Benchmark
    @OperationsPerInvocation(MANY * LOOKUPS)
    public void find(LookupBenchmark lookup, Blackhole hole) throws Exception {
        lookUp(MANY, lookup, hole);
    }

    /** Looks the ids up by eight threads. */
    @Benchmark
    @OperationsPerInvocation(FEW * LOOKUPS)
    public void byEight(LookupBenchmark lookup, Blackhole hole) throws Exception {
        lookUp(FEW, lookup, hole);
    }

    private void lookUp(int count, LookupBenchmark lookup, Blackhole hole) throws Exception {
        Callable<Object> some = () -> {
            LookupBenchmark.Turn turn = new LookupBenchmark.Turn();
            Object found = turn;
            for (int i = 0; i < LOOKUPS; i++) {
                found = lookup.find(turn);
            }
            return found;
        };
        List<Future<Object>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(threads.submit(some));
        }
        for (Future<Object> each : all) {
            hole.consume(each.get());
        }
    }
}
