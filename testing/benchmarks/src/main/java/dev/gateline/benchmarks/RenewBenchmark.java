package dev.gateline.benchmarks;

import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.jdbc.JdbcStorage;
import dev.gateline.jwt.Algorithm;
import dev.gateline.jwt.JwtAuthenticator;
import dev.gateline.jwt.KeyRing;
import dev.gateline.kit.MutableClock;
import dev.gateline.near.NearStorage;
import dev.gateline.redis.RedisStorage;
import dev.gateline.servers.MariadbServer;
import dev.gateline.store.SharedStorage;
import dev.gateline.store.Storage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
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
 * A refresh token of one of a thousand logins, each in turn, traded for its successor and a new access token (HS256),
 * which the store writes down.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class RenewBenchmark {
    private static final int LOGINS = 4_000;

    /**
     * By the clock of the authenticator. When a login's turn comes again, its last trade is settled. All trades of a
     * run take less than the minute by which the clock may differ from that of a store.
     */
    private static final Duration BETWEEN = Duration.ofNanos(300_000);

    /** The store of the refresh tokens. */
    public enum Where {
        /** This process. */
        MEMORY,
        /** A Redis on this machine. */
        REDIS,
        /** A PostgreSQL on this machine. */
        POSTGRESQL,
        /** A MariaDB on this machine. */
        MARIADB,
        /** An H2 in the memory of this process. */
        H2
    }

    /** The store of the refresh tokens. */
    @Param
    public Where where = Where.MEMORY;

    private final Place place = new Place();
    private final MutableClock clock = new MutableClock(Instant.now());
    private JwtAuthenticator gate = gate(Storage.inMemory(1));
    private final List<Credential> renewals = new ArrayList<>();
    private int next;

    /** For JMH. */
    public RenewBenchmark() {}

    /** Opens the store. */
    @Setup
    public void open() {
        gate = gate(
                switch (where) {
                    case MEMORY -> Storage.inMemory(100_000);
                    case REDIS -> near(RedisStorage.builder(place.redis()).build());
                    case POSTGRESQL -> near(place.pool());
                    case MARIADB -> near(place.pool(MariadbServer.url("renewals")));
                    case H2 -> near(place.pool("jdbc:h2:mem:renewals"));
                });
        for (int i = 0; i < LOGINS; i++) {
            renewals.add(gate.login(Sample.user(i)).renewal());
        }
    }

    private Storage near(DataSource database) {
        return near(
                JdbcStorage.builder(database).serverPreparedStatements().build().createIfMissing());
    }

    private Storage near(SharedStorage storage) {
        return place.closing(NearStorage.over(storage));
    }

    private JwtAuthenticator gate(Storage storage) {
        return JwtAuthenticator.builder(storage, KeyRing.generate(Algorithm.HS256))
                .issuer(Sample.ISSUER)
                .audience(Sample.AUDIENCE)
                .idleTimeout(Duration.ofDays(365))
                .absoluteTimeout(Duration.ofDays(365))
                .grace(Duration.ofSeconds(1))
                .clock(clock)
                .build();
    }

    /** Stops the servers. */
    @TearDown
    public void close() throws Exception {
        gate.close();
        place.close();
    }

    /** One trade. */
    @Benchmark
    public Grant renew() {
        clock.advance(BETWEEN);
        next = next + 1 < LOGINS ? next + 1 : 0;
        Grant grant = gate.renew(renewals.get(next)).toOptional().orElseThrow();
        renewals.set(next, grant.renewal());
        return grant;
    }
}
