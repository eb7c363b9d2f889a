package dev.gateline.jaxrs;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import org.jspecify.annotations.Nullable;

/** Finds the address of the client in a servlet container. */
@PreMatching
final class ServletAddress implements ContainerRequestFilter {

    /** The one of each request; absent on other servers. */
    @Context
    private @Nullable HttpServletRequest servletRequest;

    @Override
    public void filter(ContainerRequestContext request) {
        if (servletRequest != null && request.getProperty(GatelineFeature.REMOTE_ADDRESS) == null) {
            request.setProperty(GatelineFeature.REMOTE_ADDRESS, servletRequest.getRemoteAddr());
        }
    }
}
