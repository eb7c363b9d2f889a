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

/** Recognises clients, and renews the cookies of browsers on the way: those don't renew by themselves. Immutable. */
final class OnTheWay {
    /**
     * Expired, ended though its login may go on, or issued under settings or signed with a key that have been taken out
     * of service since.
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

    /** The client, if memory proves it and no renewal is due. */
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
     * Browsers often drop an answer: so the renewal credential is not traded here. The fresh cookies go out even if the
     * requirement is not met then, and the request is good even if they can't.
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
     * The client holds on to what it has until it uses the successor, so nothing is lost if that does not arrive. A
     * store that can't do it now will do it later.
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
