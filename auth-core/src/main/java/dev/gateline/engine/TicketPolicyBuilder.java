package dev.gateline.engine;

import dev.gateline.LoginLimit;
import java.time.Duration;

/** Describes a {@link TicketPolicy}. Not thread-safe. */
public final class TicketPolicyBuilder {
    private final String prefix;
    private final LoginTimeouts timeouts;
    private final LoginLimit limit;
    private String realm;
    private Duration grace = Duration.ZERO;
    private Duration retriedFor = TicketPolicy.AS_LONG_AS_A_LOGIN;
    private Duration seenInterval = Duration.ZERO;
    private Duration signedFor = Duration.ZERO;

    TicketPolicyBuilder(String prefix, LoginTimeouts timeouts, LoginLimit limit) {
        this.prefix = prefix;
        this.timeouts = timeouts;
        this.limit = limit;
        realm = prefix;
    }

    /**
     * Sets apart these logins from others in the same storage.
     *
     * @param name 1 to 40 visible ASCII characters; default: the prefix
     */
    public TicketPolicyBuilder realm(String name) {
        realm = name;
        return this;
    }

    /**
     * Sets how long a traded ticket still leads to its successor after the successor was used. Required.
     *
     * @param span 1 s to 1 min, shorter than the idle timeout
     */
    public TicketPolicyBuilder grace(Duration span) {
        grace = span;
        return this;
    }

    /**
     * Sets how long a traded ticket leads to its successor at most if no use of the successor is seen, for answers that
     * are lost.
     *
     * @param span at least the grace; default: as long as the login lives
     */
    public TicketPolicyBuilder retriedFor(Duration span) {
        retriedFor = span;
        return this;
    }

    /**
     * Sets how often a use is written at most. It is written at least ten times in a login's idle timeout.
     *
     * @param interval default: zero, so that each use is written
     */
    public TicketPolicyBuilder seenInterval(Duration interval) {
        seenInterval = interval;
        return this;
    }

    /**
     * Sets the lifetime of the tokens that are signed for a login.
     *
     * @param lifetime default: zero, because no tokens are signed
     */
    public TicketPolicyBuilder signedFor(Duration lifetime) {
        signedFor = lifetime;
        return this;
    }

    /**
     * Builds the policy.
     *
     * @throws IllegalArgumentException if a setting breaks a rule; the message names the rule and the value
     */
    public TicketPolicy build() {
        return new TicketPolicy(this);
    }

    String prefix() {
        return prefix;
    }

    String realm() {
        return realm;
    }

    LoginTimeouts timeouts() {
        return timeouts;
    }

    LoginLimit limit() {
        return limit;
    }

    Duration grace() {
        return grace;
    }

    Duration retriedFor() {
        return retriedFor;
    }

    Duration seenInterval() {
        return seenInterval;
    }

    Duration signedFor() {
        return signedFor;
    }
}
