package dev.gateline.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The page that a user wanted before the login page. It comes back with the login form, so anybody can have written it:
 * a link to {@code /login?return_to=https://evil.example} must not lead there after the login.
 */
public final class ReturnPath {

    /** The name of the parameter with which a browser is sent to the login page. */
    public static final String PARAMETER = "return_to";

    private static final int LONGEST = 2_000;
    private static final Pattern QUERY_OR_FRAGMENT = Pattern.compile("[?#]");

    private ReturnPath() {}

    /**
     * Says where to send the browser after the login.
     *
     * @param wish the decoded parameter, or null
     * @param otherwise the other target, such as {@code /}, which is not checked
     * @return the wish if it is a path on this site, of at most 2,000 characters with its query; addresses in the query
     *     are permitted
     */
    public static String orElse(@Nullable String wish, String otherwise) {
        return wish != null && isLocal(wish) ? wish : otherwise;
    }

    /**
     * Says where a browser goes after a form was accepted. The wish is the parameter {@link #PARAMETER} of the query. A
     * query that can't be read has no wish.
     *
     * @param exchange the request with the form
     * @param result the result of the operation, such as {@link Issued}
     * @param otherwise the other target, such as {@code /}, which is not checked
     * @return as {@link #afterForm(Exchange, Object, String, String)}
     */
    public static Optional<String> afterForm(Exchange exchange, Object result, String otherwise) {
        return afterForm(exchange, result, wish(exchange.target()), otherwise);
    }

    /**
     * Says where a browser goes after a form was accepted. It never throws, so it can come after the operation.
     *
     * @param exchange the request with the form
     * @param result the result of the operation, such as {@link Issued}
     * @param wish the decoded parameter, or null
     * @param otherwise the other target, such as {@code /}, which is not checked
     * @return the target of a 303; empty for a client that asks for no HTML, such as a script, and for a program with a
     *     bearer token, which would lose the body
     */
    public static Optional<String> afterForm(
            Exchange exchange, Object result, @Nullable String wish, String otherwise) {
        return Navigation.wantsHtml(exchange) && !isForBearer(exchange, result)
                ? Optional.of(orElse(wish, otherwise))
                : Optional.empty();
    }

    /** A logout issues nothing, so the credential of its request tells the lane. */
    private static boolean isForBearer(Exchange exchange, Object result) {
        return result instanceof Issued issued
                ? issued.lane() == Lane.BEARER
                : !BearerCarrier.create().read(exchange).equals(Presented.NOTHING);
    }

    private static @Nullable String wish(String target) {
        String query = target.substring(target.indexOf('?') + 1);
        return Stream.of(query.split("&", -1))
                .filter(field -> field.startsWith(PARAMETER + "="))
                .findFirst()
                .map(field -> decoded(field.substring(PARAMETER.length() + 1)))
                .orElse(null);
    }

    private static @Nullable String decoded(String value) {
        try {
            return URLDecoder.decode(value, UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * Whether a path, which may have a query and a fragment, stays on this site, and is a URI. Two slashes begin the
     * name of a host, but not behind the first question mark or number sign. Browsers read a backslash as a slash, and
     * drop characters that can't be seen. A framework may refuse to send what is no URI (RFC 3986).
     */
    static boolean isLocal(String path) {
        return path.startsWith("/")
                && !QUERY_OR_FRAGMENT.split(path, 2)[0].contains("//")
                && path.length() <= LONGEST
                && path.chars().allMatch(c -> c > ' ' && c < 0x7f)
                && isUri(path);
    }

    private static boolean isUri(String path) {
        try {
            return !new URI(path).isOpaque();
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
