package dev.gateline.jaxrs;

import dev.gateline.AuthUnavailableException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Answers an outage of any resource method. Cookies stay as they are. */
final class UnavailableMapper implements ExceptionMapper<AuthUnavailableException> {

    /** The one of each request. */
    @Context
    private @Nullable SecurityContext user;

    @Override
    public Response toResponse(AuthUnavailableException thrown) {
        Visit visit = Visit.of(user);
        return visit.response(visit.auth::unavailable);
    }
}
