package dev.gateline;

import java.io.Serial;

/**
 * A store could not give the answer, so nobody knows whether the credential is good. The right reply is "try again
 * later" (HTTP 503), and the client keeps its credentials.
 */
public class AuthUnavailableException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * An outage.
     *
     * @param message which operation failed, without a secret
     * @param cause the exception of the store
     */
    public AuthUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * An outage that Gateline itself noticed.
     *
     * @param message which operation failed, without a secret
     */
    public AuthUnavailableException(String message) {
        super(message);
    }
}
