package dev.gateline.spi;

import dev.gateline.AuthEvent;
import dev.gateline.AuthListener;
import dev.gateline.AuthUnavailableException;
import dev.gateline.LoginRefusedException;
import dev.gateline.Outcome;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Tells a listener what happens, and asks stores so that whatever they throw is an outage and nothing else.
 * Thread-safe.
 */
public final class Reporter {
    private final Clock clock;
    private final AuthListener listener;

    /**
     * A reporter to one listener.
     *
     * @param clock the authenticator's
     * @param listener may throw; nobody will notice
     */
    public Reporter(Clock clock, AuthListener listener) {
        this.clock = clock;
        this.listener = listener.shielded();
    }

    /**
     * Tells the listener.
     *
     * @param event without a secret
     */
    public void tell(AuthEvent event) {
        listener.on(event);
    }

    /**
     * Tells the listener of a rejection.
     *
     * @param outcome of whatever was asked
     * @param now the instant of the decision
     * @return the outcome
     */
    public <T> Outcome<T> tell(Outcome<T> outcome, Instant now) {
        if (outcome instanceof Outcome.Rejected<T> rejected) {
            tell(new AuthEvent.Rejected(now, rejected.reason(), rejected.detail()));
        }
        return outcome;
    }

    /**
     * Asks a store.
     *
     * @param what for the message: what could not be done
     * @param call to the store
     * @throws AuthUnavailableException for whatever the store throws, but for {@link LoginRefusedException}
     */
    public <T> T ask(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            throw failure(what, e);
        }
    }

    /**
     * What to throw for what a store has thrown, in a place where {@link #ask} costs too much.
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
