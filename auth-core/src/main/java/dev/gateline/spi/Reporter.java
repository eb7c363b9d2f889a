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
        outcome.rejection().ifPresent(reason -> tell(new AuthEvent.Rejected(now, reason)));
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
        } catch (LoginRefusedException e) {
            throw e;
        } catch (Exception e) {
            tell(new AuthEvent.StoreUnavailable(
                    clock.instant(), what + ": " + e.getClass().getName()));
            throw e instanceof AuthUnavailableException outage
                    ? outage
                    : new AuthUnavailableException("can't " + what + ": the store failed", e);
        }
    }
}
