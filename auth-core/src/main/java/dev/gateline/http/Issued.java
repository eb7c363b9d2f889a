package dev.gateline.http;

import dev.gateline.LoginId;
import java.time.Instant;

/**
 * A grant that was handed out.
 *
 * @param loginId the public handle of the login
 * @param lane the kind of client that got it: by it {@link ReturnPath#afterForm} tells a browser from a program
 * @param expiresAt the instant before which the client must renew or use it
 * @param body JSON for the response's body: the credentials for a bearer client, nothing secret for cookies
 */
public record Issued(LoginId loginId, Lane lane, Instant expiresAt, String body) {

    /** Does not show the body, which may contain credentials. */
    @Override
    public String toString() {
        return "Issued[" + loginId + ", " + lane + ", " + expiresAt + "]";
    }
}
