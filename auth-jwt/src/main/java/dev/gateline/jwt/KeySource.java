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

    /**
     * Finds a key without waiting, for event loops: it does no I/O, and holds no lock that is held during I/O.
     *
     * @param keyId as for {@link #find}
     * @return a key that {@link #find} would return now; empty, which is the default, if this node does not know
     */
    default Optional<VerificationKey> findInMemory(String keyId) {
        return Optional.empty();
    }
}
