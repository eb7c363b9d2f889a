package dev.gateline;

import java.util.Optional;

/**
 * Asked at each renewal whether a login may go on, and what is said of the user from now on: roles may have changed, the
 * account may have been disabled. Must be thread-safe; may be slow, but is waited for; is asked again if two renewals
 * race.
 */
@FunctionalInterface
public interface RenewalPolicy {

    /**
     * Decides on a renewal.
     *
     * @param identity as of the last issue
     * @return the claims from now on, at most {@link Login#MAX_CLAIMS_SIZE}; empty ends the login. An exception is an
     *     outage: nothing is renewed, and the client may try again
     */
    Optional<Claims> claimsAtRenewal(Identity identity);

    /** Lets every login go on as it is. */
    static RenewalPolicy unchanged() {
        return identity -> Optional.of(identity.claims());
    }
}
