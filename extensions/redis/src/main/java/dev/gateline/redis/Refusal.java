package dev.gateline.redis;

import io.lettuce.core.RedisCommandExecutionException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An error that Redis answered with.
 *
 * @param code the first word of the error; the words behind it may quote the arguments, which may be secret
 * @param advice our own words on what to change, with a colon before them; empty if the error is not known
 */
record Refusal(String code, String advice) {
    private static final Set<String> TO_LEAVE = Set.of("READONLY", "NOREPLICAS", "MASTERDOWN", "CLUSTERDOWN");

    /** Refusals of commands that were not carried out, and that may succeed a moment later. */
    private static final Set<String> FOR_NOW = Set.of("TRYAGAIN", "LOADING");

    /** Before Redis 7.0, an error of a script stands behind its place. */
    private static final Pattern IN_SCRIPT =
            Pattern.compile("ERR Error running script \\(call to f_\\w+\\): @user_script:\\d+: @user_script: \\d+: -?");

    private static final Pattern CODE = Pattern.compile("([A-Z]+)(?: .*)?", Pattern.DOTALL);

    /** Returns the refusal among the causes of a failure; null if there is none. */
    static @Nullable Refusal in(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RedisCommandExecutionException) {
                return of(String.valueOf(cause.getMessage()));
            }
            // the answers of the servers of a cluster are suppressed exceptions
            for (Throwable beside : cause.getSuppressed()) {
                Refusal refusal = in(beside);
                if (refusal != null) {
                    return refusal;
                }
            }
        }
        return null;
    }

    private static Refusal of(String message) {
        Matcher place = IN_SCRIPT.matcher(message);
        String text = place.lookingAt() ? message.substring(place.end()) : message;
        Matcher code = CODE.matcher(text);
        String advice = Advice.onRefusal(text);
        if (code.matches()) {
            return new Refusal(code.group(1), advice);
        }
        return new Refusal(place.lookingAt() ? "ERR" : "for an unknown reason", advice);
    }

    /** The message, which quotes nothing. */
    String message() {
        return "Redis refused: " + code + advice;
    }

    /** Whether nothing was carried out, and the command may be sent again in a moment. */
    boolean isForNow() {
        return FOR_NOW.contains(code);
    }

    /** Whether the server has no memory left for a command that needs some. */
    boolean isOfAFullServer() {
        return code.equals("OOM");
    }

    /** Whether another server may be the primary by now. */
    boolean isOfAServerToLeave() {
        return TO_LEAVE.contains(code);
    }
}
