package dev.gateline.spi;

import dev.gateline.LoginLimit;
import java.time.Duration;
import java.time.Instant;

/**
 * What differs between kinds of tickets.
 *
 * @param prefix 3 characters; no two kinds share one
 * @param realm what sets these logins apart from others in the same storage, 1 to 40 visible ASCII characters
 * @param timeouts of a login, by what is known as it starts; an absolute limit falls on a whole second, as tokens do
 * @param limit how many logins a subject may have
 * @param grace how long a ticket that was traded still leads to its successor
 * @param firstUseSeen whether the first use of a ticket comes by here; the grace counts from then, else from the
 *     trade
 * @param seenInterval how often a use is written down at most
 * @param signedFor how long what is signed for a login is good; zero if nothing is
 */
public record TicketPolicy(
        String prefix,
        String realm,
        LoginTimeouts timeouts,
        LoginLimit limit,
        Duration grace,
        boolean firstUseSeen,
        Duration seenInterval,
        Duration signedFor) {

    /** In it, a store that has failed over is in use again. */
    private static final Duration FAIL_OVER = Duration.ofMinutes(5);

    /** Clocks differ by up to a minute, and a verifier may allow for one more. */
    private static final Duration CLOCKS = Duration.ofMinutes(2);

    /**
     * Checks the times.
     *
     * @throws IllegalArgumentException naming the rule and the values
     */
    public TicketPolicy {
        check(grace.compareTo(Duration.ofSeconds(1)) >= 0, "grace", "at least 1 s", grace);
        check(grace.compareTo(Duration.ofMinutes(1)) <= 0, "grace", "at most 1 min", grace);
        Duration idle = timeouts.usual().idle();
        check(grace.compareTo(idle) < 0, "grace", "shorter than the idle timeout, " + idle, grace);
    }

    private static void check(boolean ok, String what, String rule, Duration was) {
        if (!ok) {
            throw new IllegalArgumentException(what + ": " + rule + "; was " + was);
        }
    }

    /** How long the ending of a login is remembered: until nothing signed for it is good, and its row can't come back. */
    Duration endedFor() {
        return CLOCKS.plus(signedFor.compareTo(FAIL_OVER) > 0 ? signedFor : FAIL_OVER);
    }

    /** How long it is, if the row may be there still. */
    Duration endedForGood() {
        return CLOCKS.plus(timeouts.longest());
    }

    TicketState succeed(TicketState state, Ticket current, Instant now) {
        return firstUseSeen
                ? state.succeededUntilFirstUse(current, now)
                : state.succeeded(current, now, now.plus(grace));
    }
}
