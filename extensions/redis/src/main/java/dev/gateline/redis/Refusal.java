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
 */
record Refusal(String code) {
    private static final Set<String> TO_LEAVE = Set.of("READONLY", "NOREPLICAS", "MASTERDOWN", "CLUSTERDOWN");

    /** Before 7.0, what went wrong in a script stands behind where. */
    private static final Pattern CODE = Pattern.compile(
            "(?:ERR Error running script \\(call to f_\\w+\\): @user_script:\\d+: @user_script: \\d+: -)?([A-Z]+)(?: .*)?");

    /** Null if it is something else that went wrong. */
    static @Nullable Refusal in(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RedisCommandExecutionException) {
                Matcher code = CODE.matcher(String.valueOf(cause.getMessage()));
                return new Refusal(code.matches() ? code.group(1) : "for no reason that is known");
            }
        }
        return null;
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
