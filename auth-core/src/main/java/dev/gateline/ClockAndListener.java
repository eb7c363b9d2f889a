package dev.gateline;

import java.time.Clock;

/**
 * The two settings that most builders share: the clock, and the listener for events. The methods without arguments are
 * for the builders, which read the settings as they build. Not thread-safe.
 *
 * @param <B> the builder that has the settings
 */
public abstract class ClockAndListener<B extends ClockAndListener<B>> {
    private Clock clock = Clock.systemUTC();
    private AuthListener listener = AuthListener.none();

    /** Begins with the defaults. */
    protected ClockAndListener() {}

    /** This builder. */
    protected abstract B self();

    /**
     * Sets the clock.
     *
     * @param clock default: the system's
     */
    public B clock(Clock clock) {
        this.clock = clock;
        return self();
    }

    /**
     * Sets the listener for events.
     *
     * @param listener default: none
     */
    public B listener(AuthListener listener) {
        this.listener = listener;
        return self();
    }

    /** The clock. */
    protected final Clock clock() {
        return clock;
    }

    /** The listener for events. */
    protected final AuthListener listener() {
        return listener;
    }
}
