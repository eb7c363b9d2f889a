package dev.gateline.jwt;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The keys that an issuer signs with, and verified by. Immutable, thread-safe. */
public final class KeyRing implements KeySource {
    private final SigningKey active;
    private final Map<String, VerificationKey> verifying = new LinkedHashMap<>();

    private KeyRing(SigningKey active, VerificationKey... others) {
        this.active = active;
        add(active.verification());
        for (VerificationKey other : others) {
            add(other);
        }
    }

    private void add(VerificationKey key) {
        if (verifying.putIfAbsent(key.id(), key) != null) {
            throw new IllegalArgumentException("two keys have the same material: " + key.id());
        }
    }

    /**
     * A ring of one new random key, which nobody else has: tokens die with the process.
     *
     * @param algorithm of the key
     */
    public static KeyRing generate(Algorithm algorithm) {
        return of(SigningKey.generate(algorithm));
    }

    /**
     * A ring that signs with one key and verifies with others too: those that signed before, or will.
     *
     * @param active signs and verifies
     * @param others verify only
     */
    public static KeyRing of(SigningKey active, VerificationKey... others) {
        return new KeyRing(active, others);
    }

    SigningKey active() {
        return active;
    }

    @Override
    public Optional<VerificationKey> find(String keyId) {
        return Optional.ofNullable(verifying.get(keyId));
    }

    /**
     * The JWK Set (RFC 7517) to publish, so that others can verify. Public keys only; a shared secret is never in it.
     *
     * @return JSON, the active key first
     */
    public String jwks() {
        return verifying.values().stream()
                .filter(key -> !key.algorithm().isSymmetric())
                .map(VerificationKey::jwk)
                .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }
}
