package dev.gateline.http;

import dev.gateline.AuthEvent;
import dev.gateline.AuthListener;
import dev.gateline.AuthUnavailableException;
import dev.gateline.Authenticator;
import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginAttempt;
import dev.gateline.LoginId;
import dev.gateline.LoginRefusedException;
import dev.gateline.LoginThrottle;
import dev.gateline.Logins;
import dev.gateline.Outcome;
import dev.gateline.Outcome.Rejected;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.Verifier;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * Logins over HTTP: who is this request, hand out a grant, take it back. Joins authenticators to carriers, one lane for
 * each kind of client; a request that brings credentials in two lanes is refused. Thread-safe.
 *
 * <p>All methods that take an {@link Exchange} may throw {@link dev.gateline.AuthUnavailableException}; the answer to
 * that is {@link #unavailable}, with the client's cookies left alone.
 */
public final class HttpAuth {
    private static final String RETRY_AFTER_SECONDS = "5";
    private static final Set<Rejection> MENDABLE =
            Set.of(Rejection.EXPIRED, Rejection.LIVES_TOO_LONG, Rejection.BAD_SIGNATURE);

    private final List<Lane> lanes;
    private final CrossOriginGuard guard;
    private final Logins logins;
    private final Clock clock;
    private final AuthListener listener;
    private final Optional<Throttle> throttle;

    private record Found(Lane lane, Presented presented) {}

    private HttpAuth(Builder builder) {
        lanes = List.copyOf(builder.lanes);
        guard = new CrossOriginGuard(builder.origins, builder.exemptPaths);
        clock = builder.clock;
        listener = builder.listener.shielded();
        check(!lanes.isEmpty(), "a lane is needed: lane(carrier, authenticator), or readingLane(carrier, verifier)");
        check(
                lanes.stream().map(lane -> lane.carrier().getClass()).distinct().count() == lanes.size(),
                "a carrier has one lane");
        check(
                lanes.size() == 1 || lanes.get(0).carrier().isAmbient(),
                "the lane of cookies comes first: a login takes the first lane that suits the client");
        check(
                !guard.knowsNoOrigin()
                        || lanes.stream().noneMatch(lane -> lane.carrier().isAmbient()),
                "cookies need origin(...), the origin of the host's own pages, such as https://park.example");
        throttle = builder.throttle.map(wired -> new Throttle(wired, deviceCookie()));
        logins = Logins.joined(lanes.stream()
                .map(Lane::authenticator)
                .distinct()
                .map(Authenticator::logins)
                .toList());
    }

    /** With the attributes of the first cookies that are wired. */
    private Optional<CookieSettings> deviceCookie() {
        return lanes.stream()
                .map(Lane::carrier)
                .filter(CookieCarrier.class::isInstance)
                .map(carrier -> ((CookieCarrier) carrier).device())
                .findFirst();
    }

    private static void check(boolean ok, String rule) {
        if (!ok) {
            throw new IllegalArgumentException(rule);
        }
    }

    /** Starts wiring. At least one lane is required, and with cookies an origin. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Who is this request? To be asked once for each. An access credential that came in cookies and has expired is
     * refreshed on the way.
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
        return find(exchange, guard::permits).then(found -> {
            Lane lane = found.lane();
            Outcome<Identity> outcome = found.presented()
                    .access()
                    .map(access -> lane.authenticate(access, requirement))
                    .orElse(Outcome.rejected(Rejection.EXPIRED));
            if (!lane.carrier().isAmbient() || lane.onlyReads()) {
                return outcome;
            }
            return isMendable(outcome) && found.presented().hasRenewalOfItsOwn()
                    ? renewed(exchange, found, requirement)
                    : outcome.then(
                            identity -> requirement.isBackground() ? outcome : rotated(exchange, found, identity));
        });
    }

    /**
     * Whether the request may log in at all: to be asked before a password is verified, or another site could make
     * browsers guess.
     *
     * @param exchange of the login
     * @return {@link Rejection#CROSS_ORIGIN} if another site made the browser send it
     */
    public Optional<Rejection> checkLogin(Exchange exchange) {
        boolean permitted = !laneFor(exchange).carrier().isAmbient() || guard.permitsChange(exchange);
        return permitted ? Optional.empty() : refused(Rejection.CROSS_ORIGIN).rejection();
    }

    /**
     * Whether the request may try to log in as somebody, or to prove again who they are: another site didn't make the browser
     * send it, and there were not too many failures. The attempt counts as one from now on, until {@link #succeeded} gives it
     * back. To be asked before a password is verified.
     *
     * @param exchange of the login; its response is told how long to wait, if there were too many failures
     * @param attempt whose device is looked for in the request's cookies
     * @return {@link Rejection#CROSS_ORIGIN}, or {@link Rejection#TOO_MANY_ATTEMPTS}
     * @throws IllegalStateException if no {@linkplain Builder#throttle throttle} is wired
     */
    public Optional<Rejection> checkLogin(Exchange exchange, LoginAttempt attempt) {
        Throttle wired = throttle();
        Optional<Rejection> refusal = checkLogin(exchange);
        boolean permitted = refusal.isPresent() || wired.permits(exchange, attempt);
        return permitted ? refusal : refused(Rejection.TOO_MANY_ATTEMPTS).rejection();
    }

    /**
     * The user of an attempt has proved who they are, by all that the host asks for: the attempt does not count as a failure, and a
     * browser gets a cookie by which its device is known at the next attempt. Also right after a link from a mail to reset the
     * password, so that those who were locked out get in.
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
     * Starts a login for a user whom the host has just verified, and hands out its grant. Whatever login the request
     * came with ends. Browsers are known by the headers that only they send, and get cookies if there is a lane of
     * cookies; other clients get a bearer token if there is a lane of those.
     *
     * @param exchange whose response gets the grant
     * @param login the verified user
     * @return {@link Rejection#CROSS_ORIGIN} if another site made the browser log in
     * @throws LoginRefusedException if the login can't be held, or its credentials don't fit the carrier
     * @throws IllegalStateException if there is no lane but reading ones
     */
    public Outcome<Issued> login(Exchange exchange, Login login) {
        Optional<Rejection> refusal = checkLogin(exchange);
        if (refusal.isPresent()) {
            return Outcome.rejected(refusal.get());
        }
        Lane lane = laneFor(exchange);
        Optional<Presented> came =
                presented(exchange, lane).filter(it -> login.replaces().isEmpty());
        Login replacing = came.flatMap(Presented::longest).map(login::replacing).orElse(login);
        Grant grant = lane.authenticator().login(replacing);
        return Outcome.accepted(lane.orTakeBack(grant, () -> {
            came.ifPresent(it -> lane.logoutRest(it, Outcome.accepted(grant.loginId())));
            endWhatCameWith(exchange, came.isPresent() ? Optional.of(lane) : Optional.empty());
            return issue(exchange, lane, grant);
        }));
    }

    private Lane laneFor(Exchange exchange) {
        List<Lane> starting = lanes.stream().filter(lane -> !lane.onlyReads()).toList();
        if (starting.isEmpty()) {
            throw new IllegalStateException("all lanes are reading lanes: a login needs lane(carrier, authenticator)");
        }
        return starting.stream()
                .filter(each -> each.carrier().suits(exchange))
                .findFirst()
                .orElse(starting.get(0));
    }

    private void endWhatCameWith(Exchange exchange, Optional<Lane> done) {
        lanes.stream()
                .filter(lane -> !done.equals(Optional.of(lane)))
                .forEach(lane -> presented(exchange, lane).ifPresent(lane::logout));
    }

    /** What came with a request that may act with it. */
    private Optional<Presented> presented(Exchange exchange, Lane lane) {
        return lane.carrier()
                .read(exchange)
                .toOptional()
                .filter(it -> !it.isNothing())
                .filter(it -> !lane.carrier().isAmbient() || guard.permitsChange(exchange));
    }

    /**
     * Trades the renewal credential of the request for fresh credentials.
     *
     * @param exchange whose response gets them
     * @return as of {@link Authenticator#renew}
     */
    public Outcome<Issued> renew(Exchange exchange) {
        return findOwn(exchange)
                .then(found -> trade(found, Authenticator::renew).map(grant -> issue(exchange, found.lane(), grant)));
    }

    /**
     * Steps up the login of the request, after the host has verified the user again.
     *
     * @param exchange whose response gets the new credentials
     * @param again the new proof
     * @return as of {@link Authenticator#reauthenticate}
     */
    public Outcome<Issued> reauthenticate(Exchange exchange, Login again) {
        return findOwn(exchange)
                .then(found -> trade(found, (authenticator, renewal) -> authenticator.reauthenticate(renewal, again))
                        .map(grant -> found.lane().orTakeBack(grant, () -> issue(exchange, found.lane(), grant))));
    }

    /**
     * Ends the login of the request, and makes a browser forget it. Cookies go only once their login has ended; what proves
     * nothing is left alone, because another tab may just have got a better one.
     *
     * @param exchange whose response clears the cookies
     * @return the login, which has ended; {@link Rejection#MISSING} if there was none, {@link Rejection#CROSS_ORIGIN} if another
     *     site made the browser send it; any other rejection says that nothing was proved and nothing has ended: tell the user,
     *     who can end the login in the list of devices
     */
    public Outcome<LoginId> logout(Exchange exchange) {
        return findOwn(exchange).then(found -> {
            Outcome<LoginId> ended = found.lane().logout(found.presented());
            ended.toOptional().ifPresent(id -> {
                found.lane().carrier().clear(exchange);
                forThisClientOnly(exchange, found.lane());
            });
            return ended;
        });
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
     * @return the status: 400, 401, 403 or 429
     */
    public int refuse(Rejection reason, Exchange exchange) {
        return refuse(reason, exchange, Requirement.none());
    }

    /**
     * The same, telling a client whose proof is too old how recent it must be (RFC 9470 section 3), so that it can ask the user
     * for another and step up.
     *
     * @param reason of a rejection
     * @param exchange whose response gets the challenge
     * @param requirement that was not met
     * @return the status: 400, 401, 403 or 429
     */
    public int refuse(Rejection reason, Exchange exchange, Requirement requirement) {
        return switch (reason) {
            case CROSS_ORIGIN -> 403;
            case TOO_MANY_ATTEMPTS -> 429;
            case MISSING -> {
                lanes.forEach(lane ->
                        exchange.addHeader("WWW-Authenticate", lane.carrier().challenge()));
                yield 401;
            }
            case AMBIGUOUS -> challenge(400, "error=\"invalid_request\"", exchange);
            case INSUFFICIENT -> challenge(401, insufficient(requirement), exchange);
            default -> challenge(401, "error=\"invalid_token\"", exchange);
        };
    }

    private static String insufficient(Requirement requirement) {
        return "error=\"insufficient_user_authentication\""
                + requirement
                        .maxAge()
                        .map(age -> ", max_age=\"" + age.toSeconds() + '"')
                        .orElse("");
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

    /** Of the lanes that the request used; of all if it used none. */
    private int challenge(int status, String parameters, Exchange exchange) {
        List<Carrier> all = lanes.stream().map(Lane::carrier).toList();
        List<Carrier> used =
                all.stream().filter(carrier -> isUsed(carrier, exchange)).toList();
        for (Carrier carrier : used.isEmpty() ? all : used) {
            exchange.addHeader("WWW-Authenticate", carrier.challenge(parameters));
        }
        return status;
    }

    private static boolean isUsed(Carrier carrier, Exchange exchange) {
        return carrier.read(exchange).fold(presented -> !presented.isNothing(), reason -> true);
    }

    /** For what changes a login: of a lane that does more than read. */
    private Outcome<Found> findOwn(Exchange exchange) {
        return find(exchange, guard::permitsChange)
                .then(found -> found.lane().onlyReads() ? refused(Rejection.WRONG_ISSUER) : Outcome.accepted(found));
    }

    private Outcome<Found> find(Exchange exchange, Predicate<Exchange> permits) {
        Found found = null;
        for (Lane lane : lanes) {
            Outcome<Presented> read = lane.carrier().read(exchange);
            if (read instanceof Rejected<Presented> rejected) {
                return refused(rejected.reason());
            }
            Presented presented = read.toOptional().orElse(Presented.NOTHING);
            if (found != null && !presented.isNothing()) {
                return refused(Rejection.AMBIGUOUS);
            }
            found = presented.isNothing() ? found : new Found(lane, presented);
        }
        if (found == null) {
            return Outcome.rejected(Rejection.MISSING);
        }
        boolean permitted = !found.lane().carrier().isAmbient() || permits.test(exchange);
        return permitted ? Outcome.accepted(found) : refused(Rejection.CROSS_ORIGIN);
    }

    /** A rejection that no authenticator has seen. */
    private <T> Outcome<T> refused(Rejection reason) {
        listener.on(new AuthEvent.Rejected(clock.instant(), reason));
        return Outcome.rejected(reason);
    }

    /** Expired, or issued under settings or signed with a key that have been taken out of service since. */
    private static boolean isMendable(Outcome<Identity> outcome) {
        return outcome.rejection().filter(MENDABLE::contains).isPresent();
    }

    /**
     * Browsers don't renew by themselves, and often drop an answer: so the renewal credential is not traded here. The fresh
     * cookies go out even if the requirement is not met then.
     */
    private Outcome<Identity> renewed(Exchange exchange, Found found, Requirement requirement) {
        return trade(found, Authenticator::refresh).then(grant -> {
            issue(exchange, found.lane(), grant);
            return found.lane().authenticate(grant.access(), requirement);
        });
    }

    /**
     * The client holds on to what it has until it uses the successor, so nothing is lost if that does not arrive. A store
     * that can't do it now will do it later.
     */
    private Outcome<Identity> rotated(Exchange exchange, Found found, Identity identity) {
        Lane lane = found.lane();
        Optional<Credential> due =
                found.presented().access().filter(access -> lane.authenticator().isRenewalDue(access, identity));
        if (due.isEmpty()) {
            return Outcome.accepted(identity);
        }
        try {
            return lane.authenticator().renew(due.get()).map(grant -> {
                issue(exchange, lane, grant);
                return identity;
            });
        } catch (AuthUnavailableException e) {
            return Outcome.accepted(identity);
        }
    }

    private static Outcome<Grant> trade(Found found, BiFunction<Authenticator, Credential, Outcome<Grant>> trade) {
        return found.presented()
                .renewal()
                .map(renewal -> trade.apply(found.lane().authenticator(), renewal))
                .orElse(Outcome.rejected(Rejection.MISSING));
    }

    private Issued issue(Exchange exchange, Lane lane, Grant grant) {
        String body = lane.carrier().write(grant, exchange, clock.instant());
        forThisClientOnly(exchange, lane);
        return new Issued(grant.loginId(), grant.renewalExpiresAt(), body);
    }

    private static void forThisClientOnly(Exchange exchange, Lane lane) {
        exchange.addHeader("Cache-Control", "no-store");
        exchange.addHeader("Vary", lane.carrier().varies());
    }

    /** Wires lanes. Not thread-safe. */
    public static final class Builder {
        private final List<Lane> lanes = new ArrayList<>();
        private final Set<String> origins = new LinkedHashSet<>();
        private final Set<String> exemptPaths = new LinkedHashSet<>();
        private Clock clock = Clock.systemUTC();
        private AuthListener listener = AuthListener.none();
        private Optional<LoginThrottle> throttle = Optional.empty();

        private Builder() {}

        /**
         * Adds a lane. A login takes the first whose carrier suits the client, so cookies come before bearer tokens.
         *
         * @param carrier how credentials travel
         * @param authenticator who reads them; may serve several lanes
         */
        public Builder lane(Carrier carrier, Authenticator authenticator) {
            lanes.add(new Lane(carrier, authenticator));
            return this;
        }

        /**
         * Adds a lane for credentials that are issued elsewhere, such as access tokens that come to a resource server. Logins are never
         * started in it; what would renew or end one is {@link Rejection#WRONG_ISSUER}.
         *
         * @param carrier how credentials travel
         * @param verifier who reads them
         */
        public Builder readingLane(Carrier carrier, Verifier verifier) {
            lanes.add(new Lane(carrier, new ReadOnly(verifier)));
            return this;
        }

        /**
         * Names an origin whose pages may act with a browser's cookies.
         *
         * @param origin as a browser sends it, such as {@code https://park.example}; http only for localhost
         */
        public Builder origin(String origin) {
            origins.add(origin);
            return this;
        }

        /**
         * Lets other sites make a browser act with its cookies at one path: for a form post from an identity provider.
         *
         * @param path exactly as {@link Exchange#path()} gives it
         */
        public Builder insecureCrossOriginAllowedAt(String path) {
            exemptPaths.add(path);
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
         * Slows down those who guess, in {@link #checkLogin(Exchange, LoginAttempt)}. Browsers keep a cookie for it that is named as
         * that of the first lane of cookies, with {@code -device} behind it.
         *
         * @param throttle such as {@link dev.gateline.spi.StoredLoginThrottle}; default: none
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
            return new HttpAuth(this);
        }
    }
}
