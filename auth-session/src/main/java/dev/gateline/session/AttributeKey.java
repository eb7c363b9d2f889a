package dev.gateline.session;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The name and the type of an attribute that a host keeps with a session. Immutable.
 *
 * @param <T> the type
 */
@SuppressWarnings("UnusedTypeParameter") // it is for the compiler: what is put under a key is what comes back
public final class AttributeKey<T> {
    private static final int LONGEST = 64;

    private final String name;
    private final Type type;

    private AttributeKey(String name, Type type) {
        if (name.isEmpty() || name.length() > LONGEST || !name.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw new IllegalArgumentException("attribute name: 1 to 64 visible ASCII characters, was '" + name + "'");
        }
        this.name = name;
        this.type = type;
    }

    /**
     * Creates a key.
     *
     * @param name 1 to 64 visible ASCII characters
     * @param type a type that the codec can write and read: a string, a number, or a record of these
     */
    public static <T> AttributeKey<T> of(String name, Class<T> type) {
        return new AttributeKey<>(name, type);
    }

    /**
     * Creates a key of a list.
     *
     * @param name as for {@link #of}
     * @param element as for {@link #of}
     */
    public static <T> AttributeKey<List<T>> listOf(String name, Class<T> element) {
        return new AttributeKey<>(name, new Generic(List.class, List.of(element)));
    }

    /**
     * Creates a key of a map.
     *
     * @param name as for {@link #of}
     * @param value as for {@link #of}
     */
    public static <T> AttributeKey<Map<String, T>> mapOf(String name, Class<T> value) {
        return new AttributeKey<>(name, new Generic(Map.class, List.of(String.class, value)));
    }

    /** The name of the attribute. */
    public String name() {
        return name;
    }

    Type type() {
        return type;
    }

    @Override
    public String toString() {
        return "AttributeKey[" + name + ", " + type.getTypeName() + "]";
    }

    private record Generic(Class<?> raw, List<Class<?>> arguments) implements ParameterizedType {

        @Override
        public Type[] getActualTypeArguments() {
            return arguments.toArray(Type[]::new);
        }

        @Override
        public Type getRawType() {
            return raw;
        }

        @Override
        public @Nullable Type getOwnerType() {
            return null;
        }

        @Override
        public String toString() {
            return raw.getName()
                    + arguments.stream().map(Class::getTypeName).collect(Collectors.joining(", ", "<", ">"));
        }
    }
}
