package dev.gateline.vertx;

import dev.gateline.Activity;
import dev.gateline.AuthUnavailableException;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginAttempt;
import dev.gateline.LoginId;
import dev.gateline.LoginRefusedException;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.http.AsyncHttpAuth;
import dev.gateline.http.CollectedExchange;
import dev.gateline.http.CollectedExchangeBuilder;
import dev.gateline.http.HttpAuth;
import dev.gateline.http.Issued;
import dev.gateline.http.Lane;
import dev.gateline.http.Refusal;
import dev.gateline.http.ReturnPath;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.auth.User;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.Session;
import io.vertx.ext.web.handler.SimpleAuthenticationHandler;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A request that came through a {@link GatelineHandler}: who sent it, and what can be done about that. Belongs to its
 * request, and to the event loop of that. No method blocks; futures complete on the event loop.
 *
 * <p>Methods that hand something out fail with an {@link IllegalStateException} once the response has been sent, and
 * nothing has changed then.
 */
public final class VertxAuth {
    private static final String KEY = VertxAuth.class.getName();

    private final AsyncHttpAuth auth;
    private final RoutingContext context;
    private final CollectedExchange exchange;
    private final Future<VertxAuth> known;
    private Outcome<Identity> outcome = Outcome.rejected(Rejection.MISSING);
    private int visits;

    /** Asks who it is, once for each request. A user that a session of Vert.x remembers is not believed. */
    VertxAuth(AsyncHttpAuth auth, RoutingContext context) {
        this.auth = auth;
        this.context = context;
        this.exchange = copy(context);
        this.known = later(auth.authenticate(exchange, Requirement.none(), Activity.USER))
                .andThen((who, failure) -> keep(Optional.ofNullable(who)))
                .map(this);
        context.put(KEY, this);
    }

    /**
     * For {@link GatelineHandler}: asks stores on the worker threads of Vert.x, of which there are 20 unless
     * {@code VertxOptions} say otherwise. An {@link AsyncHttpAuth} over virtual threads does as well.
     *
     * @param vertx whose worker threads
     * @param auth is asked
     */
    public static AsyncHttpAuth onWorkers(Vertx vertx, HttpAuth auth) {
        return new AsyncHttpAuth(
                auth,
                call -> vertx.executeBlocking(
                        () -> {
                            call.run();
                            return true;
                        },
                        false));
    }

    /**
     * Of a request.
     *
     * @param context that came through a {@link GatelineHandler}
     * @throws IllegalStateException if it did not
     */
    public static VertxAuth of(RoutingContext context) {
        return find(context)
                .orElseThrow(() -> new IllegalStateException(
                        "mount GatelineHandler before the handler that asks: this request did not come through it"));
    }

    static Optional<VertxAuth> find(RoutingContext context) {
        return Optional.ofNullable(context.get(KEY));
    }

    /** Whether the same {@link HttpAuth} is asked, and not another one of the application. */
    boolean isOf(AsyncHttpAuth wanted) {
        return auth.auth().equals(wanted.auth());
    }

    /** Complete when {@link #outcome()} is that of the request. Fails in an outage. */
    Future<VertxAuth> known() {
        return known;
    }

    /** Counts the visits of the request at handlers: 1 for the first one. */
    int visit() {
        return ++visits;
    }

    /** Whether no reroute has led the request to another handler since a visit began. */
    boolean isAt(int visit) {
        return visits == visit;
    }

    /** An outage leaves no outcome. */
    private void keep(Optional<Outcome<Identity>> answer) {
        answer.ifPresent(who -> outcome = who);
        forgetOthers();
    }

    /** A reroute makes Vert.x forget who adds headers. */
    void addHeaders() {
        context.addHeadersEndHandler(any -> exchange.deliver(context.response().headers()::add));
    }

    /** A reroute may bring a user that a session of Vert.x remembers. */
    void forgetOthers() {
        @Nullable User user = context.user();
        if (user != null && !Optional.of(user).equals(identity().map(KnownUser::of))) {
            forgetUser();
        }
    }

    /** Vert.x destroys the session with its user. So the data are put back, and Vert.x gives the session another id. */
    private void forgetUser() {
        @Nullable Session session = context.session();
        Map<String, Object> data = session == null ? Map.of() : Map.copyOf(session.data());
        context.userContext().clear();
        if (session != null) {
            session.data().putAll(data);
        }
    }

    /** Makes Vert.x know the user, and goes on to the next handler. A sub-router has handlers of its own. */
    void goOn(RoutingContext context) {
        if (context.user() == null && identity().isPresent()) {
            User user = KnownUser.of(identity().get());
            SimpleAuthenticationHandler.create()
                    .authenticate(any -> Future.succeededFuture(user))
                    .handle(context);
        } else {
            context.next();
        }
    }

    private static CollectedExchange copy(RoutingContext context) {
        HttpServerRequest request = context.request();
        CollectedExchangeBuilder copy = CollectedExchange.of(request.method().name(), context.normalizedPath())
                .target(request.uri());
        request.headers().forEach(copy::header);
        @Nullable SocketAddress peer = request.remoteAddress();
        if (peer != null && peer.hostAddress() != null) {
            copy.remoteAddress(peer.hostAddress());
        }
        return copy.build();
    }

    private <T> Future<T> later(CompletionStage<T> answer) {
        return Future.fromCompletionStage(answer, context.vertx().getOrCreateContext());
    }

    /**
     * The sender of the request, or the reason why the sender is not known.
     *
     * @return of the credential that came with the request; {@link Rejection#MISSING} if there was none, or after
     *     {@link #logout()}
     */
    public Outcome<Identity> outcome() {
        return outcome;
    }

    /** The sender of the request; empty if the sender is not known. */
    public Optional<Identity> identity() {
        return outcome.toOptional();
    }

    /**
     * The sender of the request, if the proof is good enough. Otherwise the request has been refused, and the handler
     * is done.
     *
     * @param requirement such as a recent proof
     * @return empty if the request was refused
     */
    public Future<Optional<Identity>> require(Requirement requirement) {
        return judged(requirement).map(judged -> {
            judged.rejection().ifPresent(reason -> refuse(reason, requirement));
            return judged.toOptional();
        });
    }

    private Future<Outcome<Identity>> judged(Requirement requirement) {
        Optional<Identity> user = identity();
        return user.isEmpty() || requirement.equals(Requirement.none())
                ? Future.succeededFuture(outcome)
                : later(auth.recheck(user.get(), requirement));
    }

    /**
     * As {@link HttpAuth#checkLogin(dev.gateline.http.Exchange)}.
     *
     * @return for {@link #refuse(Rejection)}
     */
    public Future<Optional<Rejection>> checkLogin() {
        return later(auth.checkLogin(exchange));
    }

    /**
     * As {@link HttpAuth#checkLogin(dev.gateline.http.Exchange, LoginAttempt)}.
     *
     * @param attempt by name and client
     * @return for {@link #refuse(Rejection)}
     */
    public Future<Optional<Rejection>> checkLogin(LoginAttempt attempt) {
        return later(auth.checkLogin(exchange, attempt));
    }

    /**
     * As {@link HttpAuth#succeeded}.
     *
     * @param attempt as it was given to {@link #checkLogin(LoginAttempt)}
     */
    public Future<Void> succeeded(LoginAttempt attempt) {
        return later(auth.succeeded(exchange, attempt)).mapEmpty();
    }

    /**
     * As {@link HttpAuth#login(dev.gateline.http.Exchange, Login)}. The request itself stays as it came.
     *
     * @param login the verified user
     * @return fails with a {@link LoginRefusedException} if the login can't be held, or its credentials don't fit the
     *     carrier
     */
    public Future<Outcome<Issued>> login(Login login) {
        return later(auth.login(exchange, login));
    }

    /**
     * As {@link HttpAuth#login(dev.gateline.http.Exchange, Login, Lane)}. The request itself stays as it came.
     *
     * @param login the verified user
     * @param lane of the client
     * @return fails with a {@link LoginRefusedException} if the login can't be held, or its credentials don't fit the
     *     carrier
     */
    public Future<Outcome<Issued>> login(Login login, Lane lane) {
        return later(auth.login(exchange, login, lane));
    }

    /** As {@link HttpAuth#renew}. */
    public Future<Outcome<Issued>> renew() {
        return later(auth.renew(exchange));
    }

    /**
     * As {@link HttpAuth#reauthenticate}.
     *
     * @param again the new proof
     */
    public Future<Outcome<Issued>> reauthenticate(Login again) {
        return later(auth.reauthenticate(exchange, again));
    }

    /** As {@link HttpAuth#logout}. If the login has ended, the request is that of a stranger from now on. */
    public Future<Outcome<LoginId>> logout() {
        return later(auth.logout(exchange)).map(this::forgetIfEnded);
    }

    private Outcome<LoginId> forgetIfEnded(Outcome<LoginId> ended) {
        if (ended.toOptional().isPresent()) {
            outcome = Outcome.rejected(Rejection.MISSING);
            forgetUser();
        }
        return ended;
    }

    /**
     * Answers a rejection: programs get {@code application/problem+json}, a browser is sent to the login page if one is
     * wired, and otherwise the request fails with the status, for which the application may have an error handler. A
     * handler that reroutes shows its page to a stranger, or to the user of the request if there is one. If a part of
     * the response has been sent, it is broken off.
     *
     * @param reason not told to the client
     */
    public void refuse(Rejection reason) {
        refuse(reason, Requirement.none());
    }

    /**
     * Answers a login, a renewal, a step-up or a logout: for {@code onSuccess}. A rejection is refused. A browser
     * with cookies that has sent a form goes by a 303 to the page in the query parameter {@link ReturnPath#PARAMETER},
     * or to {@code /}. Other clients get {@link Issued#body()} as JSON, or 204 if nothing was issued.
     *
     * @param outcome of one of these operations
     */
    public void answer(Outcome<?> outcome) {
        outcome.rejection().ifPresent(this::refuse);
        if (!isOver()) {
            outcome.toOptional().ifPresent(this::send);
        }
    }

    private void send(Object result) {
        HttpServerResponse response = context.response();
        Optional<String> page = ReturnPath.afterForm(exchange, result, "/");
        if (page.isPresent()) {
            response.setStatusCode(303).putHeader("Location", page.get()).end();
        } else if (result instanceof Issued issued) {
            response.putHeader("Content-Type", "application/json").end(issued.body());
        } else {
            response.setStatusCode(204).end();
        }
    }

    private void refuse(Rejection reason, Requirement requirement) {
        if (isOver()) {
            breakOff();
        } else {
            send(auth.auth().refuse(reason, exchange, requirement));
        }
    }

    /** The client must not take a part of a page for the whole page. */
    private void breakOff() {
        if (!context.response().ended()) {
            context.response().reset();
        }
    }

    /**
     * Answers a failure: for {@code onFailure}. An outage and a login that can't be held are answered with 503, or
     * break the response off if a part of it has been sent. Anything else fails the request.
     *
     * @param failure of a future of this class, or of another
     */
    public void fail(Throwable failure) {
        if (answers(failure) || context.response().ended()) {
            return;
        }
        try {
            context.fail(failure);
        } catch (IllegalStateException e) {
            // Vert.x has reported the failure, and finds that it is too late for a status
            context.response().reset();
        }
    }

    /** Answers a failure of {@link #known()} at a later visit. An error page would fail in the same way. */
    void failWithoutPage(Throwable failure) {
        if (!isOver()) {
            boolean isOutage = failure instanceof AuthUnavailableException;
            int status = isOutage ? auth.auth().unavailable(exchange).status() : 500;
            context.response().setStatusCode(status).end();
        }
    }

    /** Whether a failure is Gateline's; it has been answered then, or the response has been broken off. */
    boolean answers(@Nullable Throwable failure) {
        boolean ours = failure instanceof AuthUnavailableException || failure instanceof LoginRefusedException;
        if (ours && !isOver()) {
            send(
                    failure instanceof LoginRefusedException refusal
                            ? auth.auth().refuse(refusal, exchange)
                            : auth.auth().unavailable(exchange));
        } else if (ours) {
            breakOff();
        }
        return ours;
    }

    private boolean isOver() {
        return exchange.isCommitted() || context.response().ended();
    }

    private void send(Refusal refusal) {
        HttpServerResponse response = context.response();
        if (refusal.isRedirect()) {
            response.setStatusCode(refusal.status()).end();
        } else if (refusal.body().isEmpty()) {
            context.fail(refusal.status());
        } else {
            response.setStatusCode(refusal.status())
                    .putHeader("Content-Type", Refusal.CONTENT_TYPE)
                    .end(refusal.body());
        }
    }
}
