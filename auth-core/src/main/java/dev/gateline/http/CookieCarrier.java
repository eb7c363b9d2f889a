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

    private final String access;
    private final String renewal;
    private final String attributes;

    private CookieCarrier(String name, String attributes) {
        this.access = name;
        this.renewal = name + "-renewal";
        this.attributes = attributes;
    }

    /** Cookies named {@code __Host-id} and {@code __Host-id-renewal}. */
    public static CookieCarrier create() {
        return new CookieCarrier("__Host-id", "; Path=/; Secure; HttpOnly; SameSite=Lax");
    }

    /**
     * For a browser that refuses Secure cookies from {@code http://localhost}; Chromium and Firefox take them. Whoever
     * listens on the network can read these cookies, and every site on the same host can set them.
     */
    public CookieCarrier insecureCookieForLocalDevelopment() {
        return new CookieCarrier("insecure-id", "; Path=/; HttpOnly; SameSite=Lax");
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
    String challenge() {
        return "Cookie cookie-name=\"" + access + "\"";
    }
}
