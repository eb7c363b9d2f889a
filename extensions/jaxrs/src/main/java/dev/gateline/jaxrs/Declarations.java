package dev.gateline.jaxrs;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where a method is declared, besides at the class that runs it. */
final class Declarations {
    private Declarations() {}

    /** A type, its superclasses, and the interfaces of all of them. */
    static List<Class<?>> hierarchy(Class<?> type) {
        List<Class<?>> all = new ArrayList<>();
        for (@Nullable Class<?> each = type; each != null; each = each.getSuperclass()) {
            all.add(each);
        }
        for (int i = 0; i < all.size(); i++) {
            Stream.of(all.get(i).getInterfaces())
                    .filter(it -> !all.contains(it))
                    .forEach(all::add);
        }
        return all;
    }

    /** The method that a type declares and that another overrides or implements, or is. */
    static Stream<Method> same(Class<?> type, Method method) {
        return Stream.of(type.getDeclaredMethods())
                .filter(declared -> declared.getName().equals(method.getName()) && takesTheSame(declared, method));
    }

    private static boolean takesTheSame(Method declared, Method method) {
        Class<?>[] ours = declared.getParameterTypes();
        Class<?>[] theirs = method.getParameterTypes();
        return ours.length == theirs.length
                && IntStream.range(0, ours.length)
                        .allMatch(i -> ours[i] == theirs[i] || isFilledIn(declared, i, theirs[i]));
    }

    /** A method that leads to another resource, and answers nothing itself. */
    static boolean isLocator(Method method) {
        return method.isAnnotationPresent(Path.class)
                && Stream.of(method.getAnnotations())
                        .noneMatch(each -> each.annotationType().isAnnotationPresent(HttpMethod.class));
    }

    /** A parameter of a generic type is another one where the type is filled in. */
    private static boolean isFilledIn(Method declared, int parameter, Class<?> by) {
        return !(declared.getGenericParameterTypes()[parameter] instanceof Class<?>)
                && declared.getParameterTypes()[parameter].isAssignableFrom(by);
    }
}
