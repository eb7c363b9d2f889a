package dev.gateline.jaxrs;

import dev.gateline.AuthUnavailableException;
import dev.gateline.http.HttpAuth;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Answers an outage of any resource method. Cookies stay as they are. */
final class UnavailableMapper implements ExceptionMapper<AuthUnavailableException> {

    private final HttpAuth auth;

    /** The one of each request. */
    @Context
    private @Nullable SecurityContext user;

    UnavailableMapper(HttpAuth auth) {
        this.auth = auth;
    }

    @Override
    public Response toResponse(AuthUnavailableException thrown) {
        return Visit.response(user, auth::unavailable);
    }
}
