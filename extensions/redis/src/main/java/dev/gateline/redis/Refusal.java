package dev.gateline.redis;

import io.lettuce.core.RedisCommandExecutionException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An error that Redis answered with.
 *
 * @param code its first word; what follows may quote what was asked, and that may be secret
 * @param advice what to change, in words of our own, with a colon before it; empty if the error is not known
 */
record Refusal(String code, String advice) {
    private static final Set<String> TO_LEAVE = Set.of("READONLY", "NOREPLICAS", "MASTERDOWN", "CLUSTERDOWN");

    /** Refusals before anything was carried out; the command may succeed a moment later. */
    private static final Set<String> FOR_NOW = Set.of("TRYAGAIN", "LOADING");

    /** Before 7.0, what went wrong in a script stands behind where. */
    private static final Pattern IN_SCRIPT =
            Pattern.compile("ERR Error running script \\(call to f_\\w+\\): @user_script:\\d+: @user_script: \\d+: -?");

    private static final Pattern CODE = Pattern.compile("([A-Z]+)(?: .*)?", Pattern.DOTALL);

    /** Null if it is something else that went wrong. */
    static @Nullable Refusal in(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RedisCommandExecutionException) {
                return of(String.valueOf(cause.getMessage()));
            }
            // what the servers of a cluster have said stands beside the failure
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

    /** Whether nothing was carried out, and the same may be asked again in a moment. */
    boolean isForNow() {
        return FOR_NOW.contains(code);
    }

    /** Whether the server has no memory left for a command that needs some. */
    boolean isOfAFullServer() {
        return code.equals("OOM");
    }

    /** Whether another server may have taken its place. */
    boolean isOfAServerToLeave() {
        return TO_LEAVE.contains(code);
    }
}
