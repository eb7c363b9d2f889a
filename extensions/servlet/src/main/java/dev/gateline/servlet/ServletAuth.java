package dev.gateline.servlet;

import dev.gateline.AuthUnavailableException;
import dev.gateline.Identity;
import dev.gateline.LoginRefusedException;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.http.Exchange;
import dev.gateline.http.HttpAuth;
import dev.gateline.http.Issued;
import dev.gateline.http.Refusal;
import dev.gateline.http.RequestAuth;
import dev.gateline.http.ReturnPath;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The user of a request that came through a {@link GatelineFilter}, with login, logout and the other operations. It
 * belongs to its request and is not thread-safe.
 *
 * <p>Methods that hand out credentials throw an {@link IllegalStateException} after the response has been sent; then
 * nothing has changed.
 */
public final class ServletAuth extends RequestAuth {
    private static final String ATTRIBUTE = ServletAuth.class.getName();

    private final HttpAuth auth;
    private final ServletExchange exchange;
    private Outcome<Identity> outcome = Outcome.rejected(Rejection.MISSING);
    private boolean isAnswered;

    private ServletAuth(HttpAuth auth, ServletExchange exchange) {
        this.auth = auth;
        this.exchange = exchange;
    }

    /**
     * Returns the object of a request.
     *
     * @param request that came through a {@link GatelineFilter}
     * @throws IllegalStateException if it did not
     */
    public static ServletAuth of(ServletRequest request) {
        return find(request)
                .orElseThrow(() -> new IllegalStateException(
                        "map GatelineFilter to this path: this request did not come through it"));
    }

    /** Forwards, includes, asynchronous and error dispatches find that of the first dispatch. */
    static Optional<ServletAuth> find(ServletRequest request) {
        return Optional.ofNullable((ServletAuth) request.getAttribute(ATTRIBUTE));
    }

    /** Whether it is of this {@link HttpAuth}, and not of another one of the same application. */
    boolean isOf(HttpAuth wanted) {
        return auth.equals(wanted);
    }

    /** Of a stranger, until {@link #recognise}. */
    static ServletAuth begin(HttpAuth auth, HttpServletRequest request, HttpServletResponse response) {
        ServletAuth begun = new ServletAuth(auth, new ServletExchange(request, response));
        request.setAttribute(ATTRIBUTE, begun);
        return begun;
    }

    /** Asks who it is, once for each request. After an outage the error page finds a stranger, and asks nobody. */
    Outcome<Identity> recognise() {
        outcome = auth.authenticate(exchange);
        return outcome;
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
     * @throws IOException as {@link HttpServletResponse#sendError(int)}
     */
    public Optional<Identity> require(Requirement requirement) throws IOException {
        Outcome<Identity> judged = judge(requirement);
        if (judged.rejection().isPresent()) {
            refuse(judged.rejection().get(), requirement);
        }
        return judged.toOptional();
    }

    /**
     * Answers a rejection: programs get {@code application/problem+json}, a browser is sent to the login page if one is
     * wired, and otherwise gets an error of the status, for which the application may have a page.
     *
     * @param reason the reason, which the client does not get
     * @throws IOException as {@link HttpServletResponse#sendError(int)}
     */
    public void refuse(Rejection reason) throws IOException {
        refuse(reason, Requirement.none());
    }

    /**
     * Answers a login, a renewal, a step-up or a logout. A rejection is refused. A browser with cookies that has sent a
     * form goes by a 303 to the page in {@link ReturnPath#PARAMETER}, a field of the query or of the form, or to the
     * first page of the application. Other clients get {@link Issued#body()} as JSON, or 204 if nothing was issued.
     *
     * @param outcome of one of these operations
     * @throws IOException as {@link HttpServletResponse#sendError(int)}
     */
    public void answer(Outcome<?> outcome) throws IOException {
        Optional<Rejection> reason = outcome.rejection();
        if (reason.isPresent()) {
            refuse(reason.get());
        } else {
            exchange.answer(outcome.toOptional().orElseThrow());
        }
    }

    void refuse(Rejection reason, Requirement requirement) throws IOException {
        if (!isAnswered) {
            send(auth.refuse(reason, exchange, requirement));
        }
    }

    private void send(Refusal refusal) throws IOException {
        exchange.send(refusal);
        isAnswered = true;
    }

    /**
     * Answers an {@link AuthUnavailableException}, and a {@link LoginRefusedException}, with 503, as the filter does.
     * It is for a framework that catches what pages throw before the filter can. A refusal that the page has ignored
     * stays the answer.
     *
     * @param failure the exception of a page
     * @return false if the exception is not answered: it is another one, or a part of the response has been sent. The
     *     caller throws it on, so that the server breaks the response off
     * @throws UncheckedIOException if the answer can't be sent
     */
    public boolean answer(Throwable failure) {
        try {
            return answers(failure);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean answers(@Nullable Throwable failure) throws IOException {
        boolean ours = failure instanceof AuthUnavailableException || failure instanceof LoginRefusedException;
        if (ours && !isAnswered && !exchange.isCommitted()) {
            send(
                    failure instanceof LoginRefusedException full
                            ? auth.refuse(full, exchange)
                            : auth.unavailable(exchange));
        }
        return ours && isAnswered;
    }
}
