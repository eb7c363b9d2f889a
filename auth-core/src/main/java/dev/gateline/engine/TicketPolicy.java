package dev.gateline.engine;

import dev.gateline.CredentialKind;
import dev.gateline.LoginLimit;
import dev.gateline.internal.Rules;
import java.time.Duration;
import java.time.Instant;

/** The settings of a kind of tickets. Immutable. */
public final class TicketPolicy {
    /** The longest time that any login may last. */
    public static final Duration AS_LONG_AS_A_LOGIN = Duration.ofDays(36_525);

    /** The time within which a store that has failed over is in use again. */
    private static final Duration FAIL_OVER = Duration.ofMinutes(5);

    /** The permitted difference between the clocks of two nodes. */
    static final Duration SKEW = Duration.ofMinutes(1);

    /** The permitted difference between the clocks of two nodes, and as much again for a verifier. */
    private static final Duration CLOCKS = SKEW.multipliedBy(2);

    /** The time for which an ending is remembered that outlives each row, whatever the settings were as it began. */
    static final Duration ENDED_FOR_ANY_LOGIN = AS_LONG_AS_A_LOGIN.plus(CLOCKS);

    private final String prefix;
    private final String realm;
    private final LoginTimeouts timeouts;
    private final LoginLimit limit;
    private final Duration grace;
    private final Duration retriedFor;
    private final Duration seenInterval;
    private final Duration signedFor;

    TicketPolicy(TicketPolicyBuilder builder) {
        prefix = builder.prefix();
        realm = builder.realm();
        timeouts = builder.timeouts();
        limit = builder.limit();
        grace = builder.grace();
        retriedFor = builder.retriedFor();
        seenInterval = builder.seenInterval();
        signedFor = builder.signedFor();
        Rules.within("grace", grace, Duration.ofSeconds(1), Duration.ofMinutes(1));
        Rules.require(
                retriedFor.compareTo(grace) >= 0,
                "lost answers retried for: at least the grace, " + grace + ", was " + retriedFor);
        Duration idle = timeouts.usual().idle();
        Rules.require(grace.compareTo(idle) < 0, "grace: shorter than the idle timeout, " + idle + ", was " + grace);
    }

    /**
     * Starts a policy.
     *
     * @param prefix the first 3 characters of the tickets; no two kinds share one
     * @param timeouts the timeouts of a login; an absolute limit falls on a whole second, as tokens do
     * @param limit the number of logins that a subject may have
     */
    public static TicketPolicyBuilder builder(String prefix, LoginTimeouts timeouts, LoginLimit limit) {
        return new TicketPolicyBuilder(prefix, timeouts, limit);
    }

    String prefix() {
        return prefix;
    }

    String realm() {
        return realm;
    }

    /** The timeouts of a login. */
    public LoginTimeouts timeouts() {
        return timeouts;
    }

    LoginLimit limit() {
        return limit;
    }

    /** The time for which a traded ticket leads to its successor after the successor was used. */
    public Duration grace() {
        return grace;
    }

    Duration retriedFor() {
        return retriedFor;
    }

    /** The longest interval between two notes of use of one login. */
    public Duration seenInterval() {
        return seenInterval;
    }

    /** The lifetime of the tokens that are signed for a login; zero if none are. */
    public Duration signedFor() {
        return signedFor;
    }

    /** The kind of credential of these tickets. */
    CredentialKind kind() {
        return signedFor.isZero() ? CredentialKind.SESSION_ID : CredentialKind.REFRESH_TOKEN;
    }

    /** Whether a token that is signed now, in whole seconds, can be good before a login ends. */
    boolean canSignUntil(Instant loginEnds, Instant now) {
        return signedFor.isZero() || now.getEpochSecond() < loginEnds.getEpochSecond();
    }

    /**
     * The time for which the ending of a login is remembered: until no token of the login is good, and its row can't
     * come back.
     */
    Duration endedFor() {
        return CLOCKS.plus(signedFor.compareTo(FAIL_OVER) > 0 ? signedFor : FAIL_OVER);
    }

    /** The time for which an ending is remembered whose row may still be in the store, by the settings of now. */
    Duration endedForGood() {
        return CLOCKS.plus(timeouts.longest());
    }
}
