package dev.gateline.spring;

import dev.gateline.Requirement;
import java.lang.reflect.AnnotatedElement;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.PropertyResolver;
import org.springframework.web.method.HandlerMethod;

/** Reads {@link RequireLogin}, and the settings that it refers to. Thread-safe. */
final class Requirements {
    private final PropertyResolver settings;

    Requirements(PropertyResolver settings) {
        this.settings = settings;
    }

    /**
     * Of a controller's method, or else of its class.
     *
     * @throws IllegalArgumentException naming the method, if the annotation can't be met
     */
    Optional<Requirement> of(HandlerMethod method) {
        @Nullable RequireLogin own = on(method.getMethod());
        @Nullable RequireLogin found = own != null ? own : on(method.getBeanType());
        return Optional.ofNullable(found).map(annotation -> requirement(annotation, method));
    }

    private static @Nullable RequireLogin on(AnnotatedElement element) {
        return AnnotatedElementUtils.findMergedAnnotation(element, RequireLogin.class);
    }

    private Requirement requirement(RequireLogin annotation, HandlerMethod method) {
        Requirement requirement = Requirement.none().methods(annotation.methods());
        if (annotation.authoritative()) {
            requirement = requirement.authoritative();
        }
        if (annotation.within().isEmpty()) {
            return requirement;
        }
        try {
            Duration age = DurationStyle.detectAndParse(settings.resolveRequiredPlaceholders(annotation.within()));
            return requirement.authenticatedWithin(age);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "@RequireLogin(within) of " + method.getShortLogMessage() + ": a span such as 5m, was '"
                            + annotation.within() + "'",
                    e);
        }
    }
}
