package dev.gateline;

import java.time.Instant;
import java.util.List;

/**
 * A live login as a list of devices shows it: no secret and no digest in it.
 *
 * @param id its handle; equal to {@link Identity#loginId()} for the current one
 * @param subject the user
 * @param startedAt when it was started
 * @param authenticatedAt when the user last proved who they are
 * @param lastSeenAt when it was last used, to within the interval at which that is written; for a JWT the last renewal
 * @param expiresAt when it ends, exclusive, unless it is used before
 * @param methods how the user proved it, RFC 8176 values
 * @param client the label that the host gave the client, such as {@code Firefox on Linux}; empty if none
 * @param remembered as {@link Login#remembered()}
 */
public record LoginInfo(
        LoginId id,
        String subject,
        Instant startedAt,
        Instant authenticatedAt,
        Instant lastSeenAt,
        Instant expiresAt,
        List<String> methods,
        String client,
        boolean remembered) {}
