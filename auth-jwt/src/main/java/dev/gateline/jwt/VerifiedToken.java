package dev.gateline.jwt;

import dev.gateline.Identity;
import dev.gateline.Outcome;
import dev.gateline.store.Revocable;
import java.time.Duration;
import java.time.Instant;

/**
 * A token whose signature and claims are proven, but for what changes with time: expiry, revocation and its key.
 *
 * @param key that made the signature
 * @param identity what it says
 * @param revocable what could have been ended of it
 * @param validFrom the later of {@code nbf} and {@code iat}
 * @param lifetime from {@code iat} to {@code exp}
 * @param accepted the outcome to give while it is good, made once
 * @param generation of the refresh token that came with it
 * @param issuedInBackground whether it was issued without the user's doing
 * @param use whether it was accepted before
 */
record VerifiedToken(
        VerificationKey key,
        Identity identity,
        Revocable revocable,
        Instant validFrom,
        Duration lifetime,
        Outcome<Identity> accepted,
        int generation,
        boolean issuedInBackground,
        Use use) {

    /**
     * A token that says this, not used yet.
     *
     * @param realm of its revocations
     */
    static VerifiedToken of(VerificationKey key, TokenContent said, String realm) {
        Identity identity = said.identity();
        return new VerifiedToken(
                key,
                identity,
                new Revocable(
                        realm,
                        said.tokenId(),
                        said.tokensId(),
                        identity.loginId().value(),
                        said.subject(),
                        said.epoch()),
                said.validFrom(),
                Duration.between(identity.issuedAt(), identity.expiresAt()),
                Outcome.accepted(identity),
                said.generation(),
                said.issuedInBackground(),
                new Use());
    }

    /** Whether a token was accepted before. Threads that race may both be the first. */
    static final class Use {
        private boolean seen;
    }

    /** Whether it is accepted for the first time, as far as is known. */
    boolean isFirstUse() {
        boolean first = !use.seen;
        if (first) {
            use.seen = true;
        }
        return first;
    }
}
