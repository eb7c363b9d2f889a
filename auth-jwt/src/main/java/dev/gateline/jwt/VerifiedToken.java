package dev.gateline.jwt;

import dev.gateline.Identity;
import dev.gateline.Outcome;
import dev.gateline.store.Revocable;
import java.time.Duration;
import java.time.Instant;

/**
 * A token whose signature and claims are proven. Its expiry, its revocation and the trust in its key change with time,
 * and are checked at each request. Thread-safe.
 *
 * @param key the key that made the signature
 * @param identity the identity in the token
 * @param revocable the token, for the question whether it has ended
 * @param validFrom the later one of {@code nbf} and {@code iat}
 * @param lifetime the time from {@code iat} to {@code exp}
 * @param accepted the outcome while the token is good, which is made once
 * @param generation the generation of the refresh token that came with the token
 * @param issuedInBackground whether the token was issued in the background, and not because of the user
 * @param use whether the token was accepted before
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
     * Creates a token with a content, which has not been used yet.
     *
     * @param realm the realm of the revocations
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

    /** Whether the token is accepted for the first time, as far as this node knows. */
    boolean isFirstUse() {
        boolean first = !use.seen;
        if (first) {
            use.seen = true;
        }
        return first;
    }
}
