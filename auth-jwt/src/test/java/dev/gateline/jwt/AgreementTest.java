package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jwt.SignedJWT;
import dev.gateline.Claims;
import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.kit.MutableClock;
import dev.gateline.store.Storage;
import io.jsonwebtoken.JwtParserBuilder;
import io.jsonwebtoken.Jwts;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import javax.crypto.SecretKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every token that our reader accepts is read the same by the usual readers: ours is only stricter. */
@Tag("slow")
class AgreementTest {
    private static final Instant NOW = Instant.ofEpochSecond(Forge.NOW);

    private final Random random = new Random(20_261_123);
    private final RandomJson json = new RandomJson(random);

    @ParameterizedTest
    @CsvSource({"HS256, 4000", "RS256, 400", "ES256, 400", "EdDSA, 400"})
    void accepted_byOurReader_isAcceptedAndReadAlikeByOthers(Algorithm algorithm, int tokens) throws Exception {
        Forge forge = Forge.of(algorithm);
        JwtVerifier verifier = JwtVerifier.builder(id -> Optional.of(forge.key()))
                .issuer(Forge.ISSUER)
                .audience(Forge.AUDIENCE)
                .tokensLiveUntilTheyExpire()
                .clock(new MutableClock(NOW))
                .build();
        int accepted = 0;
        for (int i = 0; i < tokens; i++) {
            String token = forge.sign(json.object(forge.header(), 2), json.object(claims(), 6));
            Optional<Identity> identity =
                    verifier.authenticate(Credential.of(token)).toOptional();
            if (identity.isPresent()) {
                accepted++;
                Map<String, Object> ours = new HashMap<>(identity.get().claims().asMap());
                ours.put("sub", identity.get().subject());
                assertThat(jjwt(forge, token)).as("jjwt: %s", token).isEqualTo(normal(ours));
                assertThat(nimbus(forge, token)).as("Nimbus: %s", token).isEqualTo(normal(ours));
                assertThat(jose4j(forge, token)).as("jose4j: %s", token).isEqualTo(normal(ours));
            }
        }
        assertThat(accepted).as("of %d", tokens).isBetween(tokens / 4, tokens - tokens / 20);
    }

    /** Right, in one of the ways to be; and now and then wrong. */
    private Map<String, String> claims() {
        Map<String, String> claims = Forge.claims();
        claims.put("aud", json.oneOf(List.of("\"" + Forge.AUDIENCE + "\"", "[\"other\",\"" + Forge.AUDIENCE + "\"]")));
        claims.put("exp", json.oneOf(List.of("1767225900", "1767225900.0", "1.7672259e9", "1767225900.75")));
        claims.put("auth_time", json.oneOf(List.of("1767225000", "0")));
        claims.put("amr", json.oneOf(List.of("[]", "[\"pwd\"]", "[\"pwd\",\"otp\"]")));
        if (random.nextInt(10) == 0) {
            claims.put(
                    json.oneOf(List.of("exp", "iat", "aud", "sub", "jti", "sid", "amr", "nbf", "iss")),
                    json.oneOf(List.of("null", "[]", "{}", "\"\"", "\"1767225900\"", "true", "1e400", "-1", "[1]")));
        }
        return claims;
    }

    private static Map<String, Object> jjwt(Forge forge, String token) {
        JwtParserBuilder parser = Jwts.parser().clock(() -> Date.from(NOW));
        Object key = forge.verifier();
        JwtParserBuilder keyed =
                key instanceof SecretKey secret ? parser.verifyWith(secret) : parser.verifyWith((PublicKey) key);
        return normal(keyed.requireIssuer(Forge.ISSUER)
                .build()
                .parseSignedClaims(token)
                .getPayload());
    }

    private static Map<String, Object> nimbus(Forge forge, String token) throws Exception {
        SignedJWT jwt = SignedJWT.parse(token);
        Object key = forge.verifier();
        if (key instanceof SecretKey secret) {
            assertThat(jwt.verify(new MACVerifier(secret))).isTrue();
        } else if (key instanceof RSAPublicKey rsa) {
            assertThat(jwt.verify(new RSASSAVerifier(rsa))).isTrue();
        } else if (key instanceof ECPublicKey ec) {
            assertThat(jwt.verify(new ECDSAVerifier(ec))).isTrue();
        } else {
            OctetKeyPair ed25519 = OctetKeyPair.parse(forge.key().jwk());
            assertThat(jwt.verify(new Ed25519Verifier(ed25519))).isTrue();
        }
        assertThat(jwt.getJWTClaimsSet().getExpirationTime()).isAfter(Date.from(NOW));
        return normal(jwt.getPayload().toJSONObject());
    }

    private static Map<String, Object> jose4j(Forge forge, String token) throws Exception {
        JsonWebSignature jws = new JsonWebSignature();
        jws.setCompactSerialization(token);
        jws.setKey(forge.verifier());
        assertThat(jws.verifySignature()).isTrue();
        JwtClaims claims = JwtClaims.parse(jws.getPayload());
        return normal(claims.getClaimsMap());
    }

    /** The host's claims and the subject, numbers as the double that the others make of them, a null as absent. */
    private static Map<String, Object> normal(Map<String, ?> claims) {
        Map<String, Object> host = new HashMap<>(claims);
        host.keySet().removeIf(name -> Claims.RESERVED.contains(name) && !name.equals("sub"));
        host.values().removeIf(Objects::isNull);
        return members(host);
    }

    private static Map<String, Object> members(Map<?, ?> map) {
        Map<String, Object> members = new TreeMap<>();
        map.forEach((name, value) -> members.put(String.valueOf(name), value(value)));
        return members;
    }

    private static Object value(Object value) {
        if (value instanceof Number number) {
            return number.doubleValue() + 0.0;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(AgreementTest::value).toList();
        }
        return value instanceof Map<?, ?> map ? members(map) : String.valueOf(value);
    }

    @Test
    void issued_charactersBeyondTheBasicPlane_areReadAlikeByOthers() throws Exception {
        Forge forge = Forge.of(Algorithm.HS256);
        String wheel = "\uD83C\uDFA1 \uDBFF\uDFFF";
        Map<String, Object> claims = Map.of("sub", wheel, "roles", List.of(wheel), "c", Map.of(wheel, wheel));
        byte[] payload = JsonWriter.write(withDates(claims));
        String token = forge.sign(JsonWriter.write(Map.of("alg", "HS256", "kid", wheel)), payload);

        assertThat(payload).as("in UTF-8 and not escaped").containsSequence(wheel.getBytes(StandardCharsets.UTF_8));
        assertThat(jjwt(forge, token)).isEqualTo(normal(claims));
        assertThat(nimbus(forge, token)).isEqualTo(normal(claims));
        assertThat(jose4j(forge, token)).isEqualTo(normal(claims));
    }

    private static Map<String, Object> withDates(Map<String, Object> claims) {
        Map<String, Object> dated = new TreeMap<>(claims);
        dated.put("iss", Forge.ISSUER);
        dated.put("exp", Forge.NOW + 300L);
        return dated;
    }

    @Test
    void issued_byUs_isVerifiedByNimbusThroughOurJwks() throws Exception {
        for (Algorithm algorithm : List.of(Algorithm.RS256, Algorithm.PS384, Algorithm.ES256, Algorithm.ES512)) {
            KeyRing ring = KeyRing.generate(algorithm);
            JwtAuthenticator gate = JwtAuthenticator.builder(Storage.inMemory(10), ring)
                    .issuer(Forge.ISSUER)
                    .audience(Forge.AUDIENCE)
                    .absoluteTimeout(Duration.ofHours(1))
                    .build();
            Grant grant = gate.login(Login.of("ada"));
            SignedJWT jwt = SignedJWT.parse(grant.access().reveal());
            var jwk = JWKSet.parse(ring.jwks()).getKeyByKeyId(jwt.getHeader().getKeyID());
            JWSVerifier verifier = algorithm.name().startsWith("ES")
                    ? new ECDSAVerifier(jwk.toECKey())
                    : new RSASSAVerifier(jwk.toRSAKey());

            assertThat(jwt.verify(verifier)).as(algorithm.name()).isTrue();
        }
    }
}
