package dev.gateline.http;

import dev.gateline.AuthListener;
import dev.gateline.Authenticator;
import dev.gateline.ClientInfo;
import dev.gateline.LoginAttempt;
import dev.gateline.LoginThrottle;
import dev.gateline.Rejection;
import dev.gateline.Verifier;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Wires the lanes of an {@link HttpAuth}. Not thread-safe. */
public final class HttpAuthBuilder {
    final List<WiredLane> lanes = new ArrayList<>();
    private final Set<String> origins = new LinkedHashSet<>();
    private final Set<String> insecureOrigins = new LinkedHashSet<>();
    final List<Predicate<Exchange>> exemptions = new ArrayList<>();
    boolean clearsSiteData;
    Clock clock = Clock.systemUTC();
    AuthListener listener = AuthListener.none();
    Optional<LoginThrottle> throttle = Optional.empty();
    private Optional<String> loginPage = Optional.empty();
    private Optional<String> reauthenticationPage = Optional.empty();
    Function<Exchange, ClientInfo> client = HttpAuthBuilder::clientOf;

    HttpAuthBuilder() {}

    private static ClientInfo clientOf(Exchange exchange) {
        List<String> agents = exchange.headers("User-Agent");
        return new ClientInfo(exchange.remoteAddress(), agents.isEmpty() ? "" : agents.get(0));
    }

    /**
     * Adds a lane. A login takes the first whose carrier suits the client, so cookies come before bearer tokens.
     *
     * @param carrier how credentials travel
     * @param authenticator who reads them; may serve several lanes
     */
    public HttpAuthBuilder lane(Carrier carrier, Authenticator authenticator) {
        lanes.add(new WiredLane(carrier, authenticator));
        return this;
    }

    /**
     * Adds a lane for credentials that are issued elsewhere, such as access tokens that come to a resource server.
     * Logins are never started in it; what would renew or end one is {@link Rejection#WRONG_ISSUER}.
     *
     * @param carrier how credentials travel
     * @param verifier who reads them
     */
    public HttpAuthBuilder readingLane(Carrier carrier, Verifier verifier) {
        lanes.add(new WiredLane(carrier, new ReadOnly(verifier)));
        return this;
    }

    /**
     * Names an origin whose pages may act with a browser's cookies. The handshake of a WebSocket is guarded as a
     * change is, and browsers send nothing but {@code Origin} with it: it is let in if its page's origin is named
     * here.
     *
     * @param origin as a browser sends it, such as {@code https://park.example}; http only for localhost and names
     *     below it; that of an app's web view, such as {@code capacitor://localhost}
     */
    public HttpAuthBuilder origin(String origin) {
        origins.add(origin);
        return this;
    }

    /**
     * Names an origin over plain HTTP on a machine of the developers' network. Whoever listens there can read
     * cookies and passwords, and browsers take Secure cookies from no such page.
     *
     * @param origin such as {@code http://park.test:8080}
     */
    public HttpAuthBuilder insecureHttpOriginForDevelopment(String origin) {
        insecureOrigins.add(origin);
        return this;
    }

    /**
     * Lets other sites make a browser act with its cookies at one path: for the answer of an identity provider, by
     * a form post or by the ordinary GET of the code flow, whose {@code state} the host has to check.
     *
     * @param path exactly as {@link Exchange#path()} gives it
     */
    public HttpAuthBuilder insecureCrossOriginAllowedAt(String path) {
        return insecureCrossOriginAllowedIf(exchange -> exchange.path().equals(path));
    }

    /**
     * The same where the path is not known in advance: for a link in a mail that logs in, {@code /magic/{token}},
     * which a page of webmail opens. Such a link proves who has the mail, and not whose browser opens it; let a
     * page of the host's own ask before it logs in.
     *
     * @param exempt true for requests of any origin that may act
     */
    public HttpAuthBuilder insecureCrossOriginAllowedIf(Predicate<Exchange> exempt) {
        exemptions.add(exempt);
        return this;
    }

    /**
     * Makes browsers forget pages and what scripts have stored as well as cookies at logout (ASVS 5.0 14.3.1), by
     * {@code Clear-Site-Data: "cache", "storage"}. The value {@code "cookies"} is not sent: it would also take the
     * cookies of all sibling hosts. The page that is left for the logout comes back with the back button all the
     * same, unless it was sent with {@code Cache-Control: no-store}: a browser puts it aside only afterwards.
     */
    public HttpAuthBuilder clearSiteDataAtLogout() {
        clearsSiteData = true;
        return this;
    }

    /**
     * What is known of the client of a request, for events. Behind a proxy the peer is the proxy: take the client's
     * address from the header that your proxy sets, and from no other.
     *
     * @param client called when there is an event to tell; default: {@link Exchange#remoteAddress()} and
     *     {@code User-Agent}
     */
    public HttpAuthBuilder client(Function<Exchange, ClientInfo> client) {
        this.client = client;
        return this;
    }

    /**
     * Hears of requests that are refused before an authenticator sees them.
     *
     * @param listener default: none
     */
    public HttpAuthBuilder listener(AuthListener listener) {
        this.listener = listener;
        return this;
    }

    /**
     * Slows down those who guess, in {@link HttpAuth#checkLogin(Exchange, LoginAttempt)}. Browsers keep a cookie for it
     * that is named as that of the first lane of cookies, with {@code -device} behind it.
     *
     * @param throttle such as {@link dev.gateline.throttle.StoredLoginThrottle}; default: none
     */
    public HttpAuthBuilder throttle(LoginThrottle throttle) {
        this.throttle = Optional.of(throttle);
        return this;
    }

    /**
     * Sends a browser that navigates to a page without a login to the login page, by a 303. The address that it wanted
     * goes with it as the parameter {@link ReturnPath#PARAMETER}; read it with {@link ReturnPath#orElse}. Other
     * requests, those of scripts among them, are refused with 401 as before.
     *
     * @param path on this site as the browser sees it, such as {@code /login}; default: none
     */
    public HttpAuthBuilder loginPage(String path) {
        loginPage = Optional.of(path);
        return this;
    }

    /**
     * Sends a browser whose proof is too old or too weak for the page to a page that asks for another, as
     * {@link #loginPage} does with strangers.
     *
     * @param path on this site as the browser sees it, such as {@code /prove}; default: none
     */
    public HttpAuthBuilder reauthenticationPage(String path) {
        reauthenticationPage = Optional.of(path);
        return this;
    }

    /**
     * Sets the clock.
     *
     * @param clock default: the system's
     */
    public HttpAuthBuilder clock(Clock clock) {
        this.clock = clock;
        return this;
    }

    /**
     * Checks the whole.
     *
     * @throws IllegalArgumentException naming what is missing or wrong
     */
    public HttpAuth build() {
        Wiring.checkLanes(lanes);
        return new HttpAuth(this);
    }

    List<Origin> checkedOrigins() {
        return Wiring.origins(lanes, origins, insecureOrigins);
    }

    LoginPages pages() {
        return LoginPages.of(loginPage, reauthenticationPage);
    }
}
