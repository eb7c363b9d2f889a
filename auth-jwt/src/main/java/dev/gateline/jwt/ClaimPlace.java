package dev.gateline.jwt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The place where an issuer puts scopes or roles. Immutable.
 *
 * @param path the names of members, from the outermost one
 * @param form the form of the value there
 */
record ClaimPlace(List<String> path, Form form) {

    /** The form in which several texts are written. */
    enum Form {
        /** An array, or one text with spaces between the words. */
        WORDS,
        /** An array, or one text, which may contain spaces. */
        TEXTS,
        /** The names of an object's members. */
        MEMBER_NAMES
    }

    /**
     * Moves the values of all places to one claim. A claim of that name that is none of the places is removed, because
     * a reader would take it for scopes or roles.
     *
     * @param claims the claims, which are changed; objects that become empty are removed
     */
    static void moveAll(List<ClaimPlace> places, String to, Map<String, @Nullable Object> claims) {
        Set<String> found = new LinkedHashSet<>();
        boolean anywhere = false;
        for (ClaimPlace place : places) {
            @Nullable List<String> texts = place.take(claims, 0);
            anywhere |= texts != null;
            found.addAll(texts == null ? List.of() : texts);
        }
        claims.remove(to);
        if (anywhere) {
            claims.put(to, new ArrayList<>(found));
        }
    }

    /** Takes the values of the place away. Null if there is no value of the right kind; another value stays. */
    private @Nullable List<String> take(Map<?, ?> from, int depth) {
        String name = path.get(depth);
        Object value = from.get(name);
        boolean isLast = depth == path.size() - 1;
        if (!isLast && !(value instanceof Map)) {
            return null;
        }
        List<String> texts = isLast ? texts(value) : take((Map<?, ?>) Objects.requireNonNull(value), depth + 1);
        boolean isUsedUp = isLast || (value instanceof Map<?, ?> inner && inner.isEmpty());
        if (texts != null && isUsedUp) {
            from.remove(name);
        }
        return texts;
    }

    private @Nullable List<String> texts(@Nullable Object value) {
        if (form == Form.MEMBER_NAMES) {
            return value instanceof Map<?, ?> map
                    ? map.keySet().stream().map(String::valueOf).toList()
                    : null;
        }
        if (value instanceof String text) {
            return form == Form.TEXTS ? List.of(text) : words(text);
        }
        if (!(value instanceof List<?> list) || !list.stream().allMatch(String.class::isInstance)) {
            return null;
        }
        return list.stream().map(String.class::cast).toList();
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
