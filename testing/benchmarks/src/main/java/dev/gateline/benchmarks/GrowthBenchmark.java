package dev.gateline.benchmarks;

import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.LoginId;
import dev.gateline.jwt.Algorithm;
import dev.gateline.jwt.JwtAuthenticator;
import dev.gateline.jwt.KeyRing;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.spi.Revocation;
import dev.gateline.spi.Storage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
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

/** A request of one of a thousand logins in use, among so many live sessions and as many live revocations of others. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms3g", "-Xmx3g"})
public class GrowthBenchmark {
    private static final int IN_USE = 1_000;

    /** Sessions, and revocations. */
    @Param({"1000", "10000", "100000", "1000000"})
    public int live = IN_USE;

    private final Storage storage = Storage.inMemory(Integer.MAX_VALUE);
    private final SessionAuthenticator sessions =
            SessionAuthenticator.builder(storage).build();
    private final JwtAuthenticator tokens = JwtAuthenticator.builder(
                    storage, Sample.ISSUER, Sample.AUDIENCE, KeyRing.generate(Algorithm.HS256), Duration.ofHours(12))
            .build();
    private final SessionLibrary.Sessions spring = SessionLibrary.SPRING_MAP_FIND.open(new Place());
    private final Map<String, String> map = new ConcurrentHashMap<>();
    private final List<String> springIds = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final List<Credential> ids = new ArrayList<>();
    private final List<Credential> texts = new ArrayList<>();

    /** Where a thread is. */
    @State(Scope.Thread)
    public static class Turn {
        private int next;

        /** For JMH. */
        public Turn() {}
    }

    /** For JMH. */
    public GrowthBenchmark() {}

    /** Logs a great many users in. */
    @Setup
    public void logIn() {
        Instant now = Instant.now();
        Instant until = now.plus(Duration.ofHours(1));
        int every = live / IN_USE;
        for (int i = 0; i < live; i++) {
            storage.revocations().revoke(Revocation.ofLogin(new LoginId("ended-" + i), until), now);
            Grant grant = sessions.login(Sample.user(i));
            String springId = spring.begin(i);
            map.put("key-" + i, "value-" + i);
            if (i % every == 0) {
                ids.add(grant.access());
                texts.add(tokens.login(Sample.user(i)).access());
                springIds.add(springId);
                keys.add("key-" + i);
            }
        }
        List.of(ids, texts, springIds, keys).forEach(all -> Collections.shuffle(all, new Random(1)));
    }

    /** Who presents this session id? */
    @Benchmark
    public Object session(Turn turn) {
        return sessions.authenticate(next(ids, turn));
    }

    /** Who presents this access token? */
    @Benchmark
    public Object token(Turn turn) {
        return tokens.authenticate(next(texts, turn));
    }

    /** The same of Spring Session, which only finds it. */
    @Benchmark
    public Object springMap(Turn turn) {
        return spring.find(next(springIds, turn));
    }

    /** What one look into memory costs. */
    @Benchmark
    public Object plainMap(Turn turn) {
        return Objects.requireNonNull(map.get(next(keys, turn))).length();
    }

    private static <T> T next(List<T> all, Turn turn) {
        turn.next = turn.next + 1 < all.size() ? turn.next + 1 : 0;
        return all.get(turn.next);
    }
}
