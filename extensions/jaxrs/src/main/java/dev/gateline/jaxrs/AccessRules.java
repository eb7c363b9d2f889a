package dev.gateline.jaxrs;

import dev.gateline.Requirement;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rules of access of an application's resource methods. A method's own annotations win over those of its class that
 * answer the same question.
 * Annotations of what a method overrides or implements count, too, so that neither a proxy nor an interface opens a
 * method by accident. Thread-safe.
 */
final class AccessRules {
    private final boolean demandsLogin;
    private final Map<Place, Optional<AccessRule>> known = new ConcurrentHashMap<>();
    private final Map<Class<?>, Optional<AccessRule>> locating = new ConcurrentHashMap<>();

    private record Place(Class<?> type, Method method) {}

    AccessRules(boolean demandsLogin) {
        this.demandsLogin = demandsLogin;
    }

    /**
     * The rule of the method that answers a request.
     *
     * @throws IllegalArgumentException if an annotation can't be understood
     */
    AccessRule of(ResourceInfo resource, String httpMethod) {
        return stated(resource).orElseGet(() -> byDefault(httpMethod));
    }

    /** Methods that a server makes up, for {@code OPTIONS} for instance, state nothing. */
    Optional<AccessRule> stated(ResourceInfo resource) {
        @Nullable Class<?> type = resource.getResourceClass();
        @Nullable Method method = resource.getResourceMethod();
        return type == null || method == null
                ? Optional.empty()
                : known.computeIfAbsent(new Place(type, method), place -> stated(place.type(), place.method()));
    }

    /**
     * The rule of a class whose locator has led to a sub-resource, for all that is below it.
     *
     * @throws IllegalStateException if a locator has an annotation of access: no server tells which locator was taken,
     *     so it could not be held
     */
    Optional<AccessRule> above(Class<?> type) {
        return locating.computeIfAbsent(type, AccessRules::statedAbove);
    }

    private static Optional<AccessRule> statedAbove(Class<?> type) {
        List<Class<?>> types = Declarations.hierarchy(type);
        types.stream()
                .flatMap(each -> Stream.of(each.getDeclaredMethods()))
                .filter(method -> Declarations.isLocator(method)
                        && AccessRule.at(List.of(method)).isPresent())
                .findFirst()
                .ifPresent(locator -> {
                    throw new IllegalStateException("annotations of access are for resource methods and classes, and a"
                            + " sub-resource locator has one: " + locator);
                });
        return AccessRule.at(types);
    }

    private AccessRule byDefault(String httpMethod) {
        return demandsLogin && !httpMethod.equals("OPTIONS")
                ? AccessRule.users(Requirement.none(), List.of())
                : AccessRule.EVERYBODY;
    }

    /** Annotations of a class are for the methods that it declares, and for inherited ones that have none. */
    private static Optional<AccessRule> stated(Class<?> type, Method method) {
        List<Class<?>> types = Declarations.hierarchy(type);
        return AccessRule.at(Stream.concat(
                        types.stream()
                                .flatMap(each ->
                                        Declarations.same(each, method).flatMap(declared -> Stream.of(declared, each))),
                        types.stream())
                .toList());
    }
}
