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

    /**
     * As stated by the annotations of places, from the nearest on. The caller and the caller's proof are two questions,
     * and the nearest answer to each counts. {@code @PermitAll} also opens what is demanded further away.
     *
     * @return empty if no place has an annotation
     */
    static Optional<AccessRule> at(List<? extends AnnotatedElement> places) {
        Optional<AccessRule> access = Optional.empty();
        Optional<Requirement> proof = Optional.empty();
        for (AnnotatedElement place : places) {
            proof = proof.or(() -> requirement(place));
            access = access.or(() -> access(place));
            if (access.filter(EVERYBODY::equals).isPresent()) {
                break;
            }
        }
        return proof.isPresent() ? Optional.of(access.orElse(EVERYBODY).with(proof.get())) : access;
    }

    private AccessRule with(Requirement proof) {
        return denied ? this : users(proof, roles);
    }

    /** The strictest of one place counts. */
    private static Optional<AccessRule> access(AnnotatedElement place) {
        @Nullable RolesAllowed roles = place.getAnnotation(RolesAllowed.class);
        if (place.isAnnotationPresent(DenyAll.class) || (roles != null && roles.value().length == 0)) {
            return Optional.of(NOBODY);
        }
        if (roles != null) {
            return Optional.of(users(Requirement.none(), List.of(roles.value())));
        }
        return place.isAnnotationPresent(PermitAll.class) ? Optional.of(EVERYBODY) : Optional.empty();
    }

    private static Optional<Requirement> requirement(AnnotatedElement place) {
        return Optional.ofNullable(place.getAnnotation(RequireLogin.class)).map(login -> requirement(login, place));
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
