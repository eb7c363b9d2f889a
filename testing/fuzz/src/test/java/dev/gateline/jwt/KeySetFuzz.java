package dev.gateline.jwt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import dev.gateline.fuzz.Check;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.interfaces.EdECPublicKey;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.lang.JoseException;

/** A JWK Set of another issuer: Nimbus and jose4j read the same key from whatever we take for one. */
public final class KeySetFuzz {
    /** The members of a key itself. Nimbus refuses a key for other members, which we don't read. */
    private static final List<String> MATERIAL = List.of("kty", "crv", "n", "e", "x", "y");

    private static final ObjectMapper JSON = new ObjectMapper();

    private KeySetFuzz() {}

    /** One input: the JSON. */
    public static void fuzzerTestOneInput(byte[] input) throws JsonProcessingException {
        KeySet set;
        try {
            set = KeySet.read(input);
        } catch (IllegalArgumentException e) {
            Check.that(e.getMessage() != null, "a refusal says why");
            return;
        }
        set.passedOver().forEach(KeySetFuzz::checkShown);
        for (VerificationKey key : set.keys()) {
            List<JsonNode> jwks = named(input, key.id());
            Check.same(set.find(key.id()), Optional.of(key), "the key by its name");
            Check.that(jwks.stream().anyMatch(jwk -> isSame(nimbus(jwk), key)), "Nimbus reads " + key.id());
            Check.that(jwks.stream().anyMatch(jwk -> isSame(jose4j(jwk), key)), "jose4j reads " + key.id());
        }
    }

    private static void checkShown(KeySet.PassedOver it) {
        boolean isShort = it.keyId().length() <= 255 && it.reason().length() <= 1_000;
        boolean isOneLine = (it.keyId() + it.reason()).chars().noneMatch(Character::isISOControl);
        Check.that(isShort && isOneLine, "a log takes it: " + it);
    }

    private static List<JsonNode> named(byte[] input, String id) throws JsonProcessingException {
        List<JsonNode> named = new ArrayList<>();
        String text = new String(input, StandardCharsets.UTF_8);
        for (JsonNode jwk : JSON.readTree(text).path("keys")) {
            if (jwk instanceof ObjectNode members && jwk.path("kid").asText("").equals(id)) {
                named.add(members.retain(MATERIAL));
            }
        }
        return named;
    }

    private static Optional<Object> nimbus(JsonNode jwk) {
        try {
            JWK read = JWK.parse(jwk.toString());
            return Optional.of(read instanceof OctetKeyPair pair ? pair : ((AsymmetricJWK) read).toPublicKey());
        } catch (ParseException | JOSEException e) {
            return Optional.empty();
        }
    }

    private static Optional<Object> jose4j(JsonNode jwk) {
        try {
            return Optional.of(JsonWebKey.Factory.newJwk(jwk.toString()).getKey());
        } catch (JoseException | RuntimeException e) {
            // a point of another length, which we refuse, is a RuntimeException of the JDK
            return Optional.empty();
        }
    }

    private static boolean isSame(Optional<Object> read, VerificationKey key) {
        if (read.isPresent() && read.get() instanceof OctetKeyPair pair && key.publicKey() instanceof EdECPublicKey) {
            byte[] spki = key.publicKey().getEncoded();
            byte[] x = pair.getX().decode();
            return new String(spki, StandardCharsets.ISO_8859_1).endsWith(new String(x, StandardCharsets.ISO_8859_1));
        }
        return read.isPresent() && read.get() instanceof PublicKey other && other.equals(key.publicKey());
    }
}
