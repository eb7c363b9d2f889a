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
 * @param endedFor how long it is remembered that a login has ended: at least until all that was signed for it is
 *     dead, and until a store that fails over has settled
 */
public record TicketPolicy(
        String prefix,
        String realm,
        LoginTimeouts timeouts,
        LoginLimit limit,
        Duration grace,
        boolean firstUseSeen,
        Duration seenInterval,
        Duration endedFor) {

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

    TicketState succeed(TicketState state, Ticket current, Instant now) {
        return firstUseSeen
                ? state.succeededUntilFirstUse(current, now)
                : state.succeeded(current, now, now.plus(grace));
    }
}
