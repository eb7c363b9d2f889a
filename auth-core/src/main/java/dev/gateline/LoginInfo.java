package dev.gateline;

import java.time.Instant;
import java.util.List;

/**
 * A live login for a list of devices. It contains no secret and no digest.
 *
 * @param id its handle; equal to {@link Identity#loginId()} for the current one
 * @param subject the user
 * @param startedAt when it was started
 * @param authenticatedAt when the user last proved who they are
 * @param lastSeenAt the last use, to within the interval at which uses are written; for a JWT the last renewal
 * @param expiresAt when it ends, exclusive, unless it is used before
 * @param methods how the user proved who they are, RFC 8176 values
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
