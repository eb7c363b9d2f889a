package dev.gateline;

import java.time.Instant;

/**
 * What a login or a renewal hands out.
 *
 * @param loginId the public handle of the login
 * @param access presented with each request
 * @param accessExpiresAt when {@code access} stops being accepted, exclusive, unless it is used or renewed before
 * @param renewal presented to {@link Authenticator#renew}; for a session the same as {@code access}
 * @param renewalExpiresAt when {@code renewal} stops being accepted, exclusive, unless it is used before
 * @param endsAt when the login ends at the latest, however much it is used; exclusive
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
