package dev.gateline.benchmarks;

import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.LoginId;
import dev.gateline.internal.Secrets;
import dev.gateline.jwt.Algorithm;
import dev.gateline.jwt.JwtAuthenticator;
import dev.gateline.jwt.JwtVerifier;
import dev.gateline.jwt.JwtVerifierBuilder;
import dev.gateline.jwt.KeyRing;
import dev.gateline.jwt.KnownLogin;
import dev.gateline.jwt.SignatureProvider;
import dev.gateline.jwt.SigningKey;
import dev.gateline.store.Revocation;
import dev.gateline.store.Storage;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** A token that all read, the key that all sign with, and what all put into theirs. */
final class Sample {
    static final String ISSUER = "https://park.example";
    static final String AUDIENCE = "park-api";
    static final String SUBJECT = "ada";
    static final String TENANT = "north";
    static final List<String> ROLES = List.of("keeper", "visitor");
    static final List<String> METHODS = List.of("pwd");
    static final String TYPE = "at+jwt";

    /** As long as those of Gateline, which gives each login one of its own. */
    static final String LOGIN = "luataVVMDH_GB9u9ckBunw";

    static final Duration LIFETIME = Duration.ofHours(1);

    /** Live ones, of other logins. */
    private static final int REVOCATIONS = 100_000;

    private final Algorithm algorithm;
    private final @Nullable Provider provider;
    private final byte[] secret = new byte[32];
    private final @Nullable KeyPair pair;
    private final String keyId;
    private final KeyRing ring;
    private final Storage storage = Storage.inMemory(10_000);
    private final JwtAuthenticator issuer;
    private final Grant grant;

    Sample(Algorithm algorithm) throws GeneralSecurityException {
        this(algorithm, null);
    }

    /** With signatures by a provider; null for the platform's. */
    Sample(Algorithm algorithm, @Nullable Provider provider) throws GeneralSecurityException {
        this.algorithm = algorithm;
        this.provider = provider;
        new SecureRandom().nextBytes(secret);
        pair = algorithm == Algorithm.HS256 ? null : generate(algorithm);
        SigningKey key = pair == null ? SigningKey.of(algorithm, secretKey()) : SigningKey.of(algorithm, pair);
        keyId = key.verification().id();
        ring = KeyRing.of(provider == null ? key : key.with(SignatureProvider.only(provider)));
        issuer = JwtAuthenticator.builder(storage, ring)
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .accessLifetime(LIFETIME)
                .idleTimeout(Duration.ofHours(12))
                .build();
        Instant now = Instant.now();
        for (int i = 0; i < REVOCATIONS; i++) {
            storage.revocations().revoke(Revocation.ofLogin(new LoginId(Secrets.id()), now.plusSeconds(3600)), now);
        }
        grant = issuer.login(login(SUBJECT));
    }

    private static Login login(String subject) {
        return Login.builder(subject)
                .methods(METHODS.get(0))
                .claim("tenant", TENANT)
                .claim("roles", ROLES)
                .build();
    }

    private static KeyPair generate(Algorithm algorithm) throws GeneralSecurityException {
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

    /** One of many. */
    static Login user(int number) {
        return Login.builder("user-" + number)
                .methods(METHODS.get(0))
                .claim("tenant", TENANT)
                .claim("name", "Ada Lovelace")
                .claim("level", 3)
                .build();
    }

    Algorithm algorithm() {
        return algorithm;
    }

    /** The provider that all are given; null for the platform's. */
    @Nullable
    Provider provider() {
        return provider;
    }

    /** Makes tokens for a login whose row and claims are known. */
    KnownLogin known() {
        return KnownLogin.of(
                ring,
                ISSUER,
                AUDIENCE,
                LIFETIME,
                storage.logins().find(grant.loginId()).orElseThrow());
    }

    String keyId() {
        return keyId;
    }

    String token() {
        return grant.access().reveal();
    }

    /** Of as many users, each logged in. */
    List<String> tokens(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> issuer.login(login("user-" + i)).access().reveal())
                .toList();
    }

    Grant grant() {
        return grant;
    }

    JwtAuthenticator issuer() {
        return issuer;
    }

    /** Looks at the revocations too. */
    JwtVerifierBuilder verifier() {
        return JwtVerifier.builder(ring).issuer(ISSUER).audience(AUDIENCE).revocations(storage.revocations());
    }

    boolean isSymmetric() {
        return pair == null;
    }

    byte[] secret() {
        return secret.clone();
    }

    SecretKey secretKey() {
        return new SecretKeySpec(secret, "HmacSHA256");
    }

    PublicKey publicKey() {
        return Objects.requireNonNull(pair).getPublic();
    }

    PrivateKey privateKey() {
        return Objects.requireNonNull(pair).getPrivate();
    }
}
