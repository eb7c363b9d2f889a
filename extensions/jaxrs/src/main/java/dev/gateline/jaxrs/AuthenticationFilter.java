package dev.gateline.jaxrs;

import dev.gateline.Rejection;
import dev.gateline.http.HttpAuth;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.util.Optional;

/** Recognises the user of a request, and completes the headers of its response. */
@Priority(Priorities.AUTHENTICATION)
final class AuthenticationFilter implements ContainerRequestFilter, ContainerResponseFilter {
    private final HttpAuth auth;

    AuthenticationFilter(HttpAuth auth) {
        this.auth = auth;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Visit visit = Visit.begin(auth, request);
        request.setSecurityContext(new KnownUser(visit, request.getSecurityContext()));
        Optional<Rejection> refused = HttpAuth.refusedAtOnce(visit.recognise());
        refused.ifPresent(reason -> request.abortWith(new JaxrsAuth(visit).refuse(reason)));
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        Visit.find(request).ifPresent(visit -> visit.deliver(response.getHeaders()));
    }
}
