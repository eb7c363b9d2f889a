package dev.gateline.benchmarks;

import dev.gateline.Credential;
import dev.gateline.LoginId;
import dev.gateline.internal.Secrets;
import dev.gateline.jwt.Algorithm;
import dev.gateline.jwt.JwtAuthenticator;
import dev.gateline.jwt.KeyRing;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Revocation;
import dev.gateline.store.Storage;
import java.nio.charset.StandardCharsets;
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

/**
 * A request of one of a thousand logins in use, or of any, among so many live sessions and as many live revocations of
 * others.
 */
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
    private final JwtAuthenticator tokens = JwtAuthenticator.builder(storage, KeyRing.generate(Algorithm.HS256))
            .issuer(Sample.ISSUER)
            .audience(Sample.AUDIENCE)
            .build();
    private final SessionLibrary.Sessions spring = SessionLibrary.SPRING_MAP_FIND.open(new Place());
    private final Map<String, String> map = new ConcurrentHashMap<>();
    private final List<byte[]> ids = new ArrayList<>();
    private final List<byte[]> springIds = new ArrayList<>();
    private final List<byte[]> keys = new ArrayList<>();
    private final List<byte[]> inUse = new ArrayList<>();
    private final List<byte[]> springInUse = new ArrayList<>();
    private final List<byte[]> keysInUse = new ArrayList<>();
    private final List<byte[]> texts = new ArrayList<>();

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
        for (int i = 0; i < live; i++) {
            storage.revocations().revoke(Revocation.ofLogin(new LoginId(Secrets.id()), until), now);
            ids.add(bytes(sessions.login(Sample.user(i)).access().reveal()));
            springIds.add(bytes(spring.begin(i)));
            keys.add(bytes("key-" + i));
            map.put("key-" + i, "value-" + i);
        }
        for (int i = 0; i < IN_USE; i++) {
            int each = i * (live / IN_USE);
            inUse.add(ids.get(each));
            springInUse.add(springIds.get(each));
            keysInUse.add(keys.get(each));
            texts.add(bytes(tokens.login(Sample.user(i)).access().reveal()));
        }
        List.of(ids, springIds, inUse, springInUse, keysInUse, texts)
                .forEach(all -> Collections.shuffle(all, new Random(1)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Looks a session id up. */
    @Benchmark
    public Object session(Turn turn) {
        return sessions.authenticate(Credential.of(next(inUse, turn)));
    }

    /** Looks up any of them, so that all are in use. */
    @Benchmark
    public Object anySession(Turn turn) {
        return sessions.authenticate(Credential.of(next(ids, turn)));
    }

    /** The memory accesses that a look-up waits for, without any of its work. */
    @Benchmark
    public int fiveReads(Turn turn, FiveReads reads) {
        return reads.read(next(inUse, turn));
    }

    /** Those of any session. */
    @Benchmark
    public int anyFiveReads(Turn turn, FiveReads reads) {
        return reads.read(next(ids, turn));
    }

    /** Verifies an access token. */
    @Benchmark
    public Object token(Turn turn) {
        return tokens.authenticate(Credential.of(next(texts, turn)));
    }

    /** Looks up a session of Spring Session, without noting its use. */
    @Benchmark
    public Object springMap(Turn turn) {
        return spring.find(next(springInUse, turn));
    }

    /** Looks up any of them, so that all are in use. */
    @Benchmark
    public Object anySpringMap(Turn turn) {
        return spring.find(next(springIds, turn));
    }

    /** The cost of one look into memory. */
    @Benchmark
    public Object plainMap(Turn turn) {
        return Objects.requireNonNull(map.get(next(keysInUse, turn))).length();
    }

    /** As a new text, as a request brings it. */
    private static String next(List<byte[]> all, Turn turn) {
        turn.next = turn.next + 1 < all.size() ? turn.next + 1 : 0;
        return new String(all.get(turn.next), StandardCharsets.ISO_8859_1);
    }
}
