package dev.gateline.http;

import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.LoginRefusedException;
import dev.gateline.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Cookies, for browsers: {@code __Host-} prefix, Secure, HttpOnly, SameSite=Lax, Path=/, no Domain (RFC 6265bis). They
 * go when the browser closes, unless the login is remembered. A renewal credential of its own travels in a second
 * cookie. Immutable.
 */
public final class CookieCarrier extends Carrier {
    /** What a browser keeps of one cookie, name and value together, in bytes; a longer one it drops. */
    public static final int MAX_SIZE = 4096;

    private static final Duration LONGEST = Duration.ofDays(400);

    private final CookieSettings settings;
    private final String access;
    private final String renewal;
    private final String attributes;

    private CookieCarrier(CookieSettings settings) {
        this.settings = settings;
        access = settings.fullName();
        renewal = access + "-renewal";
        attributes = settings.attributes();
    }

    /** Cookies named {@code __Host-id} and {@code __Host-id-renewal}. */
    public static CookieCarrier create() {
        return new CookieCarrier(CookieSettings.DEFAULT);
    }

    /**
     * Another name behind the prefix: for two kinds of logins in one browser.
     *
     * @param name 1 to 64 letters, digits, hyphens and underscores, but not {@code csrf}, which {@link CsrfTokens} has; default
     *     {@code id}
     * @throws IllegalArgumentException naming the rule, as all methods here
     */
    public CookieCarrier named(String name) {
        if (name.equals(CsrfTokens.COOKIE)) {
            throw new IllegalArgumentException("cookie name: another than that of CsrfTokens, was '" + name + "'");
        }
        return new CookieCarrier(
                new CookieSettings(name, settings.path(), settings.domain(), settings.sites(), settings.secure()));
    }

    /** Not sent along when the user follows a link from another site, either: they come as a stranger. */
    public CookieCarrier sameSiteStrict() {
        return with(CookieSettings.Sites.STRICT);
    }

    /**
     * For one part of the host only. The prefix is {@code __Secure-} then, unless the path is {@code /}; other parts of the
     * same host are not kept out by it.
     *
     * @param path begins with a slash
     */
    public CookieCarrier path(String path) {
        return new CookieCarrier(
                new CookieSettings(settings.name(), path, settings.domain(), settings.sites(), settings.secure()));
    }

    /**
     * Sent to all hosts below a domain. Each of them can read the cookies, set others in their place and so log the user out or
     * in as somebody else; the prefix is {@code __Secure-} then.
     *
     * @param domain such as {@code park.example}
     */
    public CookieCarrier insecureSharedWithSubdomains(String domain) {
        return new CookieCarrier(settings.sharedWith(domain));
    }

    /** SameSite=None: sent along with whatever other sites make a browser send. The cross-origin guard is all that is left. */
    public CookieCarrier insecureSentFromOtherSites() {
        return with(CookieSettings.Sites.ANY);
    }

    /** SameSite=None and Partitioned (CHIPS): for pages embedded in other sites, with a cookie jar for each of those. */
    public CookieCarrier embeddedInOtherSites() {
        return with(CookieSettings.Sites.EMBEDDED);
    }

    /** The cookie by which a device is known, with the same attributes. */
    CookieSettings device() {
        return new CookieSettings(
                settings.name() + "-device", settings.path(), settings.domain(), settings.sites(), settings.secure());
    }

    private CookieCarrier with(CookieSettings.Sites sites) {
        return new CookieCarrier(settings.with(sites));
    }

    /**
     * For a browser that refuses Secure cookies from {@code http://localhost}; Chromium and Firefox take them. Whoever
     * listens on the network can read these cookies, and every site on the same host can set them.
     */
    public CookieCarrier insecureCookieForLocalDevelopment() {
        return new CookieCarrier(
                new CookieSettings(settings.name(), settings.path(), settings.domain(), settings.sites(), false));
    }

    @Override
    Outcome<Presented> read(Exchange exchange) {
        List<String> lines = exchange.headers("Cookie");
        return Cookies.find(lines, access)
                .then(first -> Cookies.find(lines, renewal).map(second -> presented(first, second)));
    }

    /** A session has one credential for both purposes, and so one cookie. */
    private static Presented presented(Optional<String> access, Optional<String> renewal) {
        Optional<Credential> first = access.map(Credential::of);
        Optional<Credential> second = renewal.map(Credential::of);
        return Presented.of(first, second.isPresent() ? second : first);
    }

    /** All browsers send one of these with a request that logs in. */
    @Override
    boolean suits(Exchange exchange) {
        return !exchange.headers("Sec-Fetch-Site").isEmpty()
                || !exchange.headers("Origin").isEmpty();
    }

    @Override
    boolean isAmbient() {
        return true;
    }

    @Override
    String write(Grant grant, Exchange exchange, Instant now) {
        String accessCookie = cookie(access, grant.access(), grant, now);
        String renewalCookie = cookie(renewal, grant.renewal(), grant, now);
        exchange.addHeader("Set-Cookie", accessCookie);
        if (grant.renewal().equals(grant.access())) {
            clearLeftOver(exchange);
            return "{\"expires_in\":" + BearerCarrier.seconds(now, grant.accessExpiresAt()) + "}";
        }
        exchange.addHeader("Set-Cookie", renewalCookie);
        return "{\"expires_in\":" + BearerCarrier.seconds(now, grant.renewalExpiresAt()) + "}";
    }

    /** A renewal cookie from before the host chose another strategy would be taken for this login's. */
    private void clearLeftOver(Exchange exchange) {
        boolean absent = Cookies.find(exchange.headers("Cookie"), renewal).fold(Optional::isEmpty, reason -> false);
        if (!absent) {
            exchange.addHeader("Set-Cookie", renewal + "=; Max-Age=0" + attributes);
        }
    }

    /** A remembered one is kept until the login ends at the latest: how long it may go unused is the server's to say. */
    private String cookie(String name, Credential credential, Grant grant, Instant now) {
        String value = token68(credential);
        int size = name.length() + value.length();
        if (size > MAX_SIZE) {
            throw new LoginRefusedException("the credential is too large for a cookie: name and value take " + size
                    + " bytes, at most " + MAX_SIZE + "; give the login fewer or smaller claims");
        }
        long seconds = Math.min(BearerCarrier.seconds(now, grant.endsAt()), LONGEST.toSeconds());
        return name + "=" + value + (grant.remembered() ? "; Max-Age=" + seconds : "") + attributes;
    }

    /** With the attributes that set them: a browser keeps a cookie whose removal differs. */
    @Override
    void clear(Exchange exchange) {
        for (String name : List.of(access, renewal)) {
            exchange.addHeader("Set-Cookie", name + "=; Max-Age=0" + attributes);
        }
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
