package dev.gateline.http;

import dev.gateline.Activity;
import dev.gateline.AuthUnavailableException;
import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.Identity;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import java.util.Optional;
import java.util.Set;

/** Recognises clients, and renews the cookies of browsers, because browsers don't renew by themselves. Immutable. */
final class OnTheWay {
    /**
     * The rejections of an access credential whose login may still live: it has expired or was revoked, or its settings
     * or its key are not in use any more.
     */
    private static final Set<Rejection> MENDABLE =
            Set.of(Rejection.EXPIRED, Rejection.REVOKED, Rejection.LIVES_TOO_LONG, Rejection.BAD_SIGNATURE);

    private final Handover handover;

    OnTheWay(Handover handover) {
        this.handover = handover;
    }

    Outcome<Identity> authenticate(Exchange exchange, Found found, Requirement requirement, Activity activity) {
        Outcome<Identity> outcome = found.presented()
                .access()
                .map(access -> found.lane().authenticate(access, requirement, activity))
                .orElse(Outcome.rejected(Rejection.EXPIRED));
        if (!renews(found.lane())) {
            return outcome;
        }
        return isMendable(outcome) && found.presented().hasRenewalOfItsOwn()
                ? refreshed(exchange, found, requirement, activity)
                : outcome.then(
                        identity -> activity == Activity.BACKGROUND ? outcome : rotated(exchange, found, identity));
    }

    /** Returns the identity, if memory proves it and no renewal is due. */
    Optional<Identity> tryAuthenticate(Found found, Requirement requirement, Activity activity) {
        WiredLane lane = found.lane();
        boolean mayRenew = renews(lane) && activity == Activity.USER;
        return found.presented()
                .access()
                .flatMap(access -> lane.tryAuthenticate(access, requirement, activity)
                        .filter(identity -> !mayRenew || !lane.authenticator().isRenewalDue(access, identity)));
    }

    private static boolean renews(WiredLane lane) {
        return lane.isAmbient() && !lane.onlyReads();
    }

    private static boolean isMendable(Outcome<Identity> outcome) {
        return outcome.rejection().filter(MENDABLE::contains).isPresent();
    }

    /**
     * Refreshes an access credential. The renewal credential is not traded, because browsers often drop a response. The
     * fresh cookies are sent even if the requirement is not met. The request is good even if they can't be sent.
     */
    private Outcome<Identity> refreshed(Exchange exchange, Found found, Requirement requirement, Activity activity) {
        return found.trade((lane, renewal) -> lane.refresh(renewal, activity)).then(grant -> {
            if (!exchange.isCommitted()) {
                handover.issue(exchange, found.lane(), grant);
            }
            return found.lane().authenticate(grant.access(), requirement, activity);
        });
    }

    /**
     * Trades a session id that is due. The old id stays good until its successor is used, so a lost response does no
     * harm. If the store fails, a later request trades the id.
     */
    private Outcome<Identity> rotated(Exchange exchange, Found found, Identity identity) {
        WiredLane lane = found.lane();
        Optional<Credential> due =
                found.presented().access().filter(access -> lane.authenticator().isRenewalDue(access, identity));
        if (due.isEmpty() || exchange.isCommitted()) {
            return Outcome.accepted(identity);
        }
        try {
            Outcome<Grant> traded = found.presented().hasRenewalOfItsOwn()
                    ? found.trade((its, renewal) -> its.refresh(renewal, Activity.USER))
                    : lane.renew(due.get());
            return traded.map(grant -> {
                handover.issue(exchange, lane, grant);
                return identity;
            });
        } catch (AuthUnavailableException e) {
            return Outcome.accepted(identity);
        }
    }
}
