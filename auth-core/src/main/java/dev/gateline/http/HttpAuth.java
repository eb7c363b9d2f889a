package dev.gateline.http;

import dev.gateline.Activity;
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
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
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

    HttpAuth(HttpAuthBuilder builder) {
        lanes = new Lanes(builder.lanes);
        List<Origin> origins = builder.checkedOrigins();
        CrossOriginGuard guard = new CrossOriginGuard(origins, builder.exemptions);
        requests = new Requests(lanes.all(), guard, builder.clock, builder.listener.shielded());
        handover = new Handover(requests, origins, builder.clock);
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
        return checkLogin(exchange, lanes.guessed(exchange));
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
        return checkLogin(exchange, lanes.wired(lane));
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
     * @throws IllegalStateException if no {@linkplain HttpAuthBuilder#throttle throttle} is wired
     */
    public Optional<Rejection> checkLogin(Exchange exchange, LoginAttempt attempt) {
        return checkLogin(exchange, attempt, lanes.guessed(exchange));
    }

    /**
     * The same for a client that the host knows.
     *
     * @param exchange of the login; its response is told how long to wait, if there were too many failures
     * @param attempt whose device is looked for in the request's cookies
     * @param lane of the client
     * @return {@link Rejection#CROSS_ORIGIN}, or {@link Rejection#TOO_MANY_ATTEMPTS}
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
     * The user of an attempt has proved who they are, by all that the host asks for: the attempt does not count as a
     * failure, and a browser gets a cookie by which its device is known at the next attempt. Also right after a link
     * from a mail to reset the password, so that those who were locked out get in.
     *
     * @param exchange whose response gets the cookie
     * @param attempt as it was given to {@link #checkLogin(Exchange, LoginAttempt)}
     * @throws IllegalStateException if no {@linkplain HttpAuthBuilder#throttle throttle} is wired
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
        return login(exchange, login, lanes.guessed(exchange));
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
     * @param exchange whose response gets the challenge, or the address of the login page
     * @return to be sent: 400, 401, 403, 429 or 431 (RFC 6585 section 5), or 303 to the login page
     */
    public Refusal refuse(Rejection reason, Exchange exchange) {
        return refuse(reason, exchange, Requirement.none());
    }

    /**
     * As {@link #refuse(Rejection, Exchange)}, and a client whose proof is too old is told how recent it must be (RFC
     * 9470 section 3), so that it can ask the user for another and step up.
     *
     * @param reason of a rejection
     * @param exchange whose response gets the challenge, or the address of the page that asks for a proof
     * @param requirement that was not met
     * @return to be sent: 400, 401, 403, 429 or 431, or 303 to a page
     */
    public Refusal refuse(Rejection reason, Exchange exchange, Requirement requirement) {
        return refusals.refuse(reason, exchange, requirement);
    }

    /**
     * The right answer to a {@link LoginRefusedException}: the login can't be held now. It has no {@code Retry-After},
     * for time alone may not help.
     *
     * @param refusal whose message may be shown
     * @param exchange of the login
     * @return to be sent: 503
     */
    public Refusal refuse(LoginRefusedException refusal, Exchange exchange) {
        return Refusal.of(503, exchange);
    }

    /**
     * The right answer to an {@link dev.gateline.AuthUnavailableException}: try again, and keep what you have.
     *
     * @param exchange whose response gets {@code Retry-After}
     * @return to be sent: 503
     */
    public Refusal unavailable(Exchange exchange) {
        return Refusals.unavailable(exchange);
    }

    /** Whatever is told meanwhile says which client it was, and tells of one rejection at most. */
    private <T> Outcome<T> answer(Exchange exchange, Supplier<Outcome<T>> request) {
        return ClientInfo.during(() -> client.apply(exchange), () -> OneRejection.of(request));
    }
}
