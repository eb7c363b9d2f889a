package dev.gateline.http;

import dev.gateline.Outcome;
import dev.gateline.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The values that a request has for one cookie name (RFC 6265bis section 5.6). Names are compared byte for byte,
 * nothing is decoded, the work is bounded, and the order of two cookies of one name never decides anything. Immutable.
 *
 * <p>A pair ends at each semicolon, also within quotes and after {@code $Version}. A reader to which quotes or {@code
 * $Version} mean another syntax can be made to see cookies that no browser holds.
 *
 * @param values the different values that are not empty, {@value #MAX_VALUES} at most
 * @param complete false if the request has more cookies than any browser sends, and not all were read
 */
record Cookies(List<String> values, boolean complete) {
    private static final int MAX_LENGTH = 16 * 1024;
    private static final int MAX_PAIRS = 200;
    private static final int MAX_VALUES = 8;

    /** The values of a name in the lines of the header {@code Cookie}. */
    static Cookies of(List<String> lines, String name) {
        List<String> values = new ArrayList<>(1);
        int length = 0;
        int pairs = 0;
        for (String line : lines) {
            length += line.length();
            if (length > MAX_LENGTH) {
                return new Cookies(values, false);
            }
            for (int from = 0; from < line.length(); ) {
                int semicolon = line.indexOf(';', from);
                int to = semicolon < 0 ? line.length() : semicolon;
                if (++pairs > MAX_PAIRS) {
                    return new Cookies(values, false);
                }
                add(values, line, from, to, name);
                from = to + 1;
            }
        }
        return new Cookies(values, true);
    }

    /**
     * Adds the value of a pair of this name. Blanks around a pair do not belong to it, as in the parsing of RFC 6265
     * section 5.2. Blanks within a name belong to the name.
     */
    private static void add(List<String> values, String line, int from, int to, String name) {
        int start = from;
        while (start < to && isBlank(line.charAt(start))) {
            start++;
        }
        int equals = start + name.length();
        if (equals >= to || !line.startsWith(name, start) || line.charAt(equals) != '=') {
            return;
        }
        int end = to;
        while (isBlank(line.charAt(end - 1))) {
            end--;
        }
        String value = unquoted(line.substring(equals + 1, end));
        if (!value.isEmpty() && values.size() < MAX_VALUES && !values.contains(value)) {
            values.add(value);
        }
    }

    /**
     * Whether browsers remove a character around a pair. With a Unicode space in front, the name is another one, and no
     * browser holds it to the rules of the prefix.
     */
    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /** Removes the quotes that clients of RFC 2965, such as the JDK's own, add to a value. */
    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /** The only value, if there is one. Two values are rejected, and so are cookies of which not all were read. */
    Outcome<Optional<String>> one() {
        if (!complete) {
            return Outcome.rejected(Rejection.TOO_LARGE);
        }
        return values.size() > 1
                ? Outcome.rejected(Rejection.AMBIGUOUS)
                : Outcome.accepted(values.stream().findFirst());
    }
}
