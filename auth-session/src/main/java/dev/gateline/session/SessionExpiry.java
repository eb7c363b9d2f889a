package dev.gateline.session;

import dev.gateline.Identity;
import dev.gateline.LoginLimit;
import dev.gateline.engine.LoginTimeouts;
import dev.gateline.engine.TicketPolicy;
import dev.gateline.internal.Rules;
import java.time.Duration;
import java.time.Instant;

/**
 * When sessions end by themselves, and when their ids become old. A session is over as soon as its row says so
 * ({@link dev.gateline.store.LoginRow#isLiveAt}).
 *
 * @param timeouts idle and absolute
 * @param grace how long an id still leads to its successor after the successor was used
 * @param seenInterval how often a use is written down at most, from which the idle timeout counts
 * @param rotateEvery the age at which an id is traded for its successor on the way
 */
record SessionExpiry(LoginTimeouts timeouts, Duration grace, Duration seenInterval, Duration rotateEvery) {
    private static final Duration NEVER = TicketPolicy.AS_LONG_AS_A_LOGIN;

    SessionExpiry {
        Rules.within("seen interval", seenInterval, Duration.ZERO, Duration.ofHours(1));
    }

    /** The rules for the tickets of one realm. An id leads to its successor as long as the successor is not used. */
    TicketPolicy policy(String realm, LoginLimit limit) {
        TicketPolicy policy = new TicketPolicy(
                Sessions.PREFIX, Sessions.PREFIX + realm, timeouts, limit, grace, NEVER, seenInterval, Duration.ZERO);
        Rules.within("rotate every", rotateEvery, grace.plusSeconds(1), NEVER);
        return policy;
    }

    boolean isRotationDue(Identity identity, Instant now) {
        return !now.isBefore(identity.issuedAt().plus(rotateEvery));
    }
}
