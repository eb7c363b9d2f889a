package dev.gateline.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The page that a user wanted before the login page. It comes back with the login form, so anybody can have written it:
 * a link to {@code /login?return_to=https://evil.example} must not lead there after the login.
 */
public final class ReturnPath {

    /** The name of the parameter with which a browser is sent to the login page. */
    public static final String PARAMETER = "return_to";

    private static final int LONGEST = 2_000;

    private ReturnPath() {}

    /**
     * Says where to send the browser after the login.
     *
     * @param wish the decoded parameter, or null
     * @param otherwise the other target, such as {@code /}, which is not checked
     * @return the wish if it is a path on this site, of at most 2,000 characters
     */
    public static String orElse(@Nullable String wish, String otherwise) {
        return wish != null && isLocal(wish) ? wish : otherwise;
    }

    /**
     * Says where a browser goes after a form was accepted.
     *
     * @param exchange the request with the form
     * @param wish the decoded parameter, or null
     * @param otherwise the other target, such as {@code /}, which is not checked
     * @return the target of a 303; empty for a client that asks for no HTML, such as a script or a program
     */
    public static Optional<String> afterForm(Exchange exchange, @Nullable String wish, String otherwise) {
        return Navigation.wantsHtml(exchange) ? Optional.of(orElse(wish, otherwise)) : Optional.empty();
    }

    /**
     * Whether a path stays on this site. Two slashes begin the name of a host. Browsers read a backslash as a slash,
     * and drop characters that can't be seen.
     */
    static boolean isLocal(String path) {
        return path.startsWith("/")
                && !path.contains("//")
                && path.length() <= LONGEST
                && path.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\');
    }
}
