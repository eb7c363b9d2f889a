package dev.gateline.http;

import dev.gateline.Activity;
import dev.gateline.AuthListener;
import dev.gateline.Authenticator;
import dev.gateline.ClientInfo;
import dev.gateline.Credential;
import dev.gateline.Ending;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginAttempt;
import dev.gateline.LoginId;
import dev.gateline.LoginRefusedException;
import dev.gateline.LoginThrottle;
import dev.gateline.Logins;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.Verifier;
import dev.gateline.Verifier.Listening;
import dev.gateline.engine.OneRejection;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Logins over HTTP: who is this request, hand out a grant, take it back. Joins authenticators to carriers, one lane for
 * each kind of client; a request that brings credentials in two lanes is refused. Thread-safe.
 *
 * <p>All methods that take an {@link Exchange} may throw {@link dev.gateline.AuthUnavailableException}; the answer to
 * that is {@link #unavailable}, with the client's cookies left alone.
 *
 * <p><b>When to refuse.</b> The outcome of {@link #authenticate(Exchange)} belongs to the request and is kept with it.
 * A filter refuses at once only what another site made a browser send ({@link #refusedAtOnce}), and answers an outage.
 * Every other rejection is refused where an identity is demanded: a browser whose cookie is dead must still see what is
 * public, the login page above all. Nothing but a logout clears a dead cookie. A removal names a cookie and not its
 * value, so one that arrives late would take the cookie of a newer login; the next login replaces a dead one anyway.
 */
public final class HttpAuth {
    private static final String RETRY_AFTER_SECONDS = "5";

    private final List<WiredLane> lanes;
    private final List<Authenticator> authenticators;
    private final Requests requests;
    private final OnTheWay onTheWay;
    private final Handover handover;
    private final Departure departure;
    private final Refusals refusals;
    private final Logins logins;
    private final Optional<Throttle> throttle;
    private final Function<Exchange, ClientInfo> client;

    private HttpAuth(Builder builder) {
        lanes = List.copyOf(builder.lanes);
        List<Origin> origins = builder.checkedOrigins();
        CrossOriginGuard guard = new CrossOriginGuard(origins, builder.exemptions);
        requests = new Requests(lanes, guard, builder.clock, builder.listener.shielded());
        handover = new Handover(requests, origins, builder.clock);
        onTheWay = new OnTheWay(handover);
        departure = new Departure(requests, origins, builder.clearsSiteData);
        refusals = new Refusals(lanes.stream().map(WiredLane::carrier).toList());
        client = builder.client;
        throttle = builder.throttle.map(wired -> new Throttle(wired, deviceCookie()));
        authenticators = lanes.stream().map(WiredLane::authenticator).distinct().toList();
        logins =
                Logins.joined(authenticators.stream().map(Authenticator::logins).toList());
    }

    /** With the attributes of the first cookies that are wired. */
    private Optional<Throttle.DeviceCookie> deviceCookie() {
        return lanes.stream()
                .map(WiredLane::carrier)
                .filter(CookieCarrier.class::isInstance)
                .map(carrier -> ((CookieCarrier) carrier).device())
                .findFirst();
    }

    /** Starts wiring. At least one lane is required, and with cookies an origin. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Who is this request? To be asked once for each. An access credential that came in cookies and has expired is
     * refreshed on the way, unless the response has been sent.
     *
     * @param exchange whose response may get fresh cookies
     * @return {@link Rejection#MISSING} if the request brings no credential: what is public may go on
     */
    public Outcome<Identity> authenticate(Exchange exchange) {
        return authenticate(exchange, Requirement.none());
    }

    /**
     * Who is this request, and is the proof good enough?
     *
     * @param exchange whose response may get fresh cookies
     * @param requirement as for {@link Authenticator#authenticate(Credential, Requirement)}
     * @return {@link Rejection#MISSING} if the request brings no credential
     */
    public Outcome<Identity> authenticate(Exchange exchange, Requirement requirement) {
        return authenticate(exchange, requirement, Activity.USER);
    }

    /**
     * Who is this request, and whose doing is it?
     *
     * @param exchange whose response may get fresh cookies
     * @param requirement as for {@link #authenticate(Exchange, Requirement)}
     * @param activity {@link Activity#BACKGROUND} for a page that polls: the login goes idle all the same
     */
    public Outcome<Identity> authenticate(Exchange exchange, Requirement requirement, Activity activity) {
        return answer(
                exchange,
                () -> requests.find(exchange)
                        .then(found -> onTheWay.authenticate(exchange, found, requirement, activity)));
    }

    /** Whether {@link #authenticate} answers {@link Rejection#MISSING} without asking an authenticator. */
    boolean bringsNothing(Exchange exchange) {
        return requests.all(exchange).isEmpty();
    }

    /**
     * Whether what is public is refused, too.
     *
     * @param outcome of {@link #authenticate(Exchange)}
     * @return {@link Rejection#CROSS_ORIGIN} or empty
     */
    public static Optional<Rejection> refusedAtOnce(Outcome<Identity> outcome) {
        return outcome.rejection().filter(reason -> reason == Rejection.CROSS_ORIGIN);
    }

    /**
     * Whether the request may log in at all: to be asked before a password is verified, or another site could make
     * browsers guess.
     *
     * @param exchange of the login
     * @return {@link Rejection#CROSS_ORIGIN} if another site made the browser send it
     */
    public Optional<Rejection> checkLogin(Exchange exchange) {
        return checkLogin(exchange, guessed(exchange));
    }

    /**
     * The same for a client that the host knows.
     *
     * @param exchange of the login
     * @param lane of the client
     * @return {@link Rejection#CROSS_ORIGIN} if another site made the browser send it
     * @throws IllegalArgumentException if no such lane is wired
     */
    public Optional<Rejection> checkLogin(Exchange exchange, Lane lane) {
        return checkLogin(exchange, wired(lane));
    }

    private Optional<Rejection> checkLogin(Exchange exchange, WiredLane lane) {
        return answer(exchange, () -> requests.permitLogin(exchange, lane)).rejection();
    }

    /**
     * Whether the request may try to log in as somebody, or to prove again who they are: another site didn't make the
     * browser send it, and there were not too many failures. The attempt counts as one from now on, until
     * {@link #succeeded} gives it back. To be asked before a password is verified.
     *
     * @param exchange of the login; its response is told how long to wait, if there were too many failures
     * @param attempt whose device is looked for in the request's cookies
     * @return {@link Rejection#CROSS_ORIGIN}, or {@link Rejection#TOO_MANY_ATTEMPTS}
     * @throws IllegalStateException if no {@linkplain Builder#throttle throttle} is wired
     */
    public Optional<Rejection> checkLogin(Exchange exchange, LoginAttempt attempt) {
        return checkLogin(exchange, attempt, guessed(exchange));
    }

    /**
     * The same for a client that the host knows.
     *
     * @param exchange of the login; its response is told how long to wait, if there were too many failures
     * @param attempt whose device is looked for in the request's cookies
     * @param lane of the client
     * @return {@link Rejection#CROSS_ORIGIN}, or {@link Rejection#TOO_MANY_ATTEMPTS}
     * @throws IllegalStateException if no {@linkplain Builder#throttle throttle} is wired
     * @throws IllegalArgumentException if no such lane is wired
     */
    public Optional<Rejection> checkLogin(Exchange exchange, LoginAttempt attempt, Lane lane) {
        return checkLogin(exchange, attempt, wired(lane));
    }

    private Optional<Rejection> checkLogin(Exchange exchange, LoginAttempt attempt, WiredLane lane) {
        Throttle wired = throttle();
        Optional<Rejection> refusal = checkLogin(exchange, lane);
        boolean permitted = refusal.isPresent() || wired.permits(exchange, attempt);
        return permitted
                ? refusal
                : answer(exchange, () -> requests.refused(Rejection.TOO_MANY_ATTEMPTS))
                        .rejection();
    }

    /**
     * The user of an attempt has proved who they are, by all that the host asks for: the attempt does not count as a
     * failure, and a browser gets a cookie by which its device is known at the next attempt. Also right after a link
     * from a mail to reset the password, so that those who were locked out get in.
     *
     * @param exchange whose response gets the cookie
     * @param attempt as it was given to {@link #checkLogin(Exchange, LoginAttempt)}
     * @throws IllegalStateException if no {@linkplain Builder#throttle throttle} is wired
     */
    public void succeeded(Exchange exchange, LoginAttempt attempt) {
        throttle().succeeded(exchange, attempt);
    }

    private Throttle throttle() {
        return throttle.orElseThrow(
                () -> new IllegalStateException("wire a throttle: HttpAuth.builder().throttle(...)"));
    }

    /**
     * Starts a login for a user whom the host has just verified, and hands out its grant. Whatever logins the request
     * came with end. The lane is guessed: a browser is known by the headers that only browsers send, or by a GET that
     * asks for a page; it gets cookies if there is a lane of cookies. Other clients get a bearer token if there is a
     * lane of those. A host that knows its clients, by the path of the login for instance, calls
     * {@link #login(Exchange, Login, Lane)}.
     *
     * @param exchange whose response gets the grant
     * @param login the verified user
     * @return {@link Rejection#CROSS_ORIGIN} if another site made the browser log in
     * @throws LoginRefusedException if the login can't be held, or its credentials don't fit the carrier
     * @throws IllegalStateException if the response has been sent; nothing has changed then
     */
    public Outcome<Issued> login(Exchange exchange, Login login) {
        return login(exchange, login, guessed(exchange));
    }

    /**
     * The same for a client that the host knows: a browser comes back from an identity provider or by a link in a mail
     * without a header that tells it from a program.
     *
     * @param exchange whose response gets the grant
     * @param login the verified user
     * @param lane of the client
     * @return {@link Rejection#CROSS_ORIGIN} if another site made the browser log in
     * @throws LoginRefusedException if the login can't be held, or its credentials don't fit the carrier
     * @throws IllegalStateException if the response has been sent; nothing has changed then
     * @throws IllegalArgumentException if no such lane is wired
     */
    public Outcome<Issued> login(Exchange exchange, Login login, Lane lane) {
        return login(exchange, login, wired(lane));
    }

    private Outcome<Issued> login(Exchange exchange, Login login, WiredLane lane) {
        return answer(
                exchange,
                () -> requests.permitLogin(exchange, lane)
                        .map(permitted -> handover.login(exchange, login, permitted)));
    }

    private WiredLane guessed(Exchange exchange) {
        List<WiredLane> starting =
                lanes.stream().filter(lane -> !lane.onlyReads()).toList();
        if (starting.isEmpty()) {
            throw new IllegalStateException("all lanes are reading lanes: a login needs lane(carrier, authenticator)");
        }
        return starting.stream()
                .filter(each -> each.carrier().suits(exchange))
                .findFirst()
                .orElse(starting.get(0));
    }

    private WiredLane wired(Lane lane) {
        return lanes.stream()
                .filter(each -> each.carrier().lane() == lane && !each.onlyReads())
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("lane: one that is wired and starts logins, was " + lane));
    }

    /**
     * Trades the renewal credential of the request for fresh credentials.
     *
     * @param exchange whose response gets them
     * @return as of {@link Authenticator#renew}
     * @throws IllegalStateException if the response has been sent; nothing has changed then
     */
    public Outcome<Issued> renew(Exchange exchange) {
        return answer(exchange, () -> requests.findForChange(exchange).then(found -> handover.renew(exchange, found)));
    }

    /**
     * Steps up the login of the request, after the host has verified the user again.
     *
     * @param exchange whose response gets the new credentials
     * @param again the new proof
     * @return as of {@link Authenticator#reauthenticate}
     * @throws IllegalStateException if the response has been sent; nothing has changed then
     */
    public Outcome<Issued> reauthenticate(Exchange exchange, Login again) {
        return answer(
                exchange,
                () -> requests.findForChange(exchange).then(found -> handover.reauthenticate(exchange, found, again)));
    }

    /**
     * Ends the login of the request, and makes a browser forget it. Cookies go once their login has ended, and if no
     * login here has their secret: it may have ended long ago. Other cookies that prove nothing are left alone, because
     * their login may live. If the request brings several credentials, or more cookies than are read, every login that
     * they prove ends and all of them are cleared: nobody could use them.
     *
     * @param exchange whose response clears the cookies, if it has not been sent
     * @return the login, which has ended, or one of several; {@link Rejection#MISSING} if there was none,
     *     {@link Rejection#CROSS_ORIGIN} if another site made the browser send it; any other rejection says that
     *     nothing was proved and nothing has ended now. For {@link Rejection#UNKNOWN} nothing is left to end as a rule,
     *     and the cookies are gone; after any other, tell the user, who can end the login in the list of devices
     */
    public Outcome<LoginId> logout(Exchange exchange) {
        return answer(exchange, () -> departure.logout(exchange));
    }

    /**
     * Whether the login of an identity is still live, and its proof still good enough, as
     * {@link Authenticator#recheck}: for a stream, a long poll or a WebSocket that stays open.
     *
     * @param identity that {@link #authenticate} has accepted
     * @param requirement what the identity must satisfy besides being live
     */
    public Outcome<Identity> recheck(Identity identity, Requirement requirement) {
        return Verifier.recheckAtAny(authenticators, identity, requirement);
    }

    /**
     * Tells of each login that ends before its time, as {@link Authenticator#onEnded}.
     *
     * @param listener of all lanes
     */
    public Listening onEnded(Consumer<Ending> listener) {
        return Verifier.onEndedAtAny(authenticators, listener);
    }

    /** What is live in all lanes, and ending it. */
    public Logins logins() {
        return logins;
    }

    /**
     * The right way to say no. Tells the client nothing that would help it guess.
     *
     * @param reason of a rejection
     * @param exchange whose response gets the challenge
     * @return the status: 400, 401, 403, 429 or 431 (RFC 6585 section 5)
     */
    public int refuse(Rejection reason, Exchange exchange) {
        return refuse(reason, exchange, Requirement.none());
    }

    /**
     * The same, telling a client whose proof is too old how recent it must be (RFC 9470 section 3), so that it can ask
     * the user for another and step up.
     *
     * @param reason of a rejection
     * @param exchange whose response gets the challenge
     * @param requirement that was not met
     * @return the status: 400, 401, 403, 429 or 431
     */
    public int refuse(Rejection reason, Exchange exchange, Requirement requirement) {
        return refusals.refuse(reason, exchange, requirement);
    }

    /**
     * The right answer to a {@link LoginRefusedException}: the login can't be held now. It has no {@code Retry-After},
     * for time alone may not help.
     *
     * @param refusal whose message may be shown
     * @return 503
     */
    public int refuse(LoginRefusedException refusal) {
        return 503;
    }

    /**
     * The right answer to an {@link dev.gateline.AuthUnavailableException}: try again, and keep what you have.
     *
     * @param exchange whose response gets {@code Retry-After}
     * @return 503
     */
    public int unavailable(Exchange exchange) {
        exchange.addHeader("Retry-After", RETRY_AFTER_SECONDS);
        return 503;
    }

    /** Whatever is told meanwhile says which client it was, and tells of one rejection at most. */
    private <T> Outcome<T> answer(Exchange exchange, Supplier<Outcome<T>> request) {
        return ClientInfo.during(() -> client.apply(exchange), () -> OneRejection.of(request));
    }

    /** Wires lanes. Not thread-safe. */
    public static final class Builder {
        private final List<WiredLane> lanes = new ArrayList<>();
        private final Set<String> origins = new LinkedHashSet<>();
        private final Set<String> insecureOrigins = new LinkedHashSet<>();
        private final List<Predicate<Exchange>> exemptions = new ArrayList<>();
        private boolean clearsSiteData;
        private Clock clock = Clock.systemUTC();
        private AuthListener listener = AuthListener.none();
        private Optional<LoginThrottle> throttle = Optional.empty();
        private Function<Exchange, ClientInfo> client = Builder::clientOf;

        private Builder() {}

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
        public Builder lane(Carrier carrier, Authenticator authenticator) {
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
        public Builder readingLane(Carrier carrier, Verifier verifier) {
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
        public Builder origin(String origin) {
            origins.add(origin);
            return this;
        }

        /**
         * Names an origin over plain HTTP on a machine of the developers' network. Whoever listens there can read
         * cookies and passwords, and browsers take Secure cookies from no such page.
         *
         * @param origin such as {@code http://park.test:8080}
         */
        public Builder insecureHttpOriginForDevelopment(String origin) {
            insecureOrigins.add(origin);
            return this;
        }

        /**
         * Lets other sites make a browser act with its cookies at one path: for the answer of an identity provider, by
         * a form post or by the ordinary GET of the code flow, whose {@code state} the host has to check.
         *
         * @param path exactly as {@link Exchange#path()} gives it
         */
        public Builder insecureCrossOriginAllowedAt(String path) {
            return insecureCrossOriginAllowedIf(exchange -> exchange.path().equals(path));
        }

        /**
         * The same where the path is not known in advance: for a link in a mail that logs in, {@code /magic/{token}},
         * which a page of webmail opens. Such a link proves who has the mail, and not whose browser opens it; let a
         * page of the host's own ask before it logs in.
         *
         * @param exempt true for requests of any origin that may act
         */
        public Builder insecureCrossOriginAllowedIf(Predicate<Exchange> exempt) {
            exemptions.add(exempt);
            return this;
        }

        /**
         * Makes browsers forget pages and what scripts have stored as well as cookies at logout (ASVS 5.0 14.3.1), by
         * {@code Clear-Site-Data: "cache", "storage"}. The value {@code "cookies"} is not sent: it would also take the
         * cookies of all sibling hosts. The page that is left for the logout comes back with the back button all the
         * same, unless it was sent with {@code Cache-Control: no-store}: a browser puts it aside only afterwards.
         */
        public Builder clearSiteDataAtLogout() {
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
        public Builder client(Function<Exchange, ClientInfo> client) {
            this.client = client;
            return this;
        }

        /**
         * Hears of requests that are refused before an authenticator sees them.
         *
         * @param listener default: none
         */
        public Builder listener(AuthListener listener) {
            this.listener = listener;
            return this;
        }

        /**
         * Slows down those who guess, in {@link #checkLogin(Exchange, LoginAttempt)}. Browsers keep a cookie for it
         * that is named as that of the first lane of cookies, with {@code -device} behind it.
         *
         * @param throttle such as {@link dev.gateline.throttle.StoredLoginThrottle}; default: none
         */
        public Builder throttle(LoginThrottle throttle) {
            this.throttle = Optional.of(throttle);
            return this;
        }

        /**
         * Sets the clock.
         *
         * @param clock default: the system's
         */
        public Builder clock(Clock clock) {
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

        private List<Origin> checkedOrigins() {
            return Wiring.origins(lanes, origins, insecureOrigins);
        }
    }
}
