package dev.gateline;

import java.time.Instant;

/**
 * The credentials that a login or a renewal hands out.
 *
 * @param loginId the public handle of the login
 * @param access the credential for each request
 * @param accessExpiresAt the instant from which {@code access} is not accepted any more, unless it is used or renewed
 *     before
 * @param renewal the credential for {@link Authenticator#renew}; for a session the same as {@code access}
 * @param renewalExpiresAt the instant from which {@code renewal} is not accepted any more, unless it is used before
 * @param endsAt the instant at which the login ends at the latest, even if it is used
 * @param remembered whether the client should keep the credentials beyond its own end, as {@link Login#remembered()}
 */
public record Grant(
        LoginId loginId,
        Credential access,
        Instant accessExpiresAt,
        Credential renewal,
        Instant renewalExpiresAt,
        Instant endsAt,
        boolean remembered) {}
