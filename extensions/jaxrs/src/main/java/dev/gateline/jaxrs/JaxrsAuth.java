package dev.gateline.jaxrs;

import dev.gateline.Identity;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.http.Exchange;
import dev.gateline.http.HttpAuth;
import dev.gateline.http.Issued;
import dev.gateline.http.RequestAuth;
import dev.gateline.http.ReturnPath;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.jspecify.annotations.Nullable;

/**
 * The user of a request that a {@link GatelineFeature} has seen, with login, logout and the other operations. A
 * resource method takes it as {@code @BeanParam JaxrsAuth auth}. It belongs to its request. Asynchronous methods may
 * use it on any thread, one at a time.
 *
 * <p>Methods that hand out credentials throw an {@link IllegalStateException} after the response has been sent; then
 * nothing has changed.
 */
public final class JaxrsAuth extends RequestAuth {
    private @Nullable Visit visit;

    /** For servers, which inject the request. */
    public JaxrsAuth() {}

    JaxrsAuth(Visit visit) {
        this.visit = visit;
    }

    /**
     * Returns the object of a request, for filters, and for resource methods that have its security context.
     *
     * @param user of a request that a {@link GatelineFeature} has seen
     * @throws IllegalStateException if the feature has not seen the request
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

    @Override
    protected HttpAuth auth() {
        return visit().auth;
    }

    @Override
    protected Exchange exchange() {
        return visit().exchange;
    }

    @Override
    protected void forget() {
        visit().forget();
    }

    @Override
    public Outcome<Identity> outcome() {
        return visit().outcome();
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

    /**
     * Makes the answer to a rejection, to return or to throw in a {@link WebApplicationException}: programs get
     * {@code application/problem+json}, and a browser is sent to the login page if one is wired.
     *
     * @param reason the reason, which the client does not get
     */
    public Response refuse(Rejection reason) {
        return refuse(reason, Requirement.none());
    }

    /**
     * Makes the answer to a login, a renewal, a step-up or a logout. A rejection is refused. A browser with cookies
     * that has sent a form goes by a 303 to the page in the query parameter {@link ReturnPath#PARAMETER}, or to the
     * first page of the application. Other clients get {@link Issued#body()} as JSON, or 204 if nothing was issued.
     *
     * @param outcome of one of these operations
     */
    public Response answer(Outcome<?> outcome) {
        return outcome.fold(visit()::answer, this::refuse);
    }

    Response refuse(Rejection reason, Requirement requirement) {
        return visit().response(exchange -> visit().auth.refuse(reason, exchange, requirement));
    }
}
