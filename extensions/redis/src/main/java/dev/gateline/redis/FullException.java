package dev.gateline.redis;

import dev.gateline.AuthUnavailableException;
import java.io.Serial;

/** The memory that Redis may use is used up, and the command would have needed more. Nothing was carried out. */
final class FullException extends AuthUnavailableException {
    @Serial
    private static final long serialVersionUID = 1L;

    static final String REASON =
            "the store is full: Redis has reached its maxmemory; raise maxmemory, or lower the limit of logins";

    FullException() {
        super(REASON);
    }
}
