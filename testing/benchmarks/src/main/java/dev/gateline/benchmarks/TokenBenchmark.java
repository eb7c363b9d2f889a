package dev.gateline.benchmarks;

import dev.gateline.jwt.Algorithm;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
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
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The verification of a thousand access tokens in turn, and the issue of new ones, with the same contents and checks.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class TokenBenchmark {
    private static final int TOKENS = Run.isShort() ? 10 : 1_000;

    /** More often than the compiler waits for, which slow signatures would not reach in the time of the warm-up. */
    private static final int WARM = Run.isShort() ? 10 : 20_000;

    /** The library that reads and issues. */
    @Param
    public TokenLibrary library = TokenLibrary.GATELINE;

    /** Of the token's key. */
    @Param({"HS256", "RS256", "ES256", "EdDSA"})
    public Algorithm algorithm = Algorithm.HS256;

    private final List<byte[]> tokens = new ArrayList<>();
    private int next;
    private TokenLibrary.Reader reader = text -> text;
    private TokenLibrary.Issuer issuer = () -> "";

    /** For JMH. */
    public TokenBenchmark() {}

    /** Signs the tokens. */
    @Setup
    public void sign(Blackhole hole) throws Exception {
        warm(new Sample(Algorithm.HS256), hole);
        Sample sample = sample();
        sample.tokens(TOKENS).forEach(token -> tokens.add(token.getBytes(StandardCharsets.ISO_8859_1)));
        reader = library.reader(sample);
        issuer = library.issuer(sample);
    }

    /** The tokens, and the key that signs them. */
    Sample sample() throws GeneralSecurityException {
        return new Sample(algorithm);
    }

    /** The work around the signature, with the fastest algorithm. */
    private void warm(Sample sample, Blackhole hole) throws Exception {
        TokenLibrary.Reader warmReader = library.reader(sample);
        TokenLibrary.Issuer warmIssuer = library.issuer(sample);
        for (int i = 0; i < WARM; i++) {
            hole.consume(warmReader.read(sample.token()));
            hole.consume(warmIssuer.issue());
        }
    }

    /** Verifies the next token. It comes as a new text with each request, whose hash nobody knows yet. */
    @Benchmark
    public Object verify() throws Exception {
        next = next + 1 < TOKENS ? next + 1 : 0;
        return reader.read(new String(tokens.get(next), StandardCharsets.ISO_8859_1));
    }

    /** A new one. */
    @Benchmark
    public Object issue() throws Exception {
        return issuer.issue();
    }
}
