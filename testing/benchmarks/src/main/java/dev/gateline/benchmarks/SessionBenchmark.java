package dev.gateline.benchmarks;

import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.Outcome;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.spi.Storage;
import dev.gateline.spi.Written;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
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
import org.openjdk.jmh.annotations.Warmup;

/** Sessions in memory, among a great many: who presents this id, and a login. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx4g")
public class SessionBenchmark {

    /** How many live sessions there are. */
    @Param("1000000")
    public int sessions;

    /** How many of them are in use at the time: a few hot ones, or all in turn and so none in the processor's caches. */
    @Param({"1000", "1000000"})
    public int inUse;

    private final Storage storage = Storage.inMemory(Integer.MAX_VALUE);
    private final SessionAuthenticator gate =
            SessionAuthenticator.builder(storage).build();
    private List<Credential> credentials = List.of();

    /** Where a thread is. */
    @State(Scope.Thread)
    public static class Turn {
        private int next = (int) Thread.currentThread().getId() * 7919;

        /** For JMH. */
        public Turn() {}
    }

    /** For JMH. */
    public SessionBenchmark() {}

    /** Logs a great many users in. */
    @Setup
    public void logIn() {
        List<Credential> all = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            Grant grant = gate.login(user(i));
            if (i < inUse) {
                all.add(Credential.of(grant.access().reveal()));
            }
        }
        Collections.shuffle(all, new Random(1));
        credentials = all;
    }

    static Login user(int number) {
        return Login.builder("user-" + number)
                .methods("pwd")
                .claim("tenant", "north")
                .claim("name", "Ada Lovelace")
                .claim("level", 3)
                .build();
    }

    /** Who presents this id? */
    @Benchmark
    public Outcome<Identity> authenticate(Turn turn) {
        turn.next = turn.next + 1 < credentials.size() ? turn.next + 1 : 0;
        return gate.authenticate(credentials.get(turn.next));
    }

    /** A login; its row is deleted at once, so that their number stays. */
    @Benchmark
    public Grant login(Turn turn) {
        Grant grant = gate.login(user(turn.next++));
        Written deleted = storage.logins().delete(grant.loginId());
        if (deleted != Written.DONE) {
            throw new IllegalStateException("the login is not there");
        }
        return grant;
    }
}
