package dev.gateline.jaxrs;

import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginAttempt;
import dev.gateline.LoginId;
import dev.gateline.LoginRefusedException;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.http.HttpAuth;
import dev.gateline.http.Issued;
import dev.gateline.http.Lane;
import dev.gateline.http.ReturnPath;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that a {@link GatelineFeature} has seen: who sent it, and what can be done about that. A resource method
 * takes it as {@code @BeanParam JaxrsAuth auth}. Belongs to its request; asynchronous methods may use it on any thread,
 * one at a time.
 *
 * <p>Methods that hand something out throw an {@link IllegalStateException} once the response has been sent, and
 * nothing has changed then.
 */
public final class JaxrsAuth {
    private @Nullable Visit visit;

    /** For servers, which inject the request. */
    public JaxrsAuth() {}

    JaxrsAuth(Visit visit) {
        this.visit = visit;
    }

    /**
     * Of a request, for filters, and for resource methods that have its security context.
     *
     * @param user of a request that a {@link GatelineFeature} has seen
     * @throws IllegalStateException if it has not
     */
    public static JaxrsAuth of(SecurityContext user) {
        return new JaxrsAuth(Visit.of(user));
    }

    /** Looks behind the proxy of the server at once, because that works on this thread only. */
    @Context
    void setSecurityContext(SecurityContext user) {
        visit = of(user).visit();
    }

    private Visit visit() {
        if (visit == null) {
            throw new IllegalStateException("let the server make it: @BeanParam JaxrsAuth auth");
        }
        return visit;
    }

    /**
     * The identity that sent the request, or the reason why it is not known.
     *
     * @return of the credential that came with the request; {@link Rejection#MISSING} if there was none, or after
     *     {@link #logout()}
     */
    public Outcome<Identity> outcome() {
        return visit().outcome();
    }

    /** The identity that sent the request; empty if it is not known. */
    public Optional<Identity> identity() {
        return visit().identity();
    }

    /**
     * The identity that sent the request, if it satisfies a requirement. {@link RequireLogin} says the same by an
     * annotation.
     *
     * @param requirement such as a recent proof
     * @throws WebApplicationException with the refusal
     */
    public Identity require(Requirement requirement) {
        Outcome<Identity> judged = judge(requirement);
        return judged.toOptional()
                .orElseThrow(() ->
                        new WebApplicationException(refuse(judged.rejection().orElseThrow(), requirement)));
    }

    Outcome<Identity> judge(Requirement requirement) {
        return requirement.equals(Requirement.none())
                ? outcome()
                : outcome().then(identity -> visit().auth.recheck(identity, requirement));
    }

    /**
     * As {@link HttpAuth#checkLogin(dev.gateline.http.Exchange)}.
     *
     * @return for {@link #refuse(Rejection)}
     */
    public Optional<Rejection> checkLogin() {
        return visit().auth.checkLogin(visit().exchange);
    }

    /**
     * As {@link HttpAuth#checkLogin(dev.gateline.http.Exchange, LoginAttempt)}.
     *
     * @param attempt by name and client
     * @return for {@link #refuse(Rejection)}
     */
    public Optional<Rejection> checkLogin(LoginAttempt attempt) {
        return visit().auth.checkLogin(visit().exchange, attempt);
    }

    /**
     * As {@link HttpAuth#succeeded}.
     *
     * @param attempt as it was given to {@link #checkLogin(LoginAttempt)}
     */
    public void succeeded(LoginAttempt attempt) {
        visit().auth.succeeded(visit().exchange, attempt);
    }

    /**
     * As {@link HttpAuth#login(dev.gateline.http.Exchange, Login)}. The request itself stays as it came.
     *
     * @param login the verified user
     * @throws LoginRefusedException if the login can't be held, or its credentials don't fit the carrier
     */
    public Outcome<Issued> login(Login login) {
        return visit().auth.login(visit().exchange, login);
    }

    /**
     * As {@link HttpAuth#login(dev.gateline.http.Exchange, Login, Lane)}. The request itself stays as it came.
     *
     * @param login the verified user
     * @param lane of the client
     * @throws LoginRefusedException if the login can't be held, or its credentials don't fit the carrier
     */
    public Outcome<Issued> login(Login login, Lane lane) {
        return visit().auth.login(visit().exchange, login, lane);
    }

    /** As {@link HttpAuth#renew}. */
    public Outcome<Issued> renew() {
        return visit().auth.renew(visit().exchange);
    }

    /**
     * As {@link HttpAuth#reauthenticate}.
     *
     * @param again the new proof
     */
    public Outcome<Issued> reauthenticate(Login again) {
        return visit().auth.reauthenticate(visit().exchange, again);
    }

    /** As {@link HttpAuth#logout}. If the login has ended, the request is that of a stranger from now on. */
    public Outcome<LoginId> logout() {
        Outcome<LoginId> ended = visit().auth.logout(visit().exchange);
        if (ended.toOptional().isPresent()) {
            visit().forget();
        }
        return ended;
    }

    /**
     * The answer to a rejection, to return or to throw in a {@link WebApplicationException}: programs get
     * {@code application/problem+json}, and a browser is sent to the login page if one is wired.
     *
     * @param reason not told to the client
     */
    public Response refuse(Rejection reason) {
        return refuse(reason, Requirement.none());
    }

    /**
     * The answer to a login, a renewal, a step-up or a logout. A rejection is refused. A browser with cookies
     * that has sent a form goes by a 303 to the page in the query parameter {@link ReturnPath#PARAMETER}, or to the
     * first page of the application. Other clients get {@link Issued#body()} as JSON, or 204 if nothing was issued.
     *
     * @param outcome of one of these operations
     */
    public Response answer(Outcome<?> outcome) {
        return outcome.fold(visit()::answer, this::refuse);
    }

    Response refuse(Rejection reason, Requirement requirement) {
        return Visit.response(visit().auth.refuse(reason, visit().exchange, requirement));
    }
}
