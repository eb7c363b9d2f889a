package dev.gateline.jaxrs;

import dev.gateline.LoginRefusedException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Answers that a login can't be held. */
final class LoginRefusedMapper implements ExceptionMapper<LoginRefusedException> {

    /** The one of each request. */
    @Context
    private @Nullable SecurityContext user;

    @Override
    public Response toResponse(LoginRefusedException thrown) {
        Visit visit = Visit.of(user);
        return visit.response(exchange -> visit.auth.refuse(thrown, exchange));
    }
}
