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
import dev.gateline.Logins;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.Verifier;
import dev.gateline.Verifier.Listening;
import dev.gateline.engine.OneRejection;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Logins over HTTP: it authenticates requests, and hands credentials out and clears them. It joins authenticators to
 * carriers, one lane for each kind of client. A request with credentials in two lanes is refused. Thread-safe.
 *
 * <p>All methods that take an {@link Exchange} may throw {@link dev.gateline.AuthUnavailableException}. Answer it with
 * {@link #unavailable}; the client's cookies stay.
 *
 * <p><b>When to refuse.</b> Keep the outcome of {@link #authenticate(Exchange)} with the request. A filter refuses at
 * once only a request that another site made a browser send ({@link #refusedAtOnce}), and an outage. Refuse every other
 * rejection only where a page needs an identity, because a browser with a dead cookie must still see public pages,
 * above all the login page. Only a logout clears a dead cookie: a late removal would take the cookie of a newer login.
 */
public final class HttpAuth {
    private final Lanes lanes;
    private final List<Authenticator> authenticators;
    private final Requests requests;
    private final OnTheWay onTheWay;
    private final Handover handover;
    private final Departure departure;
    private final Refusals refusals;
    private final Logins logins;
    private final Optional<Throttle> throttle;
    private final Function<Exchange, ClientInfo> client;

    HttpAuth(HttpAuthBuilder builder, Clock clock, AuthListener listener) {
        lanes = new Lanes(builder.lanes);
        List<Origin> origins = builder.checkedOrigins();
        CrossOriginGuard guard = new CrossOriginGuard(origins, builder.exemptions);
        requests = new Requests(lanes.all(), guard, clock, listener.shielded());
        handover = new Handover(requests, origins, clock);
        onTheWay = new OnTheWay(handover);
        departure = new Departure(requests, origins, builder.clearsSiteData);
        refusals = new Refusals(lanes.carriers(), builder.pages());
        client = builder.client;
        throttle = builder.throttle.map(wired -> new Throttle(wired, lanes.deviceCookie()));
        authenticators = lanes.authenticators();
        logins =
                Logins.joined(authenticators.stream().map(Authenticator::logins).toList());
    }

    /** Starts wiring. At least one lane is required, and with cookies an origin. */
    public static HttpAuthBuilder builder() {
        return new HttpAuthBuilder();
    }

    /**
     * Says who sent a request. Call it once for each request. It refreshes an expired access credential in a cookie,
     * unless the response has been sent.
     *
     * @param exchange the request; its response may get fresh cookies
     * @return the identity; {@link Rejection#MISSING} if the request has no credential, so that a public page may
     *     continue
     */
    public Outcome<Identity> authenticate(Exchange exchange) {
        return authenticate(exchange, Requirement.none());
    }

    /**
     * Says who sent a request, if the proof satisfies a requirement.
     *
     * @param exchange the request; its response may get fresh cookies
     * @param requirement as for {@link Authenticator#authenticate(Credential, Requirement)}
     * @return the identity; {@link Rejection#MISSING} if the request has no credential
     */
    public Outcome<Identity> authenticate(Exchange exchange, Requirement requirement) {
        return authenticate(exchange, requirement, Activity.USER);
    }

    /**
     * Says who sent a request, for a request of the user or of a program.
     *
     * @param exchange the request; its response may get fresh cookies
     * @param requirement as for {@link #authenticate(Exchange, Requirement)}
     * @param activity {@link Activity#BACKGROUND} for a page that polls, so that its requests don't postpone the idle
     *     timeout
     */
    public Outcome<Identity> authenticate(Exchange exchange, Requirement requirement, Activity activity) {
        return answer(
                exchange,
                () -> requests.find(exchange)
                        .then(found -> onTheWay.authenticate(exchange, found, requirement, activity)));
    }

    /**
     * Says who sent a request, if memory alone can tell, as {@link #tryAuthenticate(Exchange, Requirement, Activity)}
     * does.
     *
     * @param exchange the request
     */
    public Optional<Outcome<Identity>> tryAuthenticate(Exchange exchange) {
        return tryAuthenticate(exchange, Requirement.none(), Activity.USER);
    }

    /**
     * Says who sent a request, if memory alone can tell. It waits for nothing, tells no listener and adds no header, so
     * an event loop may call it. {@link AsyncHttpAuth} does.
     *
     * @param exchange the request
     * @param requirement as for {@link #authenticate(Exchange, Requirement)}
     * @param activity as for {@link #authenticate(Exchange, Requirement, Activity)}
     * @return an identity, or {@link Rejection#MISSING}. Empty if another answer is possible, or if cookies have to be
     *     renewed: then call {@link #authenticate(Exchange, Requirement, Activity)} on a thread that may wait
     */
    public Optional<Outcome<Identity>> tryAuthenticate(Exchange exchange, Requirement requirement, Activity activity) {
        List<Found> all = requests.all(exchange);
        return all.isEmpty()
                ? Optional.of(Outcome.rejected(Rejection.MISSING))
                : requests.find(all, exchange)
                        .toOptional()
                        .flatMap(found -> onTheWay.tryAuthenticate(found, requirement, activity))
                        .map(Outcome::accepted);
    }

    /**
     * Whether a request must be refused even on a public page.
     *
     * @param outcome the outcome of {@link #authenticate(Exchange)}
     * @return {@link Rejection#CROSS_ORIGIN} or empty
     */
    public static Optional<Rejection> refusedAtOnce(Outcome<Identity> outcome) {
        return outcome.rejection().filter(reason -> reason == Rejection.CROSS_ORIGIN);
    }

    /**
     * Checks whether a request may log in. Call it before you verify a password; otherwise another site could make
     * browsers guess.
     *
     * @param exchange the request of the login
     * @return {@link Rejection#CROSS_ORIGIN} if another site made the browser send the request; otherwise empty
     */
    public Optional<Rejection> checkLogin(Exchange exchange) {
        return checkLogin(exchange, lanes.guessed(exchange));
    }

    /**
     * Checks whether a request may log in, for a client whose lane the host knows.
     *
     * @param exchange the request of the login
     * @param lane the lane of the client
     * @return {@link Rejection#CROSS_ORIGIN} if another site made the browser send the request; otherwise empty
     * @throws IllegalArgumentException if no such lane is wired
     */
    public Optional<Rejection> checkLogin(Exchange exchange, Lane lane) {
        return checkLogin(exchange, lanes.wired(lane));
    }

    private Optional<Rejection> checkLogin(Exchange exchange, WiredLane lane) {
        return answer(exchange, () -> requests.permitLogin(exchange, lane)).rejection();
    }

    /**
     * Checks whether a request may try to log in or to step up: another site must not have caused it, and there must
     * not have been too many failures. The attempt counts as a failure from now on, until {@link #succeeded} gives it
     * back. Call it before you verify a password.
     *
     * @param exchange the request; its response says how long to wait, if there were too many failures
     * @param attempt the attempt; its device comes from the request's cookies
     * @return {@link Rejection#CROSS_ORIGIN} or {@link Rejection#TOO_MANY_ATTEMPTS}; empty if the attempt is permitted
     * @throws IllegalStateException if no {@linkplain HttpAuthBuilder#throttle throttle} is wired
     */
    public Optional<Rejection> checkLogin(Exchange exchange, LoginAttempt attempt) {
        return checkLogin(exchange, attempt, lanes.guessed(exchange));
    }

    /**
     * Checks whether a request may try to log in or to step up, for a client whose lane the host knows.
     *
     * @param exchange the request; its response says how long to wait, if there were too many failures
     * @param attempt the attempt; its device comes from the request's cookies
     * @param lane the lane of the client
     * @return {@link Rejection#CROSS_ORIGIN} or {@link Rejection#TOO_MANY_ATTEMPTS}; empty if the attempt is permitted
     * @throws IllegalStateException if no {@linkplain HttpAuthBuilder#throttle throttle} is wired
     * @throws IllegalArgumentException if no such lane is wired
     */
    public Optional<Rejection> checkLogin(Exchange exchange, LoginAttempt attempt, Lane lane) {
        return checkLogin(exchange, attempt, lanes.wired(lane));
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
     * Reports that the user of an attempt has proved who they are by all factors. The attempt does not count as a
     * failure any more, and a browser gets a cookie by which its device is known at the next attempt. Call it before
     * {@code login}: if the counts are out of reach, no login is left behind. Call it also after a user has followed a
     * link from a mail to reset the password, so that users who were locked out get in.
     *
     * @param exchange the request; its response gets the cookie
     * @param attempt the attempt that was given to {@link #checkLogin(Exchange, LoginAttempt)}
     * @throws IllegalStateException if no {@linkplain HttpAuthBuilder#throttle throttle} is wired
     */
    public void succeeded(Exchange exchange, LoginAttempt attempt) {
        throttle().succeeded(exchange, attempt);
    }

    /** Whether a {@linkplain HttpAuthBuilder#throttle throttle} is wired, so that attempts can be counted. */
    public boolean hasThrottle() {
        return throttle.isPresent();
    }

    private Throttle throttle() {
        return throttle.orElseThrow(
                () -> new IllegalStateException("wire a throttle: HttpAuth.builder().throttle(...)"));
    }

    /**
     * Starts a login for a user whom the host has just verified, and hands out its grant. The logins of the request's
     * credentials end. The headers decide the lane: a client is a browser if it sends headers that only browsers send,
     * or a GET for a page. A browser gets cookies if there is a lane of cookies; other clients get a bearer token if
     * there is a lane of those. A host that knows its clients, for example by the path of the login, calls {@link
     * #login(Exchange, Login, Lane)}.
     *
     * @param exchange the request; its response gets the grant
     * @param login the verified user
     * @return {@link Rejection#CROSS_ORIGIN} if another site made the browser log in
     * @throws LoginRefusedException if the login can't be held, or its credentials don't fit the carrier
     * @throws IllegalStateException if the response has been sent; then nothing has changed
     */
    public Outcome<Issued> login(Exchange exchange, Login login) {
        return login(exchange, login, lanes.guessed(exchange));
    }

    /**
     * Starts a login, as {@link #login(Exchange, Login)} does, for a client whose lane the host knows. A browser that
     * comes back from an identity provider, or by a link in a mail, may have no header that distinguishes it from a
     * program.
     *
     * @param exchange the request; its response gets the grant
     * @param login the verified user
     * @param lane the lane of the client
     * @return {@link Rejection#CROSS_ORIGIN} if another site made the browser log in
     * @throws LoginRefusedException if the login can't be held, or its credentials don't fit the carrier
     * @throws IllegalStateException if the response has been sent; then nothing has changed
     * @throws IllegalArgumentException if no such lane is wired
     */
    public Outcome<Issued> login(Exchange exchange, Login login, Lane lane) {
        return login(exchange, login, lanes.wired(lane));
    }

    private Outcome<Issued> login(Exchange exchange, Login login, WiredLane lane) {
        return answer(
                exchange,
                () -> requests.permitLogin(exchange, lane)
                        .map(permitted -> handover.login(exchange, login, permitted)));
    }

    /**
     * Trades the renewal credential of the request for fresh credentials.
     *
     * @param exchange the request; its response gets the credentials
     * @return as for {@link Authenticator#renew}
     * @throws IllegalStateException if the response has been sent; then nothing has changed
     */
    public Outcome<Issued> renew(Exchange exchange) {
        return answer(exchange, () -> requests.findForChange(exchange).then(found -> handover.renew(exchange, found)));
    }

    /**
     * Steps up the login of the request, after the host has verified the user again.
     *
     * @param exchange the request; its response gets the new credentials
     * @param again the new proof
     * @return as for {@link Authenticator#reauthenticate}
     * @throws IllegalStateException if the response has been sent; then nothing has changed
     */
    public Outcome<Issued> reauthenticate(Exchange exchange, Login again) {
        return answer(
                exchange,
                () -> requests.findForChange(exchange).then(found -> handover.reauthenticate(exchange, found, again)));
    }

    /**
     * Ends the login of the request, and clears its cookies. It clears cookies whose login has ended, and cookies whose
     * secret no login has, because their login may have ended long ago. Other cookies that prove nothing stay, because
     * their login may live. If the request has several credentials, or more cookies than are read, it ends every login
     * that they prove and clears all of them, because nobody could use them.
     *
     * @param exchange the request; its response clears the cookies, if it has not been sent
     * @return the login that has ended, or one of several; {@link Rejection#MISSING} if the request has no credential;
     *     {@link Rejection#CROSS_ORIGIN} if another site made the browser send it. Any other rejection says that
     *     nothing was proved and no login has ended now. After {@link Rejection#UNKNOWN} there is usually no login left
     *     to end, and the cookies are cleared. After any other rejection tell the user, who can end the login in the
     *     list of devices
     */
    public Outcome<LoginId> logout(Exchange exchange) {
        return answer(exchange, () -> departure.logout(exchange));
    }

    /**
     * Says whether the login of an identity is still live and its proof still good enough, as {@link
     * Authenticator#recheck} does, for a stream, a long poll or a WebSocket that stays open.
     *
     * @param identity an identity that {@link #authenticate} has accepted
     * @param requirement what the identity must satisfy besides being live
     */
    public Outcome<Identity> recheck(Identity identity, Requirement requirement) {
        return Verifier.recheckAtAny(authenticators, identity, requirement);
    }

    /**
     * Reports each login that ends before its time, as {@link Authenticator#onEnded} does.
     *
     * @param listener the listener for all lanes
     */
    public Listening onEnded(Consumer<Ending> listener) {
        return Verifier.onEndedAtAny(authenticators, listener);
    }

    /** Lists and ends the logins of all lanes. */
    public Logins logins() {
        return logins;
    }

    /**
     * Prepares the answer to a rejection. It tells the client nothing that would help an attacker to guess.
     *
     * @param reason the reason of the rejection
     * @param exchange the request, whose response gets the challenge, or the address of the login page
     * @return the answer to send: 400, 401, 403, 429 or 431 (RFC 6585 section 5), or 303 to the login page
     */
    public Refusal refuse(Rejection reason, Exchange exchange) {
        return refuse(reason, exchange, Requirement.none());
    }

    /**
     * Prepares the answer to a rejection, as {@link #refuse(Rejection, Exchange)} does. It tells a client whose proof
     * is too old how recent the proof must be (RFC 9470 section 3), so that the client can ask the user for a new one
     * and step up.
     *
     * @param reason the reason of the rejection
     * @param exchange the request, whose response gets the challenge, or the address of the page that asks for a proof
     * @param requirement the requirement that was not met
     * @return the answer to send: 400, 401, 403, 429 or 431, or 303 to a page
     */
    public Refusal refuse(Rejection reason, Exchange exchange, Requirement requirement) {
        return refusals.refuse(reason, exchange, requirement);
    }

    /**
     * Prepares the answer to a {@link LoginRefusedException}: the login can't be held now. It has no {@code
     * Retry-After}, because waiting may not help.
     *
     * @param refusal the exception, whose message may be shown
     * @param exchange the request of the login
     * @return the answer to send: 503
     */
    public Refusal refuse(LoginRefusedException refusal, Exchange exchange) {
        return Refusal.of(503, exchange);
    }

    /**
     * Prepares the answer to an {@link dev.gateline.AuthUnavailableException}: the client keeps its credentials and
     * tries again.
     *
     * @param exchange the request, whose response gets {@code Retry-After}
     * @return the answer to send: 503
     */
    public Refusal unavailable(Exchange exchange) {
        return Refusals.unavailable(exchange);
    }

    /** Events of the action name the client, and report at most one rejection. */
    private <T> Outcome<T> answer(Exchange exchange, Supplier<Outcome<T>> request) {
        return ClientInfo.during(() -> client.apply(exchange), () -> OneRejection.of(request));
    }
}
