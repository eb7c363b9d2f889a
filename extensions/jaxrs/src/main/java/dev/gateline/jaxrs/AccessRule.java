package dev.gateline.jaxrs;

import dev.gateline.Requirement;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.lang.reflect.AnnotatedElement;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rule for callers of a resource method.
 *
 * @param denied nobody may
 * @param requirement of the login; empty if strangers may call it
 * @param roles of which the user must have one; empty if any user will do
 */
record AccessRule(boolean denied, Optional<Requirement> requirement, List<String> roles) {
    static final AccessRule NOBODY = new AccessRule(true, Optional.empty(), List.of());
    static final AccessRule EVERYBODY = new AccessRule(false, Optional.empty(), List.of());

    static AccessRule users(Requirement requirement, List<String> roles) {
        return new AccessRule(false, Optional.of(requirement), roles);
    }

    /** As stated by the annotations of a method or a class; empty if there are none. The strictest wins. */
    static Optional<AccessRule> at(AnnotatedElement place) {
        Optional<List<String>> roles =
                Optional.ofNullable(place.getAnnotation(RolesAllowed.class)).map(each -> List.of(each.value()));
        @Nullable RequireLogin login = place.getAnnotation(RequireLogin.class);
        if (place.isAnnotationPresent(DenyAll.class)
                || roles.filter(List::isEmpty).isPresent()) {
            return Optional.of(NOBODY);
        }
        if (roles.isPresent() || login != null) {
            Requirement requirement = login == null ? Requirement.none() : requirement(login, place);
            return Optional.of(users(requirement, roles.orElse(List.of())));
        }
        return place.isAnnotationPresent(PermitAll.class) ? Optional.of(EVERYBODY) : Optional.empty();
    }

    private static Requirement requirement(RequireLogin login, AnnotatedElement place) {
        Requirement requirement = login.methods().length == 0
                ? Requirement.none()
                : Requirement.none().methods(login.methods());
        if (login.within().isEmpty()) {
            return requirement;
        }
        try {
            return requirement.authenticatedWithin(duration(login.within()));
        } catch (DateTimeParseException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "@RequireLogin(within) at " + place + ": a duration such as 5m, more than zero, was "
                            + login.within(),
                    e);
        }
    }

    private static Duration duration(String text) {
        return Duration.parse(text.startsWith("P") ? text : "PT" + text.toUpperCase(Locale.ROOT));
    }
}
