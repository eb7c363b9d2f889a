package dev.gateline;

import dev.gateline.internal.DeferredClaims;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Further statements about a user: JSON values by name. The accessors are typed and strict: a claim of another type
 * counts as absent and is never converted. Immutable.
 *
 * <p>Values are {@link String}, {@link Boolean}, {@link Long} for whole numbers, {@link BigDecimal} for others, {@link
 * List} and {@link Map} of those, and inside the latter {@code null}. Numbers that are equal in JSON are equal here,
 * from any Java type. {@link #of} also accepts values with one obvious form in JSON, and keeps that form.
 */
public final class Claims {

    /** The largest claims that are read, in bytes of their JSON. The claims of a login have a lower bound. */
    public static final int MAX_SIZE = 8192;

    /** The greatest depth of their JSON, the outer object included. */
    public static final int MAX_DEPTH = 8;

    /** The greatest number of members of one object, also of the outer one. */
    public static final int MAX_MEMBERS = 256;

    /** Names of claims about the credential itself. The host's claims can't have them (RFC 7519, RFC 9068). */
    public static final Set<String> RESERVED = Set.of(
            "iss",
            "sub",
            "aud",
            "exp",
            "nbf",
            "iat",
            "jti",
            "sid",
            "auth_time",
            "amr",
            "cnf",
            "sub_epoch",
            "sid_gen",
            "sid_idle",
            "sid_step");

    private static final Claims NONE = new Claims(new Content(Map.of(), "{}".length()), null);

    static {
        DeferredClaims.register(unread -> new Claims(null, unread));
    }

    /** The content, unless it is read at the first look: most requests never take one. */
    private final @Nullable Content given;

    private final @Nullable Supplier<Map<String, @Nullable Object>> unread;

    /** The content after the first look. Threads that race read the same. */
    private @Nullable Content read;

    private record Content(Map<String, Object> values, int size) {}

    private Claims(@Nullable Content given, @Nullable Supplier<Map<String, @Nullable Object>> unread) {
        this.given = given;
        this.unread = unread;
    }

    /** No claims. */
    public static Claims none() {
        return NONE;
    }

    /**
     * Checks and copies.
     *
     * @param values JSON values: strings, booleans, numbers, lists, maps with string keys; and values that are
     *     converted: other collections and arrays (a list, in their order), enum constants (their names), a {@link
     *     UUID} (its text), an {@link Instant} (whole seconds since the epoch, as in RFC 7519), but no {@code byte[]}
     *     or {@code char[]}
     * @throws IllegalArgumentException if a value has another type, or the claims exceed {@link #MAX_SIZE}, {@link
     *     #MAX_DEPTH} or {@link #MAX_MEMBERS}; the message names the claim, not its value
     */
    public static Claims of(Map<String, ?> values) {
        if (values.isEmpty()) {
            return NONE;
        }
        Copier copier = new Copier();
        Map<String, Object> copy = copier.top(values);
        return new Claims(new Content(copy, copier.size), null);
    }

    private Content content() {
        if (given != null) {
            return given;
        }
        Content known = read;
        if (known == null) {
            known = Objects.requireNonNull(of(Objects.requireNonNull(unread).get()).given);
            read = known;
        }
        return known;
    }

    /**
     * A text.
     *
     * @param name of the claim
     * @return empty if absent or not a string
     */
    public Optional<String> text(String name) {
        return asMap().get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /**
     * Several texts, such as roles.
     *
     * @param name of the claim
     * @return empty if absent or not an array of strings; a single string is not an array
     */
    public List<String> texts(String name) {
        if (!(asMap().get(name) instanceof List<?> list) || !list.stream().allMatch(String.class::isInstance)) {
            return List.of();
        }
        return list.stream().map(String.class::cast).toList();
    }

    /**
     * A whole number.
     *
     * @param name of the claim
     * @return empty if absent, not a number or not whole
     */
    public OptionalLong number(String name) {
        return asMap().get(name) instanceof Long number ? OptionalLong.of(number) : OptionalLong.empty();
    }

    /**
     * A flag.
     *
     * @param name of the claim
     * @return true only if it is the JSON value {@code true}
     */
    public boolean isTrue(String name) {
        return Boolean.TRUE.equals(asMap().get(name));
    }

    /** All claims, in the given order; unmodifiable at every depth. */
    public Map<String, Object> asMap() {
        return content().values();
    }

    /** The number of bytes of their JSON without white space, as Gateline writes it. */
    public int size() {
        return content().size();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Claims that && asMap().equals(that.asMap());
    }

    @Override
    public int hashCode() {
        return asMap().hashCode();
    }

    /** The names only: values may be personal data. */
    @Override
    public String toString() {
        return "Claims" + asMap().keySet();
    }

    /** Copies JSON values into their one canonical Java form, counting as it goes. */
    private static final class Copier {
        private String claim = "";
        private int size;

        Map<String, Object> top(Map<String, ?> source) {
            Map<String, Object> copy = new LinkedHashMap<>();
            frame(source.size());
            source.forEach((name, value) -> {
                claim = Objects.requireNonNull(name, "claim name");
                checkLength(name);
                check(name.equals(name.strip()), "has white space around its name, which some readers take away");
                check(value != null, "is null; leave it out instead");
                grow(1);
                copy.put(text(name), Objects.requireNonNull(copy(value, 1)));
            });
            checkMembers(source.size());
            return Collections.unmodifiableMap(copy);
        }

        /** The brackets, and the commas between the elements. */
        private void frame(int elements) {
            grow(2 + Math.max(0, elements - 1));
        }

        private void checkMembers(int members) {
            check(members <= MAX_MEMBERS, "is in, or is, an object of more than " + MAX_MEMBERS + " members");
        }

        private @Nullable Object copy(@Nullable Object value, int depth) {
            if (value == null || value instanceof Boolean) {
                grow(Boolean.FALSE.equals(value) ? 5 : 4);
                return value;
            }
            if (value instanceof String text) {
                return text(text);
            }
            if (value instanceof Number number) {
                return number(number);
            }
            if (value instanceof Enum<?> constant) {
                return text(constant.name());
            }
            if (value instanceof UUID id) {
                return text(id.toString());
            }
            if (value instanceof Instant instant) {
                return number(instant.getEpochSecond());
            }
            check(depth < MAX_DEPTH, "nests deeper than " + MAX_DEPTH);
            if (value instanceof Map<?, ?> map) {
                return map(map, depth);
            }
            return list(elements(value), depth);
        }

        private Collection<?> elements(Object value) {
            if (value instanceof Collection<?> collection) {
                return collection;
            }
            boolean isList = value.getClass().isArray() && !(value instanceof byte[] || value instanceof char[]);
            check(isList, notJson(value));
            return IntStream.range(0, Array.getLength(value))
                    .mapToObj(i -> Array.get(value, i))
                    .collect(Collectors.toCollection(ArrayList::new));
        }

        private static String notJson(Object value) {
            return "is not a JSON value but " + value.getClass().getTypeName()
                    + "; give it as a string, a number, a boolean, a list or a map";
        }

        private List<Object> list(Collection<?> source, int depth) {
            frame(source.size());
            List<Object> copy = new ArrayList<>(source.size());
            for (Object element : source) {
                copy.add(copy(element, depth + 1));
            }
            return Collections.unmodifiableList(copy);
        }

        private Map<String, Object> map(Map<?, ?> source, int depth) {
            frame(source.size());
            checkMembers(source.size());
            Map<String, Object> copy = new LinkedHashMap<>();
            source.forEach((key, value) -> {
                check(key instanceof String, "has a member whose name is not a string");
                checkLength((String) key);
                grow(1);
                copy.put(text((String) key), copy(value, depth + 1));
            });
            return Collections.unmodifiableMap(copy);
        }

        private Object number(Number number) {
            Object canonical = canonical(number);
            grow(canonical.toString().length());
            return canonical;
        }

        private Object canonical(Number number) {
            boolean finite = !(number instanceof Double d && !Double.isFinite(d))
                    && !(number instanceof Float f && !Float.isFinite(f));
            check(finite, "is not a finite number");
            if (number instanceof Integer
                    || number instanceof Long
                    || number instanceof Short
                    || number instanceof Byte) {
                return number.longValue();
            }
            BigDecimal decimal = new BigDecimal(decimalText(number));
            check(decimal.precision() <= 34, "is a number of more than 34 digits");
            double held = decimal.doubleValue();
            check(
                    Double.isFinite(held) && (held != 0 || decimal.signum() == 0),
                    "is a number that no double holds, so that no two readers agree on it");
            BigDecimal plain = decimal.stripTrailingZeros();
            boolean fitsLong = plain.scale() <= 0 && plain.precision() - plain.scale() <= 19;
            if (fitsLong && plain.toBigInteger().bitLength() < Long.SIZE) {
                return plain.longValueExact();
            }
            return plain;
        }

        private String decimalText(Number number) {
            boolean known = number instanceof BigDecimal
                    || number instanceof BigInteger
                    || number instanceof Double
                    || number instanceof Float;
            check(known, notJson(number));
            check(!(number instanceof BigInteger big && big.bitLength() > 128), "is a number of more than 34 digits");
            return number.toString();
        }

        private String text(String text) {
            int bytes = 2;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    bytes += 4;
                    i++;
                } else {
                    check(!Character.isSurrogate(c), "has an unpaired surrogate");
                    bytes += bytesOf(c);
                }
            }
            grow(bytes);
            return text;
        }

        private static int bytesOf(char c) {
            if (c < 0x20) {
                return "\b\t\n\f\r".indexOf(c) < 0 ? 6 : 2;
            }
            if (c < 0x80) {
                return c == '"' || c == '\\' ? 2 : 1;
            }
            return c < 0x800 ? 2 : 3;
        }

        private void checkLength(String name) {
            check(!name.isEmpty() && name.length() <= 255, "needs names of 1 to 255 characters, also inside");
        }

        private void grow(int bytes) {
            size += bytes;
            check(size <= MAX_SIZE, "does not fit: all claims together take at most " + MAX_SIZE + " bytes of JSON");
        }

        private void check(boolean ok, String rule) {
            if (!ok) {
                throw new IllegalArgumentException("claim '" + shown(claim) + "' " + rule);
            }
        }

        /** Of a name that a line of a log takes. */
        private static String shown(String name) {
            return name.substring(0, Math.min(64, name.length())).replaceAll("[^ -~]", "?");
        }
    }
}
