package dev.gateline.jwt;

import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.security.Jwks;
import io.jsonwebtoken.security.PublicJwk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JWK Set (RFC 7517) of somebody else's. Takes public keys for signatures only; a key that is for something else,
 * unknown, weak or not public is passed over, and a set that is not one, or names two keys alike, is refused.
 */
final class JwkSetReader {
    private static final int MAX_VALUES = 5_000;
    private static final int MAX_KEYS = 100;
    private static final Set<String> PUBLIC = Set.of("kty", "crv", "n", "e", "x", "y");
    private static final Set<String> PRIVATE = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    private JwkSetReader() {}

    /**
     * Reads a set.
     *
     * @param utf8 of any content, not too large
     * @return by {@code kid}, but for names that several keys have; a set of a single key has that for tokens without {@code kid} too
     * @throws IllegalArgumentException saying what is wrong with the set
     */
    static Map<String, VerificationKey> read(byte[] utf8) {
        Object keys = StrictJson.read(utf8, MAX_VALUES)
                .map(set -> set.get("keys"))
                .orElseThrow(() -> new IllegalArgumentException("not a JSON object"));
        if (!(keys instanceof List<?> list) || list.size() > MAX_KEYS) {
            throw new IllegalArgumentException("no \"keys\", or more than " + MAX_KEYS);
        }
        Map<String, VerificationKey> found = new LinkedHashMap<>();
        Set<String> ambiguous = new HashSet<>();
        List<VerificationKey> nameless = new ArrayList<>();
        for (Object jwk : list) {
            key(jwk).ifPresent(key -> {
                if (key.id().isEmpty()) {
                    nameless.add(key);
                } else if (!key.equals(found.merge(key.id(), key, (first, second) -> first))) {
                    ambiguous.add(key.id());
                }
            });
        }
        found.keySet().removeAll(ambiguous);
        boolean single = found.size() + nameless.size() == 1 && ambiguous.isEmpty();
        if (single) {
            found.put("", nameless.isEmpty() ? found.values().iterator().next() : nameless.get(0));
        }
        return Map.copyOf(found);
    }

    private static Optional<VerificationKey> key(@Nullable Object jwk) {
        if (!(jwk instanceof Map<?, ?> members)) {
            throw new IllegalArgumentException("a key that is not an object");
        }
        boolean forOthers = members.keySet().stream().anyMatch(PRIVATE::contains)
                || (members.containsKey("use") && !"sig".equals(members.get("use")))
                || (members.containsKey("key_ops")
                        && !(members.get("key_ops") instanceof List<?> operations && operations.contains("verify")));
        return forOthers ? Optional.empty() : algorithm(members).flatMap(algorithm -> key(algorithm, members));
    }

    private static Optional<VerificationKey> key(Algorithm algorithm, Map<?, ?> members) {
        String id = members.get("kid") instanceof String kid && kid.length() <= 255 ? kid : "";
        Map<String, Object> material = new HashMap<>();
        members.forEach((name, value) -> {
            if (name instanceof String text && PUBLIC.contains(text) && value instanceof String) {
                material.put(text, value);
            }
        });
        try {
            return Jwks.builder().add(material).build() instanceof PublicJwk<?> jwk
                    ? Optional.of(VerificationKey.named(id, algorithm, jwk.toKey()))
                    : Optional.empty();
        } catch (JwtException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Without {@code alg}: RS256 for an RSA key, and the one that there is for a curve. */
    private static Optional<Algorithm> algorithm(Map<?, ?> members) {
        Object name = members.get("alg");
        if (name == null) {
            return Optional.ofNullable(
                    switch (members.get("kty") + " " + members.get("crv")) {
                        case "RSA null" -> Algorithm.RS256;
                        case "EC P-256" -> Algorithm.ES256;
                        case "EC P-384" -> Algorithm.ES384;
                        case "EC P-521" -> Algorithm.ES512;
                        case "OKP Ed25519", "OKP Ed448" -> Algorithm.EdDSA;
                        default -> null;
                    });
        }
        // RFC 9864 gives EdDSA names of its own, by the curve
        boolean byCurve = name.equals(members.get("crv")) && "OKP".equals(members.get("kty"));
        String usual = byCurve ? "EdDSA" : name.toString();
        return Algorithm.find(usual).filter(algorithm -> !algorithm.isSymmetric());
    }
}
