package dev.gateline.benchmarks;

import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.interfaces.DecodedJWT;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.Ed25519Signer;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.gateline.Credential;
import dev.gateline.Outcome;
import dev.gateline.internal.Secrets;
import dev.gateline.jwt.Algorithm;
import dev.gateline.jwt.JwtVerifier;
import io.fusionauth.jwt.domain.JWT;
import io.fusionauth.jwt.ec.ECVerifier;
import io.fusionauth.jwt.hmac.HMACVerifier;
import io.fusionauth.jwt.rsa.RSAVerifier;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.Jws;
import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.JwtParserBuilder;
import io.jsonwebtoken.Jwts;
import java.security.Key;
import java.security.PrivateKey;
import java.security.Security;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.JwsAlgorithm;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/**
 * Reads and issues access tokens, each as the library's own documentation says. All check signature, type,
 * issuer, audience and expiry; Gateline looks at its revocations besides.
 */
public enum TokenLibrary {
    /** Gateline, which has read this token before. */
    GATELINE_SEEN("Gateline, seen before") {
        @Override
        Reader reader(Sample sample) {
            return by(sample.verifier().build());
        }

        @Override
        Issuer issuer(Sample sample) throws Exception {
            return GATELINE.issuer(sample);
        }
    },
    /** Gateline, which has not: its cache is off. A token is issued for a refresh token that is proved. */
    GATELINE("Gateline, not seen before") {
        @Override
        Reader reader(Sample sample) {
            return by(sample.verifier().cacheBytes(0).build());
        }

        @Override
        Issuer issuer(Sample sample) {
            return () -> sample.issuer()
                    .refresh(sample.grant().renewal())
                    .toOptional()
                    .orElseThrow();
        }
    },
    /**
     * Verifies and remembers each token. The cache is so small that most tokens have left it again when their turn
     * comes.
     */
    GATELINE_REMEMBERED("Gateline, not seen before, then remembered") {
        @Override
        Reader reader(Sample sample) {
            return by(sample.verifier().cacheBytes(1 << 16).build());
        }

        @Override
        Issuer issuer(Sample sample) throws Exception {
            return GATELINE.issuer(sample);
        }
    },
    /** Gateline, which knows the login and its claims: only the work that the others do, too. It reads nothing. */
    GATELINE_KNOWN("Gateline, a token for known claims") {
        @Override
        Reader reader(Sample sample) throws Exception {
            return GATELINE_SEEN.reader(sample);
        }

        @Override
        Issuer issuer(Sample sample) {
            return sample.known()::token;
        }
    },
    /** jjwt. */
    JJWT("jjwt") {
        @Override
        Reader reader(Sample sample) {
            JwtParserBuilder parser = Jwts.parser();
            if (sample.provider() != null) {
                parser.provider(sample.provider());
            }
            JwtParser checked = (sample.isSymmetric()
                            ? parser.verifyWith(sample.secretKey())
                            : parser.verifyWith(sample.publicKey()))
                    .requireIssuer(Sample.ISSUER)
                    .requireAudience(Sample.AUDIENCE)
                    .build();
            return token -> {
                Jws<Claims> jws = checked.parseSignedClaims(token);
                checkType(jws.getHeader().getType());
                return jws;
            };
        }

        @Override
        Issuer issuer(Sample sample) {
            Key key = sample.isSymmetric() ? sample.secretKey() : sample.privateKey();
            return () -> {
                Instant now = Instant.now();
                JwtBuilder token = Jwts.builder();
                if (sample.provider() != null) {
                    token.provider(sample.provider());
                }
                return token.header()
                        .type(Sample.TYPE)
                        .keyId(sample.keyId())
                        .and()
                        .issuer(Sample.ISSUER)
                        .audience()
                        .add(Sample.AUDIENCE)
                        .and()
                        .subject(Sample.SUBJECT)
                        .id(Secrets.id())
                        .issuedAt(Date.from(now))
                        .expiration(Date.from(now.plus(Sample.LIFETIME)))
                        .claim("auth_time", now.getEpochSecond())
                        .claim("amr", Sample.METHODS)
                        .claim("sid", Sample.LOGIN)
                        .claim("sub_epoch", 0)
                        .claim("tenant", Sample.TENANT)
                        .claim("roles", Sample.ROLES)
                        .signWith(key)
                        .compact();
            };
        }
    },
    /** nimbus-jose-jwt. */
    NIMBUS("nimbus-jose-jwt") {
        @Override
        Reader reader(Sample sample) throws Exception {
            DefaultJWTClaimsVerifier<SecurityContext> claims = new DefaultJWTClaimsVerifier<>(
                    Sample.AUDIENCE,
                    new JWTClaimsSet.Builder().issuer(Sample.ISSUER).build(),
                    Set.of("sub", "exp", "iat"));
            if (sample.algorithm() == Algorithm.EdDSA) {
                Ed25519Verifier verifier = new Ed25519Verifier(
                        octetKeyPair(sample).build().toPublicJWK().toOctetKeyPair());
                return token -> {
                    SignedJWT jwt = SignedJWT.parse(token);
                    checkType(jwt.getHeader().getType().getType());
                    if (!jwt.verify(verifier)) {
                        throw new IllegalStateException("bad signature");
                    }
                    claims.verify(jwt.getJWTClaimsSet(), null);
                    return jwt;
                };
            }
            DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
            processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType(Sample.TYPE)));
            DefaultJWSVerifierFactory verifiers = new DefaultJWSVerifierFactory();
            verifiers.getJCAContext().setProvider(sample.provider());
            processor.setJWSVerifierFactory(verifiers);
            JWSAlgorithm algorithm = jwsAlgorithm(sample);
            List<Key> keys = List.of(sample.isSymmetric() ? sample.secretKey() : sample.publicKey());
            processor.setJWSKeySelector(
                    (header, context) -> header.getAlgorithm().equals(algorithm) ? keys : List.of());
            processor.setJWTClaimsSetVerifier(claims);
            return token -> processor.process(SignedJWT.parse(token), null);
        }

        @Override
        Issuer issuer(Sample sample) throws Exception {
            JWSSigner signer = switch (sample.algorithm()) {
                case HS256 -> new MACSigner(sample.secret());
                case RS256 -> new RSASSASigner(sample.privateKey());
                case ES256 -> new ECDSASigner((ECPrivateKey) sample.privateKey());
                default -> new Ed25519Signer(octetKeyPair(sample).build());
            };
            signer.getJCAContext().setProvider(sample.provider());
            JWSHeader header = new JWSHeader.Builder(jwsAlgorithm(sample))
                    .type(new JOSEObjectType(Sample.TYPE))
                    .keyID(sample.keyId())
                    .build();
            return () -> {
                Instant now = Instant.now();
                SignedJWT jwt = new SignedJWT(
                        header,
                        new JWTClaimsSet.Builder()
                                .issuer(Sample.ISSUER)
                                .audience(Sample.AUDIENCE)
                                .subject(Sample.SUBJECT)
                                .jwtID(Secrets.id())
                                .issueTime(Date.from(now))
                                .expirationTime(Date.from(now.plus(Sample.LIFETIME)))
                                .claim("auth_time", now.getEpochSecond())
                                .claim("amr", Sample.METHODS)
                                .claim("sid", Sample.LOGIN)
                                .claim("sub_epoch", 0)
                                .claim("tenant", Sample.TENANT)
                                .claim("roles", Sample.ROLES)
                                .build());
                jwt.sign(signer);
                return jwt.serialize();
            };
        }
    },
    /** Spring Security's resource server, which has Nimbus inside, and no EdDSA. */
    SPRING_SECURITY("Spring Security") {
        @Override
        Reader reader(Sample sample) {
            NimbusJwtDecoder decoder = switch (sample.algorithm()) {
                case HS256 ->
                    NimbusJwtDecoder.withSecretKey(sample.secretKey())
                            .macAlgorithm(MacAlgorithm.HS256)
                            .validateType(false)
                            .build();
                case RS256 ->
                    NimbusJwtDecoder.withPublicKey((RSAPublicKey) sample.publicKey())
                            .validateType(false)
                            .build();
                default ->
                    NimbusJwtDecoder.withJwkSource(new ImmutableJWKSet<>(new JWKSet(jwk(sample))))
                            .jwsAlgorithm(SignatureAlgorithm.ES256)
                            .jwtProcessorCustomizer(processor -> processor.setJWSTypeVerifier(
                                    new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType(Sample.TYPE))))
                            .build();
            };
            decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                    new JwtTypeValidator(Sample.TYPE),
                    new JwtTimestampValidator(),
                    new JwtIssuerValidator(Sample.ISSUER),
                    new JwtClaimValidator<List<String>>("aud", audience -> audience.contains(Sample.AUDIENCE))));
            return decoder::decode;
        }

        @Override
        Issuer issuer(Sample sample) {
            NimbusJwtEncoder encoder = new NimbusJwtEncoder(new ImmutableJWKSet<>(new JWKSet(jwk(sample))));
            JwsAlgorithm algorithm = sample.isSymmetric()
                    ? MacAlgorithm.HS256
                    : Objects.requireNonNull(
                            SignatureAlgorithm.from(sample.algorithm().name()));
            return () -> {
                Instant now = Instant.now();
                JwtClaimsSet claims = JwtClaimsSet.builder()
                        .issuer(Sample.ISSUER)
                        .audience(List.of(Sample.AUDIENCE))
                        .subject(Sample.SUBJECT)
                        .id(Secrets.id())
                        .issuedAt(now)
                        .expiresAt(now.plus(Sample.LIFETIME))
                        .claim("auth_time", now.getEpochSecond())
                        .claim("amr", Sample.METHODS)
                        .claim("sid", Sample.LOGIN)
                        .claim("sub_epoch", 0)
                        .claim("tenant", Sample.TENANT)
                        .claim("roles", Sample.ROLES)
                        .build();
                JwsHeader.Builder header = JwsHeader.with(algorithm);
                return encoder.encode(JwtEncoderParameters.from(
                                header.type(Sample.TYPE).keyId(sample.keyId()).build(), claims))
                        .getTokenValue();
            };
        }

        @Override
        boolean has(Algorithm algorithm) {
            return algorithm != Algorithm.EdDSA;
        }
    },
    /** Auth0's java-jwt, which has no EdDSA. */
    JAVA_JWT("java-jwt") {
        @Override
        Reader reader(Sample sample) {
            JWTVerifier verifier = com.auth0
                    .jwt
                    .JWT
                    .require(algorithm(sample))
                    .withIssuer(Sample.ISSUER)
                    .withAudience(Sample.AUDIENCE)
                    .build();
            return token -> {
                DecodedJWT jwt = verifier.verify(token);
                checkType(jwt.getType());
                return jwt;
            };
        }

        @Override
        Issuer issuer(Sample sample) {
            com.auth0.jwt.algorithms.Algorithm algorithm = algorithm(sample);
            return () -> {
                Instant now = Instant.now();
                return com.auth0
                        .jwt
                        .JWT
                        .create()
                        .withHeader(Map.of("typ", Sample.TYPE))
                        .withKeyId(sample.keyId())
                        .withIssuer(Sample.ISSUER)
                        .withAudience(Sample.AUDIENCE)
                        .withSubject(Sample.SUBJECT)
                        .withJWTId(Secrets.id())
                        .withIssuedAt(now)
                        .withExpiresAt(now.plus(Sample.LIFETIME))
                        .withClaim("auth_time", now.getEpochSecond())
                        .withClaim("amr", Sample.METHODS)
                        .withClaim("sid", Sample.LOGIN)
                        .withClaim("sub_epoch", 0)
                        .withClaim("tenant", Sample.TENANT)
                        .withClaim("roles", Sample.ROLES)
                        .sign(algorithm);
            };
        }

        private com.auth0.jwt.algorithms.Algorithm algorithm(Sample sample) {
            return switch (sample.algorithm()) {
                case HS256 -> com.auth0.jwt.algorithms.Algorithm.HMAC256(sample.secret());
                case RS256 ->
                    com.auth0.jwt.algorithms.Algorithm.RSA256(
                            (RSAPublicKey) sample.publicKey(), (RSAPrivateKey) sample.privateKey());
                default ->
                    com.auth0.jwt.algorithms.Algorithm.ECDSA256(
                            (ECPublicKey) sample.publicKey(), (ECPrivateKey) sample.privateKey());
            };
        }

        @Override
        boolean has(Algorithm algorithm) {
            return algorithm != Algorithm.EdDSA;
        }
    },
    /** jose4j. */
    JOSE4J("jose4j") {
        @Override
        Reader reader(Sample sample) {
            JwtConsumer consumer = new JwtConsumerBuilder()
                    .setVerificationKey(sample.isSymmetric() ? sample.secretKey() : sample.publicKey())
                    .setJwsAlgorithmConstraints(new AlgorithmConstraints(
                            ConstraintType.PERMIT, sample.algorithm().name()))
                    .setExpectedType(true, Sample.TYPE)
                    .setExpectedIssuer(Sample.ISSUER)
                    .setExpectedAudience(Sample.AUDIENCE)
                    .setRequireExpirationTime()
                    .setJwsProviderContext(context(sample))
                    .build();
            return consumer::processToClaims;
        }

        @Override
        Issuer issuer(Sample sample) {
            Key key = sample.isSymmetric() ? sample.secretKey() : sample.privateKey();
            ProviderContext context = context(sample);
            return () -> {
                JwtClaims claims = new JwtClaims();
                claims.setIssuer(Sample.ISSUER);
                claims.setAudience(Sample.AUDIENCE);
                claims.setSubject(Sample.SUBJECT);
                claims.setGeneratedJwtId();
                claims.setIssuedAtToNow();
                claims.setExpirationTimeMinutesInTheFuture((float) Sample.LIFETIME.toMinutes());
                claims.setClaim("auth_time", NumericDate.now().getValue());
                claims.setStringListClaim("amr", Sample.METHODS);
                claims.setStringClaim("sid", Sample.LOGIN);
                claims.setClaim("sub_epoch", 0);
                claims.setStringClaim("tenant", Sample.TENANT);
                claims.setStringListClaim("roles", Sample.ROLES);
                JsonWebSignature signature = new JsonWebSignature();
                signature.setHeader("typ", Sample.TYPE);
                signature.setKeyIdHeaderValue(sample.keyId());
                signature.setAlgorithmHeaderValue(sample.algorithm().name());
                signature.setKey(key);
                signature.setPayload(claims.toJson());
                signature.setProviderContext(context);
                return signature.getCompactSerialization();
            };
        }

        // it takes the name of a provider, which must be installed
        private ProviderContext context(Sample sample) {
            ProviderContext context = new ProviderContext();
            if (sample.provider() != null) {
                Security.addProvider(sample.provider());
                context.getSuppliedKeyProviderContext()
                        .setSignatureProvider(sample.provider().getName());
            }
            return context;
        }
    },
    /** fusionauth-jwt, which has no EdDSA and checks neither issuer nor audience: the host does. */
    FUSIONAUTH("fusionauth-jwt") {
        @Override
        Reader reader(Sample sample) {
            io.fusionauth.jwt.Verifier verifier = switch (sample.algorithm()) {
                case HS256 -> HMACVerifier.newVerifier(sample.secret());
                case RS256 -> RSAVerifier.newVerifier(sample.publicKey());
                default -> ECVerifier.newVerifier(sample.publicKey());
            };
            return token -> {
                JWT jwt = JWT.getDecoder().decode(token, verifier);
                checkType(jwt.header.type);
                if (!Sample.ISSUER.equals(jwt.issuer) || !isForUs(jwt.audience)) {
                    throw new IllegalStateException("another issuer or audience");
                }
                return jwt;
            };
        }

        private boolean isForUs(Object audience) {
            return Sample.AUDIENCE.equals(audience)
                    || (audience instanceof List<?> several && several.contains(Sample.AUDIENCE));
        }

        @Override
        Issuer issuer(Sample sample) {
            io.fusionauth.jwt.Signer signer = switch (sample.algorithm()) {
                case HS256 -> io.fusionauth.jwt.hmac.HMACSigner.newSHA256Signer(sample.secret());
                case RS256 -> io.fusionauth.jwt.rsa.RSASigner.newSHA256Signer(sample.privateKey());
                default -> io.fusionauth.jwt.ec.ECSigner.newSHA256Signer(sample.privateKey());
            };
            return () -> {
                ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
                JWT jwt = new JWT()
                        .setIssuer(Sample.ISSUER)
                        .setAudience(Sample.AUDIENCE)
                        .setSubject(Sample.SUBJECT)
                        .setUniqueId(Secrets.id())
                        .setIssuedAt(now)
                        .setExpiration(now.plus(Sample.LIFETIME))
                        .addClaim("auth_time", now.toEpochSecond())
                        .addClaim("amr", Sample.METHODS)
                        .addClaim("sid", Sample.LOGIN)
                        .addClaim("sub_epoch", 0)
                        .addClaim("tenant", Sample.TENANT)
                        .addClaim("roles", Sample.ROLES);
                return JWT.getEncoder()
                        .encode(
                                jwt,
                                signer,
                                header -> header.set("typ", Sample.TYPE).set("kid", sample.keyId()));
            };
        }

        @Override
        boolean has(Algorithm algorithm) {
            return algorithm != Algorithm.EdDSA;
        }
    },
    /** The platform's signature over a token's bytes and nothing else, by an object that is made once. */
    BARE("the signature alone") {
        @Override
        Reader reader(Sample sample) throws Exception {
            Callable<Boolean> verification = new Primitive(sample).verification();
            return token -> {
                if (!verification.call()) {
                    throw new IllegalStateException("bad signature");
                }
                return token;
            };
        }

        @Override
        Issuer issuer(Sample sample) throws Exception {
            return new Primitive(sample).signing()::call;
        }
    },
    /** Nobody: the text that a request brings, made anew. It is in the figures of all others. */
    TEXT("the text alone") {
        @Override
        Reader reader(Sample sample) {
            return token -> token;
        }

        @Override
        Issuer issuer(Sample sample) {
            return () -> "";
        }
    };

    private final String title;

    TokenLibrary(String title) {
        this.title = title;
    }

    /** Reads a token, and throws if anything is wrong with it. */
    interface Reader {
        Object read(String token) throws Exception;
    }

    /** Issues a token. */
    interface Issuer {
        Object issue() throws Exception;
    }

    String title() {
        return title;
    }

    String issuerTitle() {
        return this == GATELINE ? "Gateline, for a refresh token" : title;
    }

    abstract Reader reader(Sample sample) throws Exception;

    abstract Issuer issuer(Sample sample) throws Exception;

    /** Whether it issues tokens of its own. */
    boolean issues() {
        return this == GATELINE || this == GATELINE_KNOWN || this == BARE || isPeer();
    }

    /** Whether it reads tokens. */
    boolean reads() {
        return this != GATELINE_KNOWN;
    }

    /** Whether it can be given a JCA provider, for itself or else for the whole process. */
    boolean takesProvider(Algorithm algorithm) {
        return switch (this) {
            case GATELINE, GATELINE_KNOWN, JJWT, JOSE4J, BARE -> true;
            // its EdDSA is Tink's
            case NIMBUS -> algorithm != Algorithm.EdDSA;
            case SPRING_SECURITY, JAVA_JWT, FUSIONAUTH -> has(algorithm);
            default -> false;
        };
    }

    /** Whether a provider is given to it by making it the first one of the process. */
    boolean takesProviderOfTheProcess() {
        return this == SPRING_SECURITY || this == JAVA_JWT || this == FUSIONAUTH;
    }

    /** Whether somebody else wrote it. */
    boolean isPeer() {
        return !title.startsWith("Gateline") && this != BARE && this != TEXT;
    }

    boolean has(Algorithm algorithm) {
        return true;
    }

    private static Reader by(JwtVerifier verifier) {
        return token -> {
            Outcome<?> outcome = verifier.authenticate(Credential.of(token));
            if (outcome instanceof Outcome.Accepted<?>) {
                return outcome;
            }
            throw new IllegalStateException("not accepted: " + outcome);
        };
    }

    private static void checkType(@Nullable String type) {
        if (!Sample.TYPE.equals(type)) {
            throw new IllegalStateException("another type: " + type);
        }
    }

    private static JWSAlgorithm jwsAlgorithm(Sample sample) {
        return JWSAlgorithm.parse(sample.algorithm().name());
    }

    private static JWK jwk(Sample sample) {
        return switch (sample.algorithm()) {
            case HS256 ->
                new OctetSequenceKey.Builder(sample.secret())
                        .algorithm(JWSAlgorithm.HS256)
                        .keyID(sample.keyId())
                        .build();
            case RS256 ->
                new RSAKey.Builder((RSAPublicKey) sample.publicKey())
                        .privateKey(sample.privateKey())
                        .keyID(sample.keyId())
                        .build();
            default ->
                new ECKey.Builder(Curve.P_256, (ECPublicKey) sample.publicKey())
                        .privateKey(sample.privateKey())
                        .keyID(sample.keyId())
                        .build();
        };
    }

    /** The last 32 bytes of both encodings of RFC 8410 are the key. */
    private static OctetKeyPair.Builder octetKeyPair(Sample sample) {
        byte[] open = sample.publicKey().getEncoded();
        PrivateKey hidden = sample.privateKey();
        return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(last32(open)))
                .d(Base64URL.encode(last32(hidden.getEncoded())));
    }

    private static byte[] last32(byte[] encoded) {
        return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    }
}
