package dev.gateline.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.SignedJWT;
import dev.gateline.Claims;
import dev.gateline.Credential;
import dev.gateline.Identity;
import dev.gateline.fuzz.Check;
import dev.gateline.fuzz.Input;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.JoseException;

/** A token of any content with a good signature. Nimbus and jose4j accept whatever we accept, and read it the same. */
public final class SignedTokenFuzz {
    private static final JwtVerifier VERIFIER = FixedSigner.verifier();
    private static final JWSVerifier NIMBUS = nimbus();

    private SignedTokenFuzz() {}

    /** One input: the JSON of the header, a zero byte, and the JSON of the claims. */
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        Input in = new Input(input);
        String token = FixedSigner.sign(in.untilZero(), in.rest());
        Optional<Identity> accepted =
                VERIFIER.authenticate(Credential.of(token)).toOptional();
        if (accepted.isPresent()) {
            Identity identity = accepted.get();
            Map<String, Object> ours = new HashMap<>(identity.claims().asMap());
            ours.put("sub", identity.subject());
            Check.same(normal(ours), nimbus(token, identity), "Nimbus");
            Check.same(normal(ours), jose4j(token, identity), "jose4j");
        }
    }

    private static JWSVerifier nimbus() {
        try {
            return new MACVerifier(FixedSigner.KEY);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> nimbus(String token, Identity identity) throws ParseException, JOSEException {
        SignedJWT jwt = SignedJWT.parse(token);
        Check.that(jwt.verify(NIMBUS), "Nimbus verifies the signature");
        Check.same(
                identity.expiresAt(), jwt.getJWTClaimsSet().getExpirationTime().toInstant(), "the expiry by Nimbus");
        return normal(jwt.getPayload().toJSONObject());
    }

    private static Map<String, Object> jose4j(String token, Identity identity) throws Exception {
        JsonWebSignature jws = new JsonWebSignature();
        jws.setCompactSerialization(token);
        jws.setKey(FixedSigner.KEY);
        Check.that(jws.verifySignature(), "jose4j verifies the signature");
        JwtClaims claims = claims(jws);
        Check.same(
                identity.expiresAt().getEpochSecond(),
                claims.getExpirationTime().getValue(),
                "the expiry by jose4j");
        return normal(claims.getClaimsMap());
    }

    private static JwtClaims claims(JsonWebSignature jws) throws JoseException, InvalidJwtException {
        return JwtClaims.parse(jws.getPayload());
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
            return list.stream().map(SignedTokenFuzz::value).toList();
        }
        return value instanceof Map<?, ?> map ? members(map) : String.valueOf(value);
    }
}
