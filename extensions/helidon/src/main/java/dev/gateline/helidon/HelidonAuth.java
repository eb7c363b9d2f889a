package dev.gateline.helidon;

import dev.gateline.Identity;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.http.Exchange;
import dev.gateline.http.HttpAuth;
import dev.gateline.http.Issued;
import dev.gateline.http.RequestAuth;
import dev.gateline.http.ReturnPath;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;

/**
 * The user of a request that came through a {@link GatelineFeature}, with login, logout and the other operations. It
 * belongs to its request and is not thread-safe.
 *
 * <p>Methods that hand out credentials throw an {@link IllegalStateException} after the response has been sent; then
 * nothing has changed.
 */
public final class HelidonAuth extends RequestAuth {
    private final HttpAuth auth;
    private final HelidonExchange exchange;
    private Outcome<Identity> outcome;

    private HelidonAuth(HttpAuth auth, HelidonExchange exchange, Outcome<Identity> outcome) {
        this.auth = auth;
        this.exchange = exchange;
        this.outcome = outcome;
    }

    /**
     * Returns the object of a request.
     *
     * @param request that came through a {@link GatelineFeature}
     * @throws IllegalStateException if it did not
     */
    public static HelidonAuth of(ServerRequest request) {
        return find(request)
                .orElseThrow(() -> new IllegalStateException(
                        "add GatelineFeature to this routing: this request did not come through it"));
    }

    /** A request that was rerouted finds that of its first route. */
    static Optional<HelidonAuth> find(ServerRequest request) {
        return request.context().get(HelidonAuth.class);
    }

    /** Whether it is of this {@link HttpAuth}, and not of another one of the same application. */
    boolean isOf(HttpAuth wanted) {
        return auth.equals(wanted);
    }

    /** Asks who it is, once for each request. */
    static HelidonAuth begin(HttpAuth auth, ServerRequest request, ServerResponse response) {
        HelidonExchange exchange = new HelidonExchange(request, response);
        HelidonAuth begun = new HelidonAuth(auth, exchange, auth.authenticate(exchange));
        request.context().register(begun);
        return begun;
    }

    /**
     * Creates a handler that lets only authenticated requests through to the next handler, and only authenticated
     * handshakes of WebSockets.
     *
     * @return as Helidon's {@code SecureHandler.authenticate()}
     */
    public static Handler secured() {
        return secured(Requirement.none());
    }

    /**
     * Creates a handler that lets only authenticated requests through to the next handler that satisfy a requirement.
     *
     * @param requirement such as a recent proof
     */
    public static Handler secured(Requirement requirement) {
        return new Secured(requirement);
    }

    @Override
    protected HttpAuth auth() {
        return auth;
    }

    @Override
    protected Exchange exchange() {
        return exchange;
    }

    @Override
    protected void forget() {
        outcome = Outcome.rejected(Rejection.MISSING);
    }

    @Override
    public Outcome<Identity> outcome() {
        return outcome;
    }

    /**
     * The identity that sent the request, if it satisfies a requirement. Otherwise the request has been refused, and
     * the caller returns.
     *
     * @param requirement such as a recent proof
     * @return empty if the request was refused
     */
    public Optional<Identity> require(Requirement requirement) {
        Outcome<Identity> judged = judge(requirement);
        if (judged.rejection().isPresent()) {
            refuse(judged.rejection().get(), requirement);
        }
        return judged.toOptional();
    }

    /**
     * Answers a rejection: programs get {@code application/problem+json}, a browser is sent to the login page if one is
     * wired, and otherwise gets the status without a body.
     *
     * @param reason the reason, which the client does not get
     */
    public void refuse(Rejection reason) {
        refuse(reason, Requirement.none());
    }

    /**
     * Answers a login, a renewal, a step-up or a logout. A rejection is refused. A browser that has sent a form goes by
     * a 303 to the page in {@link ReturnPath#PARAMETER}, a parameter of the query, or to {@code /}. Other clients get
     * {@link Issued#body()} as JSON, or 204 if nothing was issued.
     *
     * @param done the outcome of one of these operations
     */
    public void answer(Outcome<?> done) {
        Optional<Rejection> reason = done.rejection();
        if (reason.isPresent()) {
            refuse(reason.get());
        } else {
            exchange.answer(done.toOptional().orElseThrow());
        }
    }

    void refuse(Rejection reason, Requirement requirement) {
        exchange.send(auth.refuse(reason, exchange, requirement));
    }
}
