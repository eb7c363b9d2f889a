package dev.gateline.micronaut;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.RolesAllowed;
import java.lang.reflect.AnnotatedElement;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rules of access at classes and interfaces above a controller, which Micronaut does not hand down to it. */
final class HiddenRules {
    private HiddenRules() {}

    /**
     * Finds a place with a rule for a method that states none itself.
     *
     * @param type the class of the method
     * @param method its name
     * @param arguments how many it has
     * @param ofClassesToo whether a rule of a whole class counts
     */
    static Optional<Class<?>> find(Class<?> type, String method, int arguments, boolean ofClassesToo) {
        return Stream.concat(Stream.of(type), above(type))
                .filter(above -> (ofClassesToo && isRule(above)) || hasRule(above, method, arguments))
                .findFirst();
    }

    private static Stream<Class<?>> above(Class<?> type) {
        @Nullable Class<?> parent = type.getSuperclass();
        return Stream.concat(Stream.ofNullable(parent), Stream.of(type.getInterfaces()))
                .flatMap(next -> Stream.concat(Stream.of(next), above(next)));
    }

    /** Types of arguments are not compared, because those of generic interfaces differ. */
    private static boolean hasRule(Class<?> type, String method, int arguments) {
        return Stream.of(type.getDeclaredMethods())
                .filter(found -> found.getName().equals(method) && found.getParameterCount() == arguments)
                .anyMatch(HiddenRules::isRule);
    }

    private static boolean isRule(AnnotatedElement element) {
        return element.isAnnotationPresent(RolesAllowed.class) || element.isAnnotationPresent(DenyAll.class);
    }
}
