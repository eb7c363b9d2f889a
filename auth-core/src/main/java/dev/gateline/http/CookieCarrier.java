package dev.gateline.http;

import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.GrantTooLargeException;
import dev.gateline.internal.Rules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Cookies, for browsers: {@code __Host-Http-} prefix, Secure, HttpOnly, SameSite=Lax, Path=/, no Domain (RFC 6265bis).
 * The cookies last until the browser is closed, unless the login is remembered. If the renewal credential is another
 * one than the access credential, a second cookie carries it. Immutable.
 *
 * <p>With that prefix a browser accepts such a cookie only from this host, and from no script (Chromium since 140,
 * Firefox since 142). Older browsers apply the rules of {@code __Host-}, under which scripts of this host can set it.
 */
public final class CookieCarrier extends Carrier {
    /** The largest cookie that browsers keep, name and value together, in bytes. They drop a larger one. */
    public static final int MAX_SIZE = 4096;

    private static final String DEVICE = "-device";

    private static final Duration LONGEST = Duration.ofDays(400);

    private final CookieSettings settings;
    private final String access;
    private final String renewal;
    private final String attributes;

    private CookieCarrier(CookieSettings settings) {
        this.settings = settings;
        access = settings.fullName();
        renewal = access + CookieSettings.RENEWAL;
        attributes = settings.attributes();
    }

    /** Returns a carrier for cookies with the names {@code __Host-Http-id} and {@code __Host-Http-id-renewal}. */
    public static CookieCarrier create() {
        return new CookieCarrier(CookieSettings.DEFAULT);
    }

    /**
     * Sets another name behind the prefix, for two kinds of logins in one browser. Cookies that are shared with
     * subdomains need a name for each environment. Otherwise a browser sends the cookies of production to a test system
     * below the same domain, and the reverse.
     *
     * @param name 1 to 64 letters, digits, hyphens and underscores, but not {@code csrf}, which {@link CsrfTokens} has;
     *     default {@code id}
     * @throws IllegalArgumentException if the name breaks a rule, which the message names; so do all methods here
     */
    public CookieCarrier named(String name) {
        Rules.require(
                !name.equals(CsrfTokens.COOKIE),
                "cookie name: must differ from that of CsrfTokens, was '" + name + "'");
        Rules.require(
                !name.endsWith(DEVICE),
                "cookie name: a name that ends in " + DEVICE + " is reserved for another cookie, was '" + name + "'");
        return new CookieCarrier(
                new CookieSettings(name, settings.path(), settings.domain(), settings.sites(), settings.secure()));
    }

    /**
     * Sets SameSite=Strict. A user who follows a link from another site then arrives without cookies, as a stranger.
     */
    public CookieCarrier sameSiteStrict() {
        return with(CookieSettings.Sites.STRICT);
    }

    /**
     * Limits the cookies to one path of the host. Unless the path is {@code /}, the prefix is then {@code __Secure-}:
     * any sibling host can replace these cookies, and so log a user in as somebody else. The path does not keep other
     * parts of the same host out; give those parts a host of their own.
     *
     * @param path begins with a slash
     */
    public CookieCarrier insecureLimitedToPath(String path) {
        return new CookieCarrier(
                new CookieSettings(settings.name(), path, settings.domain(), settings.sites(), settings.secure()));
    }

    /**
     * Shares the cookies with all hosts below a domain. Each of these hosts can read and replace the cookies, and so
     * log the user out, or in as somebody else. The prefix is then {@code __Secure-}.
     *
     * @param domain such as {@code park.example}
     */
    public CookieCarrier insecureSharedWithSubdomains(String domain) {
        return new CookieCarrier(settings.sharedWith(domain));
    }

    /**
     * Sets SameSite=None: a browser then sends the cookies with every request that another site causes. Only the
     * cross-origin guard is left as a defence.
     */
    public CookieCarrier insecureSentFromOtherSites() {
        return with(CookieSettings.Sites.ANY);
    }

    /**
     * Sets SameSite=None and Partitioned (CHIPS), for pages that are embedded in other sites. The browser keeps
     * separate cookies for each of these sites. The names end in {@code -embedded}, so that they differ from those of
     * earlier cookies.
     */
    public CookieCarrier embeddedInOtherSites() {
        return with(CookieSettings.Sites.EMBEDDED);
    }

    /** The cookie by which a device is known. It has the same attributes. */
    DeviceCookie device() {
        return new DeviceCookie(access + DEVICE, attributes);
    }

    private CookieCarrier with(CookieSettings.Sites sites) {
        return new CookieCarrier(settings.with(sites));
    }

    /**
     * Leaves out Secure, for a browser that refuses Secure cookies from {@code http://localhost}; Chromium and Firefox
     * accept them. Anybody on the network can read these cookies, and every site on the same host can set them. {@link
     * HttpAuth} therefore refuses them together with origins on other machines, unless those are named as insecure,
     * too.
     */
    public CookieCarrier insecureCookieForLocalDevelopment() {
        return new CookieCarrier(
                new CookieSettings(settings.name(), settings.path(), settings.domain(), settings.sites(), false));
    }

    /** Whether browsers must be able to keep the cookies of pages that come over plain HTTP. */
    boolean isForLocalDevelopment() {
        return !settings.secure();
    }

    @Override
    Lane lane() {
        return Lane.COOKIES;
    }

    @Override
    Presented read(Exchange exchange) {
        List<String> lines = exchange.headers("Cookie");
        if (lines.isEmpty()) {
            return Presented.NOTHING;
        }
        Cookies first = Cookies.of(lines, access);
        Cookies second = Cookies.of(lines, renewal);
        List<Credential> accesses = credentials(first);
        List<Credential> renewals = second.values().isEmpty() ? accesses : credentials(second);
        return first.one()
                .then(any -> second.one())
                .fold(any -> Presented.of(accesses, renewals), flaw -> Presented.flawed(flaw, accesses, renewals));
    }

    /** The credentials in the cookies. A session has one credential for both purposes, and therefore one cookie. */
    private static List<Credential> credentials(Cookies cookies) {
        return cookies.values().stream().map(Credential::of).toList();
    }

    /**
     * Whether the client is a browser: it sends one of the headers that scripts can't set, or asks for a page. A
     * browser must not get a token in a body.
     */
    @Override
    boolean suits(Exchange exchange) {
        return !exchange.headers("Sec-Fetch-Site").isEmpty()
                || !exchange.headers("Origin").isEmpty()
                || Navigation.isOne(exchange);
    }

    @Override
    void checkFits(Grant grant) {
        checkSize(access, token68(grant.access()));
        checkSize(renewal, token68(grant.renewal()));
    }

    private static void checkSize(String name, String value) {
        int size = name.length() + value.length();
        if (size > MAX_SIZE) {
            throw new GrantTooLargeException("a cookie's name and value, in bytes", size, MAX_SIZE);
        }
    }

    @Override
    String write(Grant grant, Exchange exchange, Instant now) {
        exchange.addHeader("Set-Cookie", cookie(access, grant.access(), grant, now));
        if (grant.renewal().equals(grant.access())) {
            clearLeftOver(exchange);
            return "{\"expires_in\":" + BearerCarrier.seconds(now, grant.accessExpiresAt()) + "}";
        }
        exchange.addHeader("Set-Cookie", cookie(renewal, grant.renewal(), grant, now));
        return "{\"expires_in\":" + BearerCarrier.seconds(now, grant.renewalExpiresAt()) + "}";
    }

    /**
     * Removes a renewal cookie from before the host chose another strategy. Otherwise it would count as a cookie of
     * this login.
     */
    private void clearLeftOver(Exchange exchange) {
        Cookies leftOver = Cookies.of(exchange.headers("Cookie"), renewal);
        if (!leftOver.values().isEmpty() || !leftOver.complete()) {
            remove(renewal, attributes, exchange);
        }
    }

    /**
     * The cookie of a remembered login is kept until the absolute end of the login, because only the server knows the
     * idle timeout.
     */
    private String cookie(String name, Credential credential, Grant grant, Instant now) {
        long seconds = Math.min(BearerCarrier.seconds(now, grant.endsAt()), LONGEST.toSeconds());
        return name + "=" + token68(credential) + (grant.remembered() ? "; Max-Age=" + seconds : "") + attributes;
    }

    /** Uses the attributes that set the cookies, because a browser ignores a removal with other attributes. */
    @Override
    void clear(Exchange exchange) {
        for (String name : List.of(access, renewal)) {
            remove(name, attributes, exchange);
        }
    }

    /**
     * Removes cookies of these names that a sibling host has set, or this host with other settings. A removal needs
     * their domain and path, which no request contains. All domains and paths that can have come with this request are
     * tried. The host's own cookies stay.
     */
    @Override
    void clearOtherForms(Exchange exchange, List<Origin> origins) {
        if (settings.isHeldToItsHost()) {
            return;
        }
        List<String> others = CookieForms.of(settings.path(), exchange.path(), origins).stream()
                .map(form -> settings.attributes(form.path(), form.domain()))
                .filter(each -> !each.equals(attributes))
                .toList();
        for (String name : List.of(access, renewal)) {
            others.forEach(each -> remove(name, each, exchange));
        }
    }

    private static void remove(String name, String attributes, Exchange exchange) {
        exchange.addHeader("Set-Cookie", name + "=; Max-Age=0" + attributes);
    }

    @Override
    String varies() {
        return "Cookie";
    }

    @Override
    String challenge() {
        return "Cookie cookie-name=\"" + access + "\"";
    }
}
