package dev.gateline.session;

import dev.gateline.Identity;
import dev.gateline.engine.TicketPolicy;
import dev.gateline.internal.Rules;
import java.time.Duration;
import java.time.Instant;

/**
 * Says when sessions end by themselves, and when their ids become old. A session is over as soon as its row says so
 * ({@link dev.gateline.store.LoginRow#isLiveAt}). Immutable.
 *
 * @param policy the policy of the ids, which are tickets
 * @param rotateEvery the age at which an id is traded for its successor on the way
 */
record SessionExpiry(TicketPolicy policy, Duration rotateEvery) {

    SessionExpiry {
        Rules.within("seen interval", policy.seenInterval(), Duration.ZERO, Duration.ofHours(1));
        Rules.within("rotate every", rotateEvery, policy.grace().plusSeconds(1), TicketPolicy.AS_LONG_AS_A_LOGIN);
    }

    boolean isRotationDue(Identity identity, Instant now) {
        return !now.isBefore(identity.issuedAt().plus(rotateEvery));
    }
}
