package dev.gateline.jaxrs;

import dev.gateline.LoginRefusedException;
import dev.gateline.http.HttpAuth;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Answers that a login can't be held. */
final class LoginRefusedMapper implements ExceptionMapper<LoginRefusedException> {

    private final HttpAuth auth;

    /** The one of each request. */
    @Context
    private @Nullable SecurityContext user;

    LoginRefusedMapper(HttpAuth auth) {
        this.auth = auth;
    }

    @Override
    public Response toResponse(LoginRefusedException thrown) {
        return Visit.response(user, exchange -> auth.refuse(thrown, exchange));
    }
}
