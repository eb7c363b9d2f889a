package dev.gateline.engine;

import dev.gateline.AuthEvent;
import dev.gateline.AuthListener;
import dev.gateline.AuthUnavailableException;
import dev.gateline.ClientInfo;
import dev.gateline.CredentialKind;
import dev.gateline.Identity;
import dev.gateline.LoginRefusedException;
import dev.gateline.Outcome;
import dev.gateline.Outcome.Rejected;
import dev.gateline.Rejection;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Supplier;

/** Reports events to a listener, and calls stores so that each of their exceptions becomes an outage. Thread-safe. */
public final class Reporter {
    private final Clock clock;
    private final AuthListener listener;

    /**
     * A reporter to one listener.
     *
     * @param clock the clock of the authenticator
     * @param listener the listener, which may throw without effect
     */
    public Reporter(Clock clock, AuthListener listener) {
        this.clock = clock;
        this.listener = listener.shielded();
    }

    /**
     * Tells the listener.
     *
     * @param event an event without a secret
     */
    public void tell(AuthEvent event) {
        listener.on(event);
    }

    /**
     * Tells the listener of a rejection, as of now or once the outcome of the request is known.
     *
     * @param reason the reason of the rejection
     * @param kind the kind of the credential
     * @param realm the realm of the authenticator
     * @param loginId the login that the credential names; empty if none
     * @param subject the subject, if the credential proves it; otherwise empty
     * @param now the instant of the decision
     * @return the rejection
     */
    public <T> Outcome<T> reject(
            Rejection reason, CredentialKind kind, String realm, String loginId, String subject, Instant now) {
        return reject(new Rejected<>(reason), kind, realm, loginId, subject, now);
    }

    /** Tells of a rejection that says which rule was broken. */
    public <T> Outcome<T> reject(
            Rejected<T> rejected, CredentialKind kind, String realm, String loginId, String subject, Instant now) {
        OneRejection.tell(() -> tell(new AuthEvent.Rejected(
                now, ClientInfo.current(), rejected.reason(), kind, realm, loginId, subject, rejected.detail())));
        return rejected;
    }

    /** Tells of the rejection of an identity that is proved. */
    public <T> Outcome<T> reject(Rejection reason, CredentialKind kind, Identity identity, Instant now) {
        return reject(new Rejected<>(reason), kind, identity, now);
    }

    /** Tells of the rejection of an identity that is proved, which says which rule was broken. */
    public <T> Outcome<T> reject(Rejected<T> rejected, CredentialKind kind, Identity identity, Instant now) {
        return reject(rejected, kind, identity.realm(), identity.loginId().value(), identity.subject(), now);
    }

    /**
     * Asks a store.
     *
     * @param what for the message: what could not be done
     * @param call the call of the store
     * @throws AuthUnavailableException if the store throws any exception except {@link LoginRefusedException}
     */
    public <T> T orUnavailable(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            throw failure(what, e);
        }
    }

    /**
     * Turns an exception of a store into the one to throw, in a place where {@link #orUnavailable} costs too much.
     *
     * @param what for the message: what could not be done
     */
    RuntimeException failure(String what, RuntimeException thrown) {
        if (thrown instanceof LoginRefusedException) {
            return thrown;
        }
        tell(new AuthEvent.StoreUnavailable(
                clock.instant(), what + ": " + thrown.getClass().getName()));
        return thrown instanceof AuthUnavailableException
                ? thrown
                : new AuthUnavailableException("can't " + what + ": the store failed", thrown);
    }
}
