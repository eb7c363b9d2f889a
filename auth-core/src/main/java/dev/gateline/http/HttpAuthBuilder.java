package dev.gateline.http;

import dev.gateline.Authenticator;
import dev.gateline.ClientInfo;
import dev.gateline.ClockAndListener;
import dev.gateline.LoginAttempt;
import dev.gateline.LoginThrottle;
import dev.gateline.Rejection;
import dev.gateline.Verifier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Wires the lanes of an {@link HttpAuth}. The listener hears of requests that are refused before an authenticator sees
 * them. Not thread-safe.
 */
public final class HttpAuthBuilder extends ClockAndListener<HttpAuthBuilder> {
    final List<WiredLane> lanes = new ArrayList<>();
    private final Set<String> origins = new LinkedHashSet<>();
    private final Set<String> insecureOrigins = new LinkedHashSet<>();
    final List<Predicate<Exchange>> exemptions = new ArrayList<>();
    boolean clearsSiteData;
    Optional<LoginThrottle> throttle = Optional.empty();
    private Optional<String> loginPage = Optional.empty();
    private Optional<String> reauthenticationPage = Optional.empty();
    Function<Exchange, ClientInfo> client = HttpAuthBuilder::clientOf;

    HttpAuthBuilder() {}

    @Override
    protected HttpAuthBuilder self() {
        return this;
    }

    private static ClientInfo clientOf(Exchange exchange) {
        List<String> agents = exchange.headers("User-Agent");
        return new ClientInfo(exchange.remoteAddress(), agents.isEmpty() ? "" : agents.get(0));
    }

    /**
     * Adds a lane. A login uses the first lane whose carrier suits the client, so add cookies before bearer tokens.
     *
     * @param carrier the way in which credentials travel
     * @param authenticator the authenticator for these credentials; it may serve several lanes
     */
    public HttpAuthBuilder lane(Carrier carrier, Authenticator authenticator) {
        lanes.add(new WiredLane(carrier, authenticator));
        return this;
    }

    /**
     * Adds a lane for credentials that are issued elsewhere, such as access tokens that come to a resource server. No
     * login ever starts in it, and a call to renew or end one is rejected as {@link Rejection#WRONG_ISSUER}.
     *
     * @param carrier the way in which credentials travel
     * @param verifier the verifier for these credentials
     */
    public HttpAuthBuilder readingLane(Carrier carrier, Verifier verifier) {
        lanes.add(new WiredLane(carrier, new ReadOnly(verifier)));
        return this;
    }

    /**
     * Names an origin whose pages may act with a browser's cookies. The handshake of a WebSocket is guarded like a
     * change. Browsers only send {@code Origin} with it, so it is accepted if the origin of its page is named here.
     *
     * @param origin the origin as a browser sends it, such as {@code https://park.example}; http only for localhost and
     *     names below it; for the web view of an app such as {@code capacitor://localhost}
     */
    public HttpAuthBuilder origin(String origin) {
        origins.add(origin);
        return this;
    }

    /**
     * Names an origin over plain HTTP on a machine of the developers' network. Anybody on that network can read cookies
     * and passwords, and browsers accept no Secure cookies from such a page.
     *
     * @param origin such as {@code http://park.test:8080}
     */
    public HttpAuthBuilder insecureHttpOriginForDevelopment(String origin) {
        insecureOrigins.add(origin);
        return this;
    }

    /**
     * Lets other sites make a browser act with its cookies at one path. An identity provider needs this for its answer,
     * which is a form post or the ordinary GET of the code flow. The host has to check the {@code state} of that
     * answer.
     *
     * @param path exactly as {@link Exchange#path()} gives it
     */
    public HttpAuthBuilder insecureCrossOriginAllowedAt(String path) {
        return insecureCrossOriginAllowedIf(exchange -> exchange.path().equals(path));
    }

    /**
     * Lets other sites make a browser act with its cookies where the path is not known in advance: for example a link
     * in a mail that logs in, {@code /magic/{token}}, which a page of webmail opens. Such a link proves that somebody
     * has the mail, and not whose browser opens it. Let a page of the host ask before it logs in.
     *
     * @param exempt true for requests of any origin that may act
     */
    public HttpAuthBuilder insecureCrossOriginAllowedIf(Predicate<Exchange> exempt) {
        exemptions.add(exempt);
        return this;
    }

    /**
     * Makes browsers forget cached pages and the data of scripts at logout, besides cookies (ASVS 5.0 14.3.1). The
     * header is {@code Clear-Site-Data: "cache", "storage"}. The value {@code "cookies"} is not sent: it would also
     * take the cookies of all sibling hosts. The page from which the user logs out still comes back with the back
     * button, unless it was sent with {@code Cache-Control: no-store}, because a browser caches it only afterwards.
     */
    public HttpAuthBuilder clearSiteDataAtLogout() {
        clearsSiteData = true;
        return this;
    }

    /**
     * Determines the client of a request, for events. Behind a proxy the peer is the proxy. Then take the client's
     * address from the header that your proxy sets, and from no other header.
     *
     * @param client the function, called if there is an event; default: {@link Exchange#remoteAddress()} and {@code
     *     User-Agent}
     */
    public HttpAuthBuilder client(Function<Exchange, ClientInfo> client) {
        this.client = client;
        return this;
    }

    /**
     * Slows down guessing, in {@link HttpAuth#checkLogin(Exchange, LoginAttempt)}. Browsers keep a cookie for it, whose
     * name is that of the first lane of cookies followed by {@code -device}.
     *
     * @param throttle such as {@link dev.gateline.throttle.StoredLoginThrottle}; default: none
     */
    public HttpAuthBuilder throttle(LoginThrottle throttle) {
        this.throttle = Optional.of(throttle);
        return this;
    }

    /**
     * Sends a browser that navigates to a page without a login to the login page, by a 303. The address of that page
     * goes along as the parameter {@link ReturnPath#PARAMETER}; read it with {@link ReturnPath#orElse}. Other requests,
     * for example those of scripts, are still refused with 401.
     *
     * @param path the path on this site as the browser sees it, such as {@code /login}; default: none
     */
    public HttpAuthBuilder loginPage(String path) {
        loginPage = Optional.of(path);
        return this;
    }

    /**
     * Sends a browser whose proof is too old or too weak for the page to a page that asks for another, as {@link
     * #loginPage} does with strangers.
     *
     * @param path the path on this site as the browser sees it, such as {@code /prove}; default: none
     */
    public HttpAuthBuilder reauthenticationPage(String path) {
        reauthenticationPage = Optional.of(path);
        return this;
    }

    /**
     * Builds the {@link HttpAuth}.
     *
     * @throws IllegalArgumentException if a part is missing or wrong; the message names it
     */
    public HttpAuth build() {
        Wiring.checkLanes(lanes);
        return new HttpAuth(this, clock(), listener());
    }

    List<Origin> checkedOrigins() {
        return Wiring.origins(lanes, origins, insecureOrigins);
    }

    LoginPages pages() {
        return LoginPages.of(loginPage, reauthenticationPage);
    }
}
