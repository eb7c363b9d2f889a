package dev.gateline.jwt;

import java.util.Optional;

/** Where a verifier finds keys: never in the token. Thread-safe. */
@FunctionalInterface
public interface KeySource {

    /**
     * The key that a token names.
     *
     * @param keyId its {@code kid}, unproven, of any content; empty if it names none
     * @return empty if no key of that name is trusted now
     */
    Optional<VerificationKey> find(String keyId);
}
