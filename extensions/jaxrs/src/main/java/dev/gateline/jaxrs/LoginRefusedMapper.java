package dev.gateline.jaxrs;

import dev.gateline.LoginRefusedException;
import dev.gateline.http.HttpAuth;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** Answers that a login can't be held. */
record LoginRefusedMapper(HttpAuth auth) implements ExceptionMapper<LoginRefusedException> {
    @Override
    public Response toResponse(LoginRefusedException refusal) {
        return Response.status(auth.refuse(refusal)).build();
    }
}
