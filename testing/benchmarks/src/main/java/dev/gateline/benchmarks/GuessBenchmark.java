package dev.gateline.benchmarks;

import dev.gateline.Authenticator;
import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.Outcome;
import dev.gateline.jwt.Algorithm;
import dev.gateline.jwt.JwtAuthenticator;
import dev.gateline.jwt.KeyRing;
import dev.gateline.kit.MutableClock;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Storage;
import java.time.Duration;
import java.time.Instant;
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

/**
 * A guess by somebody who knows the public id of a login that has been renewed 300 times, and nothing else: what it
 * makes a node do.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class GuessBenchmark {
    private static final int ROTATIONS = 300;
    private static final Duration BETWEEN = Duration.ofMinutes(2);

    /** The target of the guess. */
    public enum At {
        /** A refresh token of the JWT strategy. */
        REFRESH_TOKEN,
        /** A session id. */
        SESSION_ID
    }

    /** The target of the guess. */
    @Param
    public At at = At.REFRESH_TOKEN;

    private final MutableClock clock = new MutableClock(Instant.now());
    private Authenticator gate = gate();
    private Credential guess = Credential.of("");

    /** For JMH. */
    public GuessBenchmark() {}

    private Authenticator gate() {
        Storage storage = Storage.inMemory(10);
        return switch (at) {
            case REFRESH_TOKEN ->
                JwtAuthenticator.builder(storage, KeyRing.generate(Algorithm.HS256))
                        .issuer(Sample.ISSUER)
                        .audience(Sample.AUDIENCE)
                        .absoluteTimeout(Duration.ofDays(30))
                        .clock(clock)
                        .build();
            case SESSION_ID ->
                SessionAuthenticator.builder(storage)
                        .absoluteTimeout(Duration.ofDays(30))
                        .clock(clock)
                        .build();
        };
    }

    /** Renews the login so often, and uses what it got. */
    @Setup
    public void renew() {
        gate.close();
        gate = gate();
        Grant grant = gate.login(Login.of("ada"));
        for (int i = 0; i < ROTATIONS; i++) {
            clock.advance(BETWEEN);
            grant = gate.renew(grant.renewal()).toOptional().orElseThrow();
            Outcome<Identity> used = gate.authenticate(grant.access());
            if (used.rejection().isPresent()) {
                throw new IllegalStateException(used.toString());
            }
        }
        String text = grant.renewal().reveal();
        guess = Credential.of(text.substring(0, text.indexOf('.') + 1) + "A".repeat(64));
    }

    /** Forgets it. */
    @TearDown
    public void close() {
        gate.close();
    }

    /** One guess. */
    @Benchmark
    public Outcome<?> guess() {
        return at == At.REFRESH_TOKEN ? gate.renew(guess) : gate.authenticate(guess);
    }
}
