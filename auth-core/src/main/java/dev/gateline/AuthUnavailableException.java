package dev.gateline;

import java.io.Serial;

/**
 * A store could not give the answer, so nobody knows whether the credential is good. The right reply is "try again
 * later" (HTTP 503), with the client's credentials left alone.
 */
public class AuthUnavailableException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * An outage.
     *
     * @param message what could not be done; no secret
     * @param cause what the store said
     */
    public AuthUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * An outage that Gateline itself noticed.
     *
     * @param message what could not be done; no secret
     */
    public AuthUnavailableException(String message) {
        super(message);
    }
}
