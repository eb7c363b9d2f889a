package dev.gateline.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gateline.Rejection;
import dev.gateline.internal.Rules;
import java.net.URLEncoder;
import java.util.Optional;

/**
 * The pages to which refused browsers are sent. Immutable.
 *
 * @param login the page for strangers
 * @param reauthentication the page for users whose proof is not good enough
 */
record LoginPages(Optional<String> login, Optional<String> reauthentication) {

    /**
     * Checks the paths.
     *
     * @throws IllegalArgumentException if a path is wrong; the message names it
     */
    static LoginPages of(Optional<String> login, Optional<String> reauthentication) {
        login.ifPresent(path -> check("loginPage", path));
        reauthentication.ifPresent(path -> check("reauthenticationPage", path));
        return new LoginPages(login, reauthentication);
    }

    private static void check(String setting, String path) {
        Rules.require(ReturnPath.isLocal(path), setting + ": a path on this site such as /login, was " + path);
    }

    /** The address of the page that a browser is sent to; empty for other clients, and on that page itself. */
    Optional<String> addressFor(Rejection reason, Exchange exchange) {
        Optional<String> page = reason == Rejection.INSUFFICIENT ? reauthentication : login;
        return page.filter(path ->
                        Navigation.isOne(exchange) && !path(exchange.target()).equals(path(path)))
                .map(path -> withTarget(path, exchange.target()));
    }

    /**
     * The address of a page with the target of the request. A target that is no path on this site, or that is too long,
     * is left out.
     */
    private static String withTarget(String path, String target) {
        return ReturnPath.isLocal(target)
                ? path
                        + (path.contains("?") ? '&' : '?')
                        + ReturnPath.PARAMETER
                        + '='
                        + URLEncoder.encode(target, UTF_8)
                : path;
    }

    private static String path(String target) {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }
}
