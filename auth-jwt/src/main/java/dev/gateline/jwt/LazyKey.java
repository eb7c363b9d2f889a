package dev.gateline.jwt;

import dev.gateline.AuthUnavailableException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key of a ring. Its provider takes it when it is first used, and so never has to take a dead key, which nobody uses.
 * A key that the provider refuses is tried again with each use, and no other provider takes its place. Thread-safe.
 */
final class LazyKey {
    private final SigningKey stored;
    private final SignatureProvider provider;
    private volatile @Nullable Ready ready;

    private record Ready(SigningKey signing, Optional<VerificationKey> verifying) {}

    /**
     * A key that has not been tried yet.
     *
     * @param stored the key with any provider
     * @param provider the provider of its signatures
     */
    LazyKey(SigningKey stored, SignatureProvider provider) {
        this.stored = stored;
        this.provider = provider;
    }

    /** A key that has its provider already. */
    static LazyKey of(SigningKey key) {
        return new LazyKey(key, key.verification().provider());
    }

    LazyKey with(SignatureProvider other) {
        return new LazyKey(stored, other);
    }

    /** The key as it is stored, for its facts. Its signatures may be another provider's. */
    SigningKey stored() {
        return stored;
    }

    /**
     * Has the provider take the key.
     *
     * @throws IllegalArgumentException if the provider can't use the key
     * @throws AuthUnavailableException if the provider is away
     */
    void prepare() {
        Ready unused = ready();
    }

    private Ready ready() {
        Ready known = ready;
        if (known == null) {
            SigningKey key = taken();
            known = new Ready(key, Optional.of(key.verification()));
            ready = known;
        }
        return known;
    }

    private SigningKey taken() {
        String unusable = "the ring's key " + stored.verification().id() + " can't be used: ";
        try {
            return stored.with(provider);
        } catch (AuthUnavailableException e) {
            throw new AuthUnavailableException(unusable + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(unusable + e.getMessage(), e);
        }
    }

    /**
     * The key to sign with.
     *
     * @throws AuthUnavailableException if the provider can't use it
     */
    SigningKey signing() {
        return used().signing();
    }

    /**
     * The key to check with, never empty. The answer is made once, because every request needs it.
     *
     * @throws AuthUnavailableException if the provider can't use it
     */
    Optional<VerificationKey> verifying() {
        return used().verifying();
    }

    /** The key to check with, if the provider has taken it before. */
    Optional<VerificationKey> verifyingIfPrepared() {
        Ready known = ready;
        return known == null ? Optional.empty() : known.verifying();
    }

    private Ready used() {
        try {
            return ready();
        } catch (IllegalArgumentException e) {
            throw new AuthUnavailableException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public String toString() {
        return stored.toString();
    }
}
