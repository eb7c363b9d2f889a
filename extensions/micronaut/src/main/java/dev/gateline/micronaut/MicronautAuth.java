package dev.gateline.micronaut;

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
import dev.gateline.http.HttpAuth;
import dev.gateline.http.Issued;
import dev.gateline.http.Lane;
import dev.gateline.http.Refusal;
import dev.gateline.http.ReturnPath;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The user of a request, with login, logout and the other operations: an argument of a controller's method, or of a
 * filter behind Gateline's. It belongs to its request. No method blocks; stages complete on one of Micronaut's threads
 * for blocking calls.
 *
 * <p>Stages of methods that hand out credentials fail with an {@link IllegalStateException} after the response has been
 * sent; then nothing has changed. A controller may return a stage that fails: Gateline answers an outage, a refusal and
 * a login that can't be held.
 */
public final class MicronautAuth {
    private static final String KEY = MicronautAuth.class.getName();

    private final AsyncHttpAuth auth;
    private final HttpRequest<?> request;
    private final CollectedExchange exchange;
    private volatile Outcome<Identity> outcome = Outcome.rejected(Rejection.MISSING);

    private MicronautAuth(AsyncHttpAuth auth, HttpRequest<?> request) {
        this.auth = auth;
        this.request = request;
        this.exchange = Copies.of(request);
    }

    /**
     * Returns the object of a request.
     *
     * @param request that came through Gateline's filter
     * @throws IllegalStateException if it did not
     */
    public static MicronautAuth of(HttpRequest<?> request) {
        return find(request)
                .orElseThrow(() -> new IllegalStateException(
                        "this request did not come through Gateline's filter, which needs a bean of HttpAuth"));
    }

    static Optional<MicronautAuth> find(HttpRequest<?> request) {
        return request.getAttribute(KEY, MicronautAuth.class);
    }

    static MicronautAuth begin(AsyncHttpAuth auth, HttpRequest<?> request) {
        MicronautAuth begun = new MicronautAuth(auth, request);
        request.setAttribute(KEY, begun);
        return begun;
    }

    /** Asks who it is. The stage fails with a {@link RefusedException} if the request may not go on. */
    CompletionStage<Outcome<Identity>> admit(Demand demand) {
        return auth.authenticate(exchange, Requirement.none(), Activity.USER).thenCompose(who -> {
            know(who);
            Optional<Rejection> refused = HttpAuth.refusedAtOnce(who);
            if (refused.isPresent()) {
                return CompletableFuture.failedFuture(new RefusedException(refused.get(), Requirement.none()));
            }
            return demand.login() ? judged(demand.requirement()) : CompletableFuture.completedFuture(who);
        });
    }

    private void know(Outcome<Identity> who) {
        outcome = who;
        request.setUserPrincipal(who.toOptional().map(KnownPrincipal::new).orElse(null));
    }

    private CompletionStage<Outcome<Identity>> judged(Requirement requirement) {
        return require(requirement).thenApply(Outcome::accepted);
    }

    /**
     * The identity that sent the request, or the reason why it is not known.
     *
     * @return the outcome for the credential of the request; {@link Rejection#MISSING} if there was none, or after
     *     {@link #logout()}
     */
    public Outcome<Identity> outcome() {
        return outcome;
    }

    /** The identity that sent the request; empty if it is not known. */
    public Optional<Identity> identity() {
        return outcome.toOptional();
    }

    /**
     * The identity that sent the request, if it satisfies a requirement.
     *
     * @param requirement such as a recent proof
     * @return fails if the request is refused; a controller that returns the failed stage has the refusal answered
     */
    public CompletionStage<Identity> require(Requirement requirement) {
        Optional<Identity> user = identity();
        CompletionStage<Outcome<Identity>> judged = user.isEmpty() || requirement.equals(Requirement.none())
                ? CompletableFuture.completedFuture(outcome)
                : auth.recheck(user.get(), requirement);
        return judged.thenApply(who -> accepted(who, requirement));
    }

    private static Identity accepted(Outcome<Identity> who, Requirement requirement) {
        who.rejection().ifPresent(reason -> {
            throw new RefusedException(reason, requirement);
        });
        return who.toOptional().orElseThrow();
    }

    /**
     * Checks whether the request may log in, as {@link HttpAuth#checkLogin(dev.gateline.http.Exchange)} does.
     *
     * @return a rejection for {@link #refuse(Rejection)}; empty if the request may continue
     */
    public CompletionStage<Optional<Rejection>> checkLogin() {
        return auth.checkLogin(exchange);
    }

    /**
     * Checks whether an attempt to log in is permitted, as
     * {@link HttpAuth#checkLogin(dev.gateline.http.Exchange, LoginAttempt)} does.
     *
     * @param attempt by name and client
     * @return a rejection for {@link #refuse(Rejection)}; empty if the request may continue
     */
    public CompletionStage<Optional<Rejection>> checkLogin(LoginAttempt attempt) {
        return auth.checkLogin(exchange, attempt);
    }

    /**
     * Reports a successful attempt, as {@link HttpAuth#succeeded} does.
     *
     * @param attempt the attempt that was given to {@link #checkLogin(LoginAttempt)}
     * @return this object
     */
    public CompletionStage<MicronautAuth> succeeded(LoginAttempt attempt) {
        return auth.succeeded(exchange, attempt).thenApply(any -> this);
    }

    /**
     * Starts a login, as {@link HttpAuth#login(dev.gateline.http.Exchange, Login)} does. The outcome of this request
     * does not change.
     *
     * @param login the verified user
     * @return fails with a {@link LoginRefusedException} if the login can't be held, or its credentials don't fit the
     *     carrier
     */
    public CompletionStage<Outcome<Issued>> login(Login login) {
        return auth.login(exchange, login);
    }

    /**
     * Starts a login, as {@link HttpAuth#login(dev.gateline.http.Exchange, Login, Lane)} does. The outcome of this
     * request does not change.
     *
     * @param login the verified user
     * @param lane of the client
     * @return fails with a {@link LoginRefusedException} if the login can't be held, or its credentials don't fit the
     *     carrier
     */
    public CompletionStage<Outcome<Issued>> login(Login login, Lane lane) {
        return auth.login(exchange, login, lane);
    }

    /** Renews the login of the request, as {@link HttpAuth#renew} does. */
    public CompletionStage<Outcome<Issued>> renew() {
        return auth.renew(exchange);
    }

    /**
     * Steps up the login of the request, as {@link HttpAuth#reauthenticate} does.
     *
     * @param again the new proof
     */
    public CompletionStage<Outcome<Issued>> reauthenticate(Login again) {
        return auth.reauthenticate(exchange, again);
    }

    /**
     * Ends the login of the request, as {@link HttpAuth#logout} does. If the login has ended, the request belongs to a
     * stranger from now on.
     */
    public CompletionStage<Outcome<LoginId>> logout() {
        return auth.logout(exchange).thenApply(ended -> {
            if (ended.toOptional().isPresent()) {
                know(Outcome.rejected(Rejection.MISSING));
            }
            return ended;
        });
    }

    /**
     * Makes the response to a login, a renewal, a step-up or a logout. A rejection is refused. A browser with cookies
     * that has sent a form goes by a 303 to the page in the query parameter {@link ReturnPath#PARAMETER}, or to
     * {@code /}. Other clients get {@link Issued#body()} as JSON, or 204 if nothing was issued.
     *
     * @param outcome of one of these operations
     */
    public MutableHttpResponse<?> answer(Outcome<?> outcome) {
        Optional<Rejection> reason = outcome.rejection();
        return reason.isPresent()
                ? refuse(reason.get())
                : success(outcome.toOptional().orElseThrow());
    }

    private MutableHttpResponse<?> success(Object result) {
        Optional<String> page = ReturnPath.afterForm(exchange, result, "/");
        if (page.isPresent()) {
            return HttpResponse.seeOther(URI.create(page.get()));
        }
        return result instanceof Issued issued
                ? json(HttpResponse.ok(), issued.body(), MediaType.APPLICATION_JSON)
                : HttpResponse.noContent();
    }

    /**
     * Makes the response to a rejection: programs get {@code application/problem+json}, a browser is sent to the login
     * page if one is wired, and otherwise gets the status without a body.
     *
     * @param reason the reason, which the client does not get
     */
    public MutableHttpResponse<?> refuse(Rejection reason) {
        return response(auth.auth().refuse(reason, exchange));
    }

    static boolean isOurs(Throwable failure) {
        return failure instanceof AuthUnavailableException
                || failure instanceof LoginRefusedException
                || failure instanceof RefusedException;
    }

    /**
     * Makes the response to an exception of Gateline, such as an outage. An error handler of the application for all
     * exceptions asks this first, because it comes before Gateline's own handlers.
     *
     * @param failure any exception
     * @return empty if the exception is not Gateline's
     */
    public Optional<MutableHttpResponse<?>> answer(Throwable failure) {
        return isOurs(failure) ? Optional.of(answerOurs(failure)) : Optional.empty();
    }

    /** Answers a failure for which {@link #isOurs} holds. */
    MutableHttpResponse<?> answerOurs(Throwable failure) {
        HttpAuth http = auth.auth();
        if (failure instanceof RefusedException refused) {
            return response(http.refuse(refused.reason(), exchange, refused.requirement()));
        }
        return response(
                failure instanceof LoginRefusedException full
                        ? http.refuse(full, exchange)
                        : http.unavailable(exchange));
    }

    private static MutableHttpResponse<?> response(Refusal refusal) {
        MutableHttpResponse<?> response = HttpResponse.status(HttpStatus.valueOf(refusal.status()));
        return refusal.body().isEmpty() ? response : json(response, refusal.body(), Refusal.CONTENT_TYPE);
    }

    private static MutableHttpResponse<?> json(MutableHttpResponse<?> response, String body, String type) {
        return response.body(body.getBytes(StandardCharsets.UTF_8)).contentType(type);
    }

    /** Adds the collected header lines to the response. */
    void deliver(MutableHttpResponse<?> response) {
        exchange.deliver(response.getHeaders()::add);
    }

    static MutableHttpResponse<?> answer(AsyncHttpAuth auth, HttpRequest<?> request, Throwable failure) {
        return find(request).orElseGet(() -> new MicronautAuth(auth, request)).answerOurs(failure);
    }
}
