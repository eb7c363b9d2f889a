package dev.gateline.benchmarks;

import dev.gateline.Credential;
import dev.gateline.Identity;
import dev.gateline.Outcome;
import dev.gateline.near.NearStorage;
import dev.gateline.redis.RedisStorage;
import dev.gateline.servers.RedisServer;
import dev.gateline.servers.RedisServer.Version;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.spi.Storage;
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

/** A session of which the row is in this node's memory, where it is the only one and where it is a copy of what Redis has. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class NearBenchmark {
    private static final int SESSIONS = 1_000;

    /** Where sessions are kept. */
    public enum Place {
        /** In this process. */
        MEMORY,
        /** In a Redis on this machine, with copies in this process. */
        REDIS
    }

    /** Where sessions are kept. */
    @Param
    public Place place = Place.MEMORY;

    private final List<Credential> credentials = new ArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private SessionAuthenticator gate =
            SessionAuthenticator.builder(Storage.inMemory(1)).build();

    /** Where a thread is. */
    @State(Scope.Thread)
    public static class Turn {
        private int next;

        /** For JMH. */
        public Turn() {}
    }

    /** For JMH. */
    public NearBenchmark() {}

    /** Logs users in. */
    @Setup
    public void logIn() {
        gate = SessionAuthenticator.builder(storage()).build();
        for (int i = 0; i < SESSIONS; i++) {
            credentials.add(gate.login(SessionBenchmark.user(i)).access());
        }
    }

    private Storage storage() {
        if (place == Place.MEMORY) {
            return Storage.inMemory(SESSIONS);
        }
        RedisServer server = RedisServer.start(Version.V7);
        NearStorage storage =
                NearStorage.over(RedisStorage.builder(server.uri()).build());
        open.addAll(List.of(storage, server));
        return storage;
    }

    /** Stops the server. */
    @TearDown
    public void close() throws Exception {
        gate.close();
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    /** Who presents this id? */
    @Benchmark
    public Outcome<Identity> authenticate(Turn turn) {
        turn.next = turn.next + 1 < SESSIONS ? turn.next + 1 : 0;
        return gate.authenticate(credentials.get(turn.next));
    }
}
