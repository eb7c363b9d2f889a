package dev.gateline.jwt;

import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.security.Jwk;
import io.jsonwebtoken.security.JwkSet;
import io.jsonwebtoken.security.Jwks;
import io.jsonwebtoken.security.PrivateJwk;
import io.jsonwebtoken.security.SecretJwk;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads a ring as text. The text is a JWK Set (RFC 7517) with the private parts. For each key it has the
 * milliseconds since 1970 at which the key was published and becomes active. It also has the ids of removed keys.
 */
final class RingDocument {
    private static final String PUBLISHED_AT = "gateline_published_at";
    private static final String ACTIVE_FROM = "gateline_active_from";
    private static final String REMOVED = "gateline_removed";

    private RingDocument() {}

    static String write(RingKeys ring) {
        return ring.keys().stream()
                .map(RingDocument::write)
                .collect(Collectors.joining(",\n", "{\"keys\":[\n", "\n]" + removed(ring.removed()) + "}\n"));
    }

    private static String removed(Set<String> ids) {
        if (ids.isEmpty()) {
            return "";
        }
        byte[] object = JsonWriter.write(Map.of(REMOVED, ids.stream().sorted().toList()));
        return ",\n" + new String(object, 1, object.length - 2, StandardCharsets.UTF_8);
    }

    private static String write(RingKey key) {
        return Jwks.UNSAFE_JSON(key.key()
                .stored()
                .jwk()
                .add(PUBLISHED_AT, key.publishedAt().toEpochMilli())
                .add(ACTIVE_FROM, key.activeFrom().toEpochMilli())
                .build());
    }

    /**
     * Reads what {@link #write} wrote, or any JWK Set of private keys, which keep their {@code kid}. Of keys without
     * these instants, the first one signs at once, and the others verify.
     *
     * @throws IllegalArgumentException if the text is anything else; the message quotes nothing of a key
     */
    static RingKeys read(String text, Instant now) {
        JwtLibraries.check();
        return emptied(text).orElseGet(() -> readKeys(text, now));
    }

    private static RingKeys readKeys(String text, Instant now) {
        JwkSet set = parse(text);
        List<RingKey> keys = new ArrayList<>();
        // without dates the first signs, and the others verify
        set.getKeys().forEach(jwk -> keys.add(key(jwk, now.minusMillis(keys.size()))));
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("the key ring has no keys");
        }
        checkNames(keys);
        return new RingKeys(keys, removed(set.getOrDefault(REMOVED, List.of())));
    }

    /** A ring whose keys were all removed. It is no JWK Set for jjwt, which demands a key. */
    private static Optional<RingKeys> emptied(String text) {
        return StrictJson.read(text.getBytes(StandardCharsets.UTF_8))
                .filter(ring -> List.of().equals(ring.get("keys")))
                .map(ring -> new RingKeys(List.of(), removed(ring.getOrDefault(REMOVED, List.of()))))
                .filter(ring -> !ring.removed().isEmpty());
    }

    private static void checkNames(List<RingKey> keys) {
        Set<String> ids = new HashSet<>();
        for (RingKey key : keys) {
            if (!ids.add(key.id())) {
                throw new IllegalArgumentException("the key ring has two keys of the kid " + key.id());
            }
        }
    }

    private static JwkSet parse(String text) {
        try {
            return Jwks.setParser().ignoreUnsupported(false).build().parse(text);
        } catch (JwtException | IllegalArgumentException e) {
            throw new IllegalArgumentException("the key ring is not a JWK Set of private keys");
        }
    }

    private static Set<String> removed(@Nullable Object member) {
        if (member instanceof List<?> ids && ids.stream().allMatch(String.class::isInstance)) {
            return ids.stream().map(String.class::cast).collect(Collectors.toSet());
        }
        throw new IllegalArgumentException("the key ring's " + REMOVED + " is not an array of strings");
    }

    private static RingKey key(Jwk<?> jwk, Instant now) {
        Algorithm algorithm = Algorithm.find(String.valueOf(jwk.getAlgorithm()))
                .orElseThrow(() -> new IllegalArgumentException("the key ring has a key without a known alg"));
        SigningKey key = signingKey(algorithm, jwk);
        String id = jwk.getId();
        return new RingKey(
                LazyKey.of(id == null ? key : key.named(id)),
                instant(jwk, PUBLISHED_AT, now),
                instant(jwk, ACTIVE_FROM, now));
    }

    private static SigningKey signingKey(Algorithm algorithm, Jwk<?> jwk) {
        if (jwk instanceof SecretJwk secret) {
            return SigningKey.of(algorithm, secret.toKey());
        }
        if (jwk instanceof PrivateJwk<?, ?, ?> pair) {
            return SigningKey.of(
                    algorithm,
                    new KeyPair(pair.toKeyPair().getPublic(), pair.toKeyPair().getPrivate()));
        }
        throw new IllegalArgumentException("the key ring has a public key among the keys to sign with");
    }

    private static Instant instant(Jwk<?> jwk, String member, Instant otherwise) {
        return jwk.get(member) instanceof Number millis ? Instant.ofEpochMilli(millis.longValue()) : otherwise;
    }
}
