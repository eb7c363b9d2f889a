package dev.gateline;

import java.util.Optional;

/**
 * Decides at each renewal whether a login may continue, and with which claims: roles may have changed, or the account
 * may have been disabled. It must be thread-safe. It may be slow, but the renewal waits for it. If two renewals race,
 * it is asked twice.
 *
 * <p>Claims that don't fit are a failure of the policy, because neither the old claims nor a part of the new ones are
 * true. Nothing is renewed, {@link AuthEvent.ClaimsTooLarge} says the size and the limit, and the caller gets an {@link
 * AuthUnavailableException}. Nobody is logged out by it. With sessions the user notices nothing: the request and the
 * login continue with the earlier claims. With tokens the user gets a 503 after the access token has expired, until the
 * policy returns claims that fit.
 */
@FunctionalInterface
public interface RenewalPolicy {

    /**
     * Decides on a renewal.
     *
     * @param identity the identity as of the last issue
     * @return the claims from now on, which {@link Login} must accept, at most {@link Login#MAX_CLAIMS_SIZE} bytes;
     *     empty ends the login. An exception is an outage: nothing is renewed, and the client may try again
     */
    Optional<Claims> claimsAtRenewal(Identity identity);

    /** Lets every login continue with its claims. */
    static RenewalPolicy unchanged() {
        return identity -> Optional.of(identity.claims());
    }
}
