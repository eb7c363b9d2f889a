package dev.gateline;

import java.io.Serial;

/**
 * A login of a verified user that can't be held: the limit of logins is reached, the store is full, or its credentials
 * would be too large.
 */
public class LoginRefusedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * A refusal.
     *
     * @param message the limit and the size that was asked for, without a secret
     */
    public LoginRefusedException(String message) {
        super(message);
    }
}
