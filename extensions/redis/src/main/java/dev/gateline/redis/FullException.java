package dev.gateline.redis;

import dev.gateline.AuthUnavailableException;
import java.io.Serial;

/** Redis has used up its memory, and the command would have needed more. Redis carried out nothing. */
final class FullException extends AuthUnavailableException {
    @Serial
    private static final long serialVersionUID = 1L;

    static final String REASON =
            "the store is full: Redis has reached its maxmemory; raise maxmemory, or lower the limit of logins";

    FullException() {
        super(REASON);
    }
}
