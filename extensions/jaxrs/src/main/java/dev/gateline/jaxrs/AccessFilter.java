package dev.gateline.jaxrs;

import dev.gateline.Rejection;
import dev.gateline.Requirement;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds the rule of the resource method that will answer, of a sub-resource, too. */
@Priority(Priorities.AUTHORIZATION)
final class AccessFilter implements ContainerRequestFilter {
    private final AccessRules rules;

    /** The one of each request. */
    @Context
    private @Nullable ResourceInfo resource;

    AccessFilter(AccessRules rules) {
        this.rules = rules;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (resource == null) {
            throw new IllegalStateException("the server injects no ResourceInfo");
        }
        AccessRule rule = rules.of(resource, request.getMethod());
        if (rule.denied()) {
            request.abortWith(Response.status(Status.FORBIDDEN).build());
        } else if (rule.requirement().isPresent()) {
            hold(rule, rule.requirement().get(), request);
        }
    }

    private static void hold(AccessRule rule, Requirement requirement, ContainerRequestContext request) {
        JaxrsAuth auth = JaxrsAuth.of(request.getSecurityContext());
        Optional<Rejection> reason = auth.judge(requirement).rejection();
        if (reason.isPresent()) {
            request.abortWith(auth.refuse(reason.get(), requirement));
        } else if (!hasOneOf(rule, request.getSecurityContext())) {
            request.abortWith(Response.status(Status.FORBIDDEN).build());
        }
    }

    /** A stranger is told to log in first, and a user that a proof is missing; then the role decides. */
    private static boolean hasOneOf(AccessRule rule, SecurityContext user) {
        return rule.roles().isEmpty() || rule.roles().stream().anyMatch(user::isUserInRole);
    }
}
