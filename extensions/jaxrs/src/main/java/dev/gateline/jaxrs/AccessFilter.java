package dev.gateline.jaxrs;

import dev.gateline.Rejection;
import dev.gateline.Requirement;
import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Holds the rule of the resource method that will answer, and those of the classes that lead to it. */
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
        Stream.concat(Stream.of(rules.of(resource, request.getMethod())), above(resource, request))
                .flatMap(rule -> refused(rule, request).stream())
                .findFirst()
                .ifPresent(request::abortWith);
    }

    /** A server answers {@code OPTIONS} by itself, as for the preflights of browsers, which have no credential. */
    private Stream<AccessRule> above(ResourceInfo resource, ContainerRequestContext request) {
        boolean isMadeUp = request.getMethod().equals(HttpMethod.OPTIONS)
                && rules.stated(resource).isEmpty();
        // the nearest is the resource itself
        return isMadeUp
                ? Stream.empty()
                : request.getUriInfo().getMatchedResources().stream()
                        .skip(1)
                        .flatMap(each -> rules.above(each.getClass()).stream());
    }

    private static Optional<Response> refused(AccessRule rule, ContainerRequestContext request) {
        return rule.denied()
                ? Optional.of(forbidden())
                : rule.requirement().flatMap(requirement -> refused(rule, requirement, request));
    }

    private static Optional<Response> refused(
            AccessRule rule, Requirement requirement, ContainerRequestContext request) {
        JaxrsAuth auth = JaxrsAuth.of(request.getSecurityContext());
        Optional<Rejection> reason = auth.judge(requirement).rejection();
        if (reason.isPresent()) {
            return Optional.of(auth.refuse(reason.get(), requirement));
        }
        return hasOneOf(rule, request.getSecurityContext()) ? Optional.empty() : Optional.of(forbidden());
    }

    private static Response forbidden() {
        return Response.status(Status.FORBIDDEN).build();
    }

    /** A stranger is told to log in first, and a user that a proof is missing; then the role decides. */
    private static boolean hasOneOf(AccessRule rule, SecurityContext user) {
        return rule.roles().isEmpty() || rule.roles().stream().anyMatch(user::isUserInRole);
    }
}
