package dev.gateline.redis;

import dev.gateline.AuthUnavailableException;
import java.io.Serial;

/**
 * Redis can't carry out the command now, as a slot is being moved or as it is still loading. Nothing was carried out.
 */
final class NotNowException extends AuthUnavailableException {
    @Serial
    private static final long serialVersionUID = 1L;

    NotNowException(String message) {
        super(message);
    }
}
