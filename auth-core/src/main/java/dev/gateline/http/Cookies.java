package dev.gateline.http;

import dev.gateline.Outcome;
import dev.gateline.Rejection;
import java.util.List;
import java.util.Optional;

/**
 * Reads request cookies (RFC 6265bis section 5.6): names byte for byte, nothing decoded, bounded work, and the order of
 * two cookies of one name never decides anything.
 */
final class Cookies {
    private static final int MAX_LENGTH = 16 * 1024;
    private static final int MAX_PAIRS = 200;

    private Cookies() {}

    /**
     * The value of a cookie.
     *
     * @return empty if absent; rejected if there are two values, or more cookies than any browser sends
     */
    static Outcome<Optional<String>> find(List<String> lines, String name) {
        String found = null;
        int length = 0;
        int pairs = 0;
        for (String line : lines) {
            length += line.length();
            if (length > MAX_LENGTH) {
                return Outcome.rejected(Rejection.TOO_LARGE);
            }
            for (int from = 0; from < line.length(); ) {
                int semicolon = line.indexOf(';', from);
                int to = semicolon < 0 ? line.length() : semicolon;
                if (++pairs > MAX_PAIRS) {
                    return Outcome.rejected(Rejection.TOO_LARGE);
                }
                Optional<String> value = valueOf(line, from, to, name);
                if (found != null && value.isPresent() && !value.get().equals(found)) {
                    return Outcome.rejected(Rejection.AMBIGUOUS);
                }
                found = value.orElse(found);
                from = to + 1;
            }
        }
        return Outcome.accepted(Optional.ofNullable(found));
    }

    /** Browsers put exactly one space behind the semicolon; whatever else stands before a name makes it another name. */
    private static Optional<String> valueOf(String line, int from, int to, String name) {
        int start = from < to && line.charAt(from) == ' ' ? from + 1 : from;
        int equals = start + name.length();
        boolean ours = equals < to && line.startsWith(name, start) && line.charAt(equals) == '=';
        return ours ? Optional.of(line.substring(equals + 1, to)) : Optional.empty();
    }
}
