package dev.gateline.micronaut;

import dev.gateline.Identity;
import dev.gateline.Requirement;
import io.micronaut.core.annotation.AnnotationMetadata;
import io.micronaut.core.annotation.AnnotationValue;
import io.micronaut.http.HttpRequest;
import io.micronaut.inject.annotation.AnnotationMetadataHierarchy;
import io.micronaut.web.router.MethodBasedRouteInfo;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteInfo;
import io.micronaut.web.router.RouteMatch;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The demands of the annotations of a route.
 *
 * @param login whether a login is demanded
 * @param requirement of {@link RequireLogin}
 * @param roles of which the user must have one; none means that nobody has it
 */
record Demand(boolean login, Requirement requirement, Optional<Set<String>> roles) {
    private static final Demand NOTHING = new Demand(false, Requirement.none(), Optional.empty());

    /** A request that no route answers demands nothing. */
    static Demand of(HttpRequest<?> request) {
        return RouteAttributes.getRouteMatch(request).map(Demand::of).orElse(NOTHING);
    }

    private static Demand of(RouteMatch<?> route) {
        Demand stated = of(route.getAnnotationMetadata());
        return stated.login || !hasUser(route.getRouteInfo())
                ? stated
                : new Demand(true, stated.requirement, stated.roles);
    }

    /** Whether the controller's method has the user as an argument that is not nullable. */
    private static boolean hasUser(RouteInfo<?> route) {
        return route instanceof MethodBasedRouteInfo<?, ?> method
                && Stream.of(method.getTargetMethod().getArguments())
                        .anyMatch(argument -> argument.getType() == Identity.class && !argument.isNullable());
    }

    /**
     * Reads the annotations of a method and of its class.
     *
     * @throws IllegalArgumentException if a duration can't be understood
     */
    static Demand of(AnnotationMetadata annotations) {
        AnnotationMetadata method = annotations.getDeclaredMetadata();
        return stated(isStated(method) ? method : annotations, annotations);
    }

    /** Whether a place has one of the annotations of Jakarta. */
    static boolean isStated(AnnotationMetadata place) {
        return Stream.of(PermitAll.class, DenyAll.class, RolesAllowed.class).anyMatch(place::hasAnnotation);
    }

    /** Roles are those of the nearest place that has a rule; {@link RequireLogin} holds beside them. */
    private static Demand stated(AnnotationMetadata place, AnnotationMetadata all) {
        boolean open = place.hasAnnotation(PermitAll.class)
                && !place.hasAnnotation(DenyAll.class)
                && !place.hasAnnotation(RolesAllowed.class);
        AnnotationMetadata asked = open ? place : all;
        Optional<Set<String>> roles = open ? Optional.empty() : roles(place);
        Optional<Requirement> requirement =
                nearest(all.getDeclaredMetadata(), asked).map(Demand::requirement);
        return new Demand(
                requirement.isPresent() || roles.isPresent(), requirement.orElseGet(Requirement::none), roles);
    }

    /**
     * The annotation of a method itself, or else that of its interface, or else that of its class. Micronaut fills the
     * members that an annotation leaves out from places further away, so each place is asked by itself.
     */
    private static Optional<AnnotationValue<RequireLogin>> nearest(AnnotationMetadata method, AnnotationMetadata all) {
        return method.findDeclaredAnnotation(RequireLogin.class)
                .or(() -> method.findAnnotation(RequireLogin.class))
                .or(() -> ofClass(all).findDeclaredAnnotation(RequireLogin.class))
                .or(() -> all.findAnnotation(RequireLogin.class));
    }

    private static AnnotationMetadata ofClass(AnnotationMetadata all) {
        return all instanceof AnnotationMetadataHierarchy hierarchy ? hierarchy.getRootMetadata() : all;
    }

    private static Optional<Set<String>> roles(AnnotationMetadata place) {
        return place.hasAnnotation(DenyAll.class)
                ? Optional.of(Set.of())
                : place.findAnnotation(RolesAllowed.class).map(found -> Set.of(found.stringValues()));
    }

    private static Requirement requirement(AnnotationValue<RequireLogin> found) {
        Requirement requirement = Requirement.none().methods(found.stringValues("methods"));
        Optional<String> within = found.stringValue("within").filter(text -> !text.isEmpty());
        return within.isEmpty()
                ? requirement
                : requirement.authenticatedWithin(found.get("within", Duration.class)
                        .orElseThrow(() -> new IllegalArgumentException("@RequireLogin(within = \"" + within.get()
                                + "\") is no duration; write one such as 30s, 5m or PT1H30M")));
    }

    /** Whether the user has one of the roles. */
    boolean permits(Identity user) {
        return roles.isEmpty() || roles.get().stream().anyMatch(user.roles()::contains);
    }
}
