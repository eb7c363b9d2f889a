package dev.gateline.jwt;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes claims out of a token's, each strictly of its type. Messages name the claim and never its value. */
final class TypedClaims {
    /** The rule of texts. */
    static final String TEXT = "a string of 1 to 255 characters without control characters";

    private static final long LAST_SECOND = 253_402_300_799L;

    private final Map<String, @Nullable Object> claims;

    /** A rule that a claim breaks. */
    static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Broken(String rule) {
            super(rule, null, false, false);
        }
    }

    /**
     * Begins with all claims.
     *
     * @param claims the claims, from which each taken claim is removed
     */
    TypedClaims(Map<String, @Nullable Object> claims) {
        this.claims = claims;
    }

    /** The claims that were not taken. */
    Map<String, @Nullable Object> rest() {
        return claims;
    }

    /** The texts of a string or of an array of strings; empty if the value is neither. */
    static List<String> texts(@Nullable Object value) {
        if (value instanceof String text) {
            return List.of(text);
        }
        if (!(value instanceof List<?> list)) {
            return List.of();
        }
        List<String> texts = new ArrayList<>(list.size());
        for (Object element : list) {
            if (!(element instanceof String text)) {
                return List.of();
            }
            texts.add(text);
        }
        return texts;
    }

    static Broken missing(String name) {
        return new Broken(name + ": is missing");
    }

    static void require(boolean ok, String name, String rule, @Nullable Object value) {
        if (!ok) {
            throw new Broken(name + ": must be " + rule + ", was " + kind(value));
        }
    }

    /** The kind of a value, for a message that does not quote it. */
    private static String kind(@Nullable Object value) {
        if (value instanceof String text) {
            return "a string of " + text.length();
        }
        if (value instanceof Number) {
            return "a number";
        }
        if (value instanceof Boolean) {
            return "a boolean";
        }
        return value == null ? "missing or null" : value instanceof List ? "an array" : "an object";
    }

    /** Takes a claim; empty if it is absent. A claim that is {@code null} is not absent. */
    Optional<Object> take(String name) {
        int before = claims.size();
        Object value = claims.remove(name);
        require(value != null || claims.size() == before, name, "absent or a value", value);
        return Optional.ofNullable(value);
    }

    /** Takes a text of 1 to 255 characters; empty if it is absent. */
    Optional<String> text(String name) {
        return take(name).map(value -> {
            require(value instanceof String text && isText(text), name, TEXT, value);
            return (String) value;
        });
    }

    /** Whether a text is one that {@link #text} takes. */
    static boolean isText(String text) {
        boolean fits = !text.isEmpty() && text.length() <= 255;
        for (int i = 0; fits && i < text.length(); i++) {
            fits = !Character.isISOControl(text.charAt(i));
        }
        return fits;
    }

    /** Whether an instant of whole seconds is one that {@link #date} takes. */
    static boolean isDate(Instant date) {
        return date.getEpochSecond() >= 0 && date.getEpochSecond() <= LAST_SECOND;
    }

    /** Takes a date: a finite number of seconds, rounded so that the token lives for a shorter time. */
    Optional<Instant> date(String name, RoundingMode rounding) {
        return take(name).map(value -> {
            if (value instanceof Long seconds && seconds >= 0 && seconds <= LAST_SECOND) {
                return Instant.ofEpochSecond(seconds);
            }
            boolean fits = value instanceof BigDecimal decimal && isDate(decimal, rounding);
            require(fits, name, "seconds since 1970, as a number and before the year 10000", value);
            return Instant.ofEpochSecond(
                    ((BigDecimal) value).setScale(0, rounding).longValueExact());
        });
    }

    private static boolean isDate(BigDecimal seconds, RoundingMode rounding) {
        return Math.abs((long) seconds.scale()) <= 64
                && seconds.signum() >= 0
                && seconds.setScale(0, rounding).compareTo(BigDecimal.valueOf(LAST_SECOND)) <= 0;
    }

    /** Takes an array of texts; empty if it is absent. */
    List<String> textsOf(String name) {
        return take(name)
                .map(value -> {
                    List<String> texts = texts(value);
                    boolean fits = value instanceof List<?> list && list.size() == texts.size();
                    require(fits, name, "an array of strings", value);
                    return texts;
                })
                .orElse(List.of());
    }

    /** Takes a whole number; 0 if it is absent. */
    long number(String name) {
        return take(name)
                .map(value -> {
                    require(value instanceof Long, name, "a whole number", value);
                    return (Long) value;
                })
                .orElse(0L);
    }
}
