package dev.gateline.redis;

import dev.gateline.AuthUnavailableException;
import java.io.Serial;

/**
 * Redis can't carry out the command now, because a slot is being moved or the server is still loading. Redis carried
 * out nothing.
 */
final class NotNowException extends AuthUnavailableException {
    @Serial
    private static final long serialVersionUID = 1L;

    NotNowException(String message) {
        super(message);
    }
}
