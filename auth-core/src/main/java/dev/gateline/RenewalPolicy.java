package dev.gateline;

import java.util.Optional;

/**
 * Asked at each renewal whether a login may go on, and what is said of the user from now on: roles may have changed,
 * the account may have been disabled. Must be thread-safe; may be slow, but is waited for; is asked again if two
 * renewals race.
 *
 * <p>Claims that don't fit are a failure of the policy, because neither the old claims nor a part of the new may be
 * taken for the truth: nothing is renewed, {@link AuthEvent.ClaimsTooLarge} says the size and the limit, and the caller
 * gets an {@link AuthUnavailableException}. Nobody is logged out by it. With sessions a user notices nothing: the
 * request goes on with the claims of before, and so does the login. With tokens a user gets the answer to an outage,
 * 503, once the access token has expired, until the policy returns claims that fit.
 */
@FunctionalInterface
public interface RenewalPolicy {

    /**
     * Decides on a renewal.
     *
     * @param identity as of the last issue
     * @return the claims from now on, at most {@link Login#MAX_CLAIMS_SIZE} and such as {@link Login} takes; empty ends
     *     the login. An exception is an outage: nothing is renewed, and the client may try again
     */
    Optional<Claims> claimsAtRenewal(Identity identity);

    /** Lets every login go on as it is. */
    static RenewalPolicy unchanged() {
        return identity -> Optional.of(identity.claims());
    }
}
