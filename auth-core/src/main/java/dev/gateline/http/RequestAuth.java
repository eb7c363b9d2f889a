package dev.gateline.http;

import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginAttempt;
import dev.gateline.LoginId;
import dev.gateline.LoginRefusedException;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import java.util.Optional;

/**
 * The user of one request, with login, logout and the other operations of {@link HttpAuth}. The modules for frameworks
 * whose threads may block extend it. An object belongs to its request and is not thread-safe.
 *
 * <p>Methods that hand out credentials throw an {@link IllegalStateException} after the response has been sent; then
 * nothing has changed.
 */
public abstract class RequestAuth {

    /** For the modules of frameworks. */
    protected RequestAuth() {}

    /** The {@link HttpAuth} that has authenticated the request. */
    protected abstract HttpAuth auth();

    /** The request, and the headers of its response. */
    protected abstract Exchange exchange();

    /** Makes the request one of a stranger, because its login has ended. */
    protected abstract void forget();

    /**
     * The identity that sent the request, or the reason why it is not known.
     *
     * @return the outcome for the credential of the request; {@link Rejection#MISSING} if there was none, or after
     *     {@link #logout()}
     */
    public abstract Outcome<Identity> outcome();

    /** The identity that sent the request; empty if it is not known. */
    public final Optional<Identity> identity() {
        return outcome().toOptional();
    }

    /**
     * Checks the identity that sent the request against a requirement, as {@link HttpAuth#recheck} does. The request is
     * not refused. If the verifier asks an issuer about each token, an {@linkplain Requirement#authoritative()
     * authoritative} requirement is never met, because a recheck has no token to ask about.
     *
     * @param requirement such as a recent proof
     */
    public final Outcome<Identity> judge(Requirement requirement) {
        return requirement.equals(Requirement.none())
                ? outcome()
                : outcome().then(identity -> auth().recheck(identity, requirement));
    }

    /**
     * Checks whether the request may log in, as {@link HttpAuth#checkLogin(Exchange)} does.
     *
     * @return a rejection to be refused; empty if the request may continue
     */
    public final Optional<Rejection> checkLogin() {
        return auth().checkLogin(exchange());
    }

    /**
     * Checks whether an attempt to log in is permitted, as {@link HttpAuth#checkLogin(Exchange, LoginAttempt)} does.
     *
     * @param attempt by name and client
     * @return a rejection to be refused; empty if the request may continue
     */
    public final Optional<Rejection> checkLogin(LoginAttempt attempt) {
        return auth().checkLogin(exchange(), attempt);
    }

    /**
     * Reports a successful attempt, as {@link HttpAuth#succeeded(Exchange, LoginAttempt)} does.
     *
     * @param attempt the attempt that was given to {@link #checkLogin(LoginAttempt)}
     */
    public final void succeeded(LoginAttempt attempt) {
        auth().succeeded(exchange(), attempt);
    }

    /**
     * Starts a login, as {@link HttpAuth#login(Exchange, Login)} does. The outcome of this request does not change.
     *
     * @param login the verified user
     * @throws LoginRefusedException if the login can't be held, or its credentials don't fit the carrier
     */
    public final Outcome<Issued> login(Login login) {
        return auth().login(exchange(), login);
    }

    /**
     * Starts a login, as {@link HttpAuth#login(Exchange, Login, Lane)} does. The outcome of this request does not
     * change.
     *
     * @param login the verified user
     * @param lane of the client
     * @throws LoginRefusedException if the login can't be held, or its credentials don't fit the carrier
     */
    public final Outcome<Issued> login(Login login, Lane lane) {
        return auth().login(exchange(), login, lane);
    }

    /** Renews the login of the request, as {@link HttpAuth#renew(Exchange)} does. */
    public final Outcome<Issued> renew() {
        return auth().renew(exchange());
    }

    /**
     * Steps up the login of the request, as {@link HttpAuth#reauthenticate(Exchange, Login)} does.
     *
     * @param again the new proof
     */
    public final Outcome<Issued> reauthenticate(Login again) {
        return auth().reauthenticate(exchange(), again);
    }

    /**
     * Ends the login of the request, as {@link HttpAuth#logout(Exchange)} does. If the login has ended, the request
     * belongs to a stranger from now on.
     */
    public final Outcome<LoginId> logout() {
        Outcome<LoginId> ended = auth().logout(exchange());
        if (ended.toOptional().isPresent()) {
            forget();
        }
        return ended;
    }
}
