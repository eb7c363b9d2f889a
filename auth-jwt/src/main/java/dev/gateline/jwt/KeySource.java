package dev.gateline.jwt;

import java.util.Optional;

/** The source of a verifier's keys, which is never the token. Thread-safe. */
@FunctionalInterface
public interface KeySource {

    /**
     * Finds the key that a token names.
     *
     * @param keyId the {@code kid} of the token, unproven, of any content; empty if the token names no key
     * @return the key; empty if no key of that name is trusted now
     */
    Optional<VerificationKey> find(String keyId);
}
