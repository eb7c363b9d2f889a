package dev.gateline.jwt;

import dev.gateline.internal.Rules;
import dev.gateline.store.RevocationStore;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Wires a {@link JwtVerifier}. Not thread-safe. */
public final class JwtVerifierBuilder extends VerifierSettings<JwtVerifierBuilder> {
    private final KeySource keys;
    private @Nullable RevocationStore revocations;
    private boolean liveUntilTheyExpire;
    private Duration clockSkew = Duration.ZERO;
    private Duration aheadBy = TokenExpiry.CLOCK_MARGIN;
    private BiConsumer<VerifiedToken, Instant> firstUse = (token, now) -> {};
    private long cacheBytes = 64L * 1024 * 1024;

    JwtVerifierBuilder(KeySource keys) {
        super(AccessTokenProfile.rfc9068());
        this.keys = keys;
    }

    @Override
    protected JwtVerifierBuilder self() {
        return this;
    }

    /**
     * Looks every token up in these revocations.
     *
     * @param store the store to which the issuer writes
     */
    public JwtVerifierBuilder revocations(RevocationStore store) {
        revocations = store;
        return this;
    }

    /**
     * Accepts tokens until they expire, for an issuer that does not publish its revocations. A logout at the issuer
     * does not end tokens here.
     */
    public JwtVerifierBuilder tokensLiveUntilTheyExpire() {
        liveUntilTheyExpire = true;
        return this;
    }

    /**
     * Sets how far the issuer's clock may be off, also for {@code exp}.
     *
     * @param skew 0 to 60 s; default 0
     */
    public JwtVerifierBuilder clockSkew(Duration skew) {
        clockSkew = skew;
        return this;
    }

    /**
     * Sets how far {@code iat} and {@code nbf} may be ahead. It lets fresh tokens in, and no token lives longer.
     *
     * @param span 0 to 60 s; default 60 s; a larger clock skew counts instead
     */
    public JwtVerifierBuilder issuerAheadBy(Duration span) {
        aheadBy = span;
        return this;
    }

    /** Sets a listener to the first use of each token. A token that has left the cache counts as new. */
    JwtVerifierBuilder firstUse(BiConsumer<VerifiedToken, Instant> hears) {
        firstUse = hears;
        return this;
    }

    /**
     * Sets how much memory the cache of verified tokens may take. The signature of a cached token is not checked again.
     *
     * @param bytes at least 0, which means no cache; default 64 MiB, about 25,000 tokens
     */
    public JwtVerifierBuilder cacheBytes(long bytes) {
        cacheBytes = bytes;
        return this;
    }

    /**
     * Builds the verifier.
     *
     * @throws IllegalArgumentException if a setting breaks a rule; the message names the rule and the value
     */
    public JwtVerifier build() {
        JwtLibraries.check();
        Rules.require(
                (revocations != null) != liveUntilTheyExpire,
                "either revocations(...), or tokensLiveUntilTheyExpire() if there is no source of them");
        Rules.require(
                revocations == null || !profile().names().tokenId().isEmpty(),
                "revocations(...): the tokens of this profile have no id to revoke; tokensLiveUntilTheyExpire()");
        JwtVerifier verifier = new JwtVerifier(this, clock(), listener());
        if (keys instanceof KeyRing ring) {
            expected().audiences().forEach(ring::serve);
        }
        return verifier;
    }

    KeySource keys() {
        return keys;
    }

    TokenExpiry expiry() {
        return new TokenExpiry(clockSkew, aheadBy, maxLifetime());
    }

    @Nullable
    RevocationStore revocations() {
        return revocations;
    }

    BiConsumer<VerifiedToken, Instant> firstUse() {
        return firstUse;
    }

    long cacheBytes() {
        return cacheBytes;
    }
}
