package dev.gateline.benchmarks;

import dev.gateline.Credential;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginId;
import dev.gateline.Outcome;
import dev.gateline.jwt.Algorithm;
import dev.gateline.jwt.JwtAuthenticator;
import dev.gateline.jwt.JwtVerifier;
import dev.gateline.jwt.KeyRing;
import dev.gateline.jwt.SigningKey;
import dev.gateline.spi.Revocation;
import dev.gateline.spi.Storage;
import io.jsonwebtoken.Jws;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.JwtParserBuilder;
import io.jsonwebtoken.Jwts;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
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
 * Who presents this access token? Seen before and never seen, beside jjwt's own parser and beside the bare signature. All
 * read the same token with the same checks of issuer, audience and expiry; only ours looks at revocations.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class AuthenticateBenchmark {
    private static final String ISSUER = "https://park.example";
    private static final String AUDIENCE = "park-api";

    /** Of the token's key. */
    @Param({"HS256", "RS256", "ES256", "EdDSA"})
    public String algorithm = "HS256";

    /** How many logins have been revoked and are live. */
    @Param("1000000")
    public int revocations;

    private Credential token = Credential.of("");
    private JwtVerifier seen = JwtVerifier.builder(ISSUER, AUDIENCE, id -> java.util.Optional.empty())
            .tokensLiveUntilTheyExpire()
            .build();
    private JwtVerifier unseen = seen;
    private JwtParser jjwt = Jwts.parser().build();
    private Primitive primitive = new Primitive(Algorithm.HS256, new SecretKeySpec(new byte[32], "HmacSHA256"), "..");

    /** For JMH. */
    public AuthenticateBenchmark() {}

    /** Signs a token, and revokes a great many others. */
    @Setup
    public void sign() throws GeneralSecurityException {
        Algorithm named = Algorithm.valueOf(algorithm);
        Storage storage = Storage.inMemory(100);
        Instant now = Instant.now();
        for (int i = 0; i < revocations; i++) {
            storage.revocations().revoke(Revocation.ofLogin(new LoginId("login-" + i), now.plusSeconds(3600)), now);
        }
        KeyPair pair = pair(named);
        Key verifying = pair == null ? secret() : pair.getPublic();
        SigningKey key = pair == null ? SigningKey.of(named, (SecretKey) verifying) : SigningKey.of(named, pair);
        KeyRing ring = KeyRing.of(key);
        token = JwtAuthenticator.builder(storage, ISSUER, AUDIENCE, ring, Duration.ofHours(12))
                .accessLifetime(Duration.ofHours(1))
                .build()
                .login(Login.builder("ada")
                        .methods("pwd")
                        .claim("tenant", "north")
                        .claim("roles", List.of("keeper", "visitor"))
                        .build())
                .access();
        JwtVerifier.Builder verifier = JwtVerifier.builder(ISSUER, AUDIENCE, ring)
                .revocations(storage.revocations())
                .clock(Clock.systemUTC());
        seen = verifier.build();
        unseen = verifier.cacheBytes(0).build();
        JwtParserBuilder parser = Jwts.parser();
        jjwt = (verifying instanceof PublicKey publicKey
                        ? parser.verifyWith(publicKey)
                        : parser.verifyWith((SecretKey) verifying))
                .requireIssuer(ISSUER)
                .requireAudience(AUDIENCE)
                .build();
        primitive = new Primitive(named, verifying, token.reveal());
    }

    private static SecretKey secret() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return new SecretKeySpec(bytes, "HmacSHA256");
    }

    private static @org.jspecify.annotations.Nullable KeyPair pair(Algorithm algorithm)
            throws GeneralSecurityException {
        if (algorithm == Algorithm.HS256) {
            return null;
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance(
                switch (algorithm) {
                    case RS256 -> "RSA";
                    case ES256 -> "EC";
                    default -> "Ed25519";
                });
        if (algorithm == Algorithm.RS256) {
            generator.initialize(2048);
        } else if (algorithm == Algorithm.ES256) {
            generator.initialize(new ECGenParameterSpec("secp256r1"));
        }
        return generator.generateKeyPair();
    }

    /** A token that this node has verified before. */
    @Benchmark
    public Outcome<Identity> seen() {
        return accepted(seen.authenticate(token));
    }

    /** A token that this node has never seen: the cache holds nothing. */
    @Benchmark
    public Outcome<Identity> unseen() {
        return accepted(unseen.authenticate(token));
    }

    /** The same token by jjwt's own parser. */
    @Benchmark
    public Jws<io.jsonwebtoken.Claims> jjwt() {
        return jjwt.parseSignedClaims(token.reveal());
    }

    /** The same token's signature, and nothing else. */
    @Benchmark
    public boolean primitive() throws GeneralSecurityException {
        return primitive.verify();
    }

    private static Outcome<Identity> accepted(Outcome<Identity> outcome) {
        if (outcome instanceof Outcome.Accepted<Identity>) {
            return outcome;
        }
        throw new IllegalStateException("not accepted: " + outcome);
    }
}
