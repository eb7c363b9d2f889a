package dev.gateline.http;

import dev.gateline.LoginId;
import java.time.Instant;

/**
 * That a grant has gone out.
 *
 * @param loginId the public handle of the login
 * @param expiresAt when the client must have renewed or used it, exclusive
 * @param body JSON for the response's body: the credentials for a bearer client, nothing secret for cookies
 */
public record Issued(LoginId loginId, Instant expiresAt, String body) {

    /** Without the body, which may hold credentials. */
    @Override
    public String toString() {
        return "Issued[" + loginId + ", " + expiresAt + "]";
    }
}
