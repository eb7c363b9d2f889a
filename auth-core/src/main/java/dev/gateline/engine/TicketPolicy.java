package dev.gateline.engine;

import dev.gateline.CredentialKind;
import dev.gateline.LoginLimit;
import dev.gateline.internal.Rules;
import java.time.Duration;
import java.time.Instant;

/**
 * The settings of a kind of tickets.
 *
 * @param prefix 3 characters; no two kinds share one
 * @param realm what sets these logins apart from others in the same storage, 1 to 40 visible ASCII characters
 * @param timeouts of a login, by what is known as it starts; an absolute limit falls on a whole second, as tokens do
 * @param limit how many logins a subject may have
 * @param grace how long a ticket that was traded still leads to its successor once that has been used
 * @param retriedFor how long it leads there if no use is seen, for answers that are lost
 * @param seenInterval how often a use is written down at most; never less often than ten times in a login's idle
 *     timeout
 * @param signedFor how long what is signed for a login is good; zero if nothing is
 */
public record TicketPolicy(
        String prefix,
        String realm,
        LoginTimeouts timeouts,
        LoginLimit limit,
        Duration grace,
        Duration retriedFor,
        Duration seenInterval,
        Duration signedFor) {

    /** As long as any login may last. */
    public static final Duration AS_LONG_AS_A_LOGIN = Duration.ofDays(36_525);

    /** In it, a store that has failed over is in use again. */
    private static final Duration FAIL_OVER = Duration.ofMinutes(5);

    /** The permitted difference between clocks of nodes. */
    static final Duration SKEW = Duration.ofMinutes(1);

    /** A verifier may allow for as much again. */
    private static final Duration CLOCKS = SKEW.multipliedBy(2);

    /**
     * Checks the times.
     *
     * @throws IllegalArgumentException naming the rule and the values
     */
    public TicketPolicy {
        Rules.within("grace", grace, Duration.ofSeconds(1), Duration.ofMinutes(1));
        Rules.require(
                retriedFor.compareTo(grace) >= 0,
                "lost answers retried for: at least the grace, " + grace + ", was " + retriedFor);
        Duration idle = timeouts.usual().idle();
        Rules.require(grace.compareTo(idle) < 0, "grace: shorter than the idle timeout, " + idle + ", was " + grace);
    }

    /** The kind of credential of these tickets. */
    CredentialKind kind() {
        return signedFor.isZero() ? CredentialKind.SESSION_ID : CredentialKind.REFRESH_TOKEN;
    }

    /** Whether something that is signed now, in whole seconds, can be good before a login ends. */
    boolean canSignUntil(Instant loginEnds, Instant now) {
        return signedFor.isZero() || now.getEpochSecond() < loginEnds.getEpochSecond();
    }

    /**
     * How long the ending of a login is remembered: until nothing signed for it is good, and its row can't come back.
     */
    Duration endedFor() {
        return CLOCKS.plus(signedFor.compareTo(FAIL_OVER) > 0 ? signedFor : FAIL_OVER);
    }

    /** How long it is, if the row may be there still. */
    Duration endedForGood() {
        return CLOCKS.plus(timeouts.longest());
    }
}
