package dev.gateline.jaxrs;

import dev.gateline.AuthUnavailableException;
import dev.gateline.http.CollectedExchange;
import dev.gateline.http.HttpAuth;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** Answers an outage, whoever met it. Cookies stay as they are. */
record UnavailableMapper(HttpAuth auth) implements ExceptionMapper<AuthUnavailableException> {
    @Override
    public Response toResponse(AuthUnavailableException outage) {
        CollectedExchange nothing = CollectedExchange.of("GET", "/").build();
        Response.ResponseBuilder response = Response.status(auth.unavailable(nothing));
        nothing.deliver(response::header);
        return response.build();
    }
}
