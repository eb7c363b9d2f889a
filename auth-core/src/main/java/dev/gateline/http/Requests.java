package dev.gateline.http;

import dev.gateline.AuthEvent;
import dev.gateline.AuthListener;
import dev.gateline.ClientInfo;
import dev.gateline.CredentialKind;
import dev.gateline.Outcome;
import dev.gateline.Outcome.Rejected;
import dev.gateline.Rejection;
import dev.gateline.engine.OneRejection;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Finds the credentials of a request, and says whether it may act with them. Immutable. */
final class Requests {
    private final List<WiredLane> lanes;
    private final CrossOriginGuard guard;
    private final Clock clock;
    private final AuthListener listener;

    Requests(List<WiredLane> lanes, CrossOriginGuard guard, Clock clock, AuthListener listener) {
        this.lanes = lanes;
        this.guard = guard;
        this.clock = clock;
        this.listener = listener;
    }

    /** Finds the client of a request that reads. */
    Outcome<Found> find(Exchange exchange) {
        return told(find(all(exchange), exchange));
    }

    /**
     * Finds the client as {@link #find(Exchange)} does, but without an event.
     *
     * @param all the credentials that {@link #all(Exchange)} has found
     */
    Outcome<Found> find(List<Found> all, Exchange exchange) {
        return one(all, exchange, guard::permits);
    }

    /** Finds the client of a request that changes its login, by any method. */
    Outcome<Found> findForChange(Exchange exchange) {
        return told(one(all(exchange), exchange, guard::permitsChange))
                .then(found -> found.lane().onlyReads() ? refused(Rejection.WRONG_ISSUER) : Outcome.accepted(found));
    }

    /** All credentials of a request, from any sender. */
    List<Found> all(Exchange exchange) {
        List<Found> all = new ArrayList<>(1);
        for (WiredLane lane : lanes) {
            Presented presented = lane.carrier().read(exchange);
            if (!presented.isNothing()) {
                all.add(new Found(lane, presented));
            }
        }
        return all;
    }

    /** All credentials with which a request may change something, of any number of logins. */
    List<Found> allForChange(Exchange exchange) {
        return all(exchange).stream()
                .filter(found -> !found.lane().onlyReads())
                .filter(found -> !found.lane().isAmbient() || guard.permitsChange(exchange))
                .toList();
    }

    /** Reports a rejection. A request without credentials is no attempt, and is not reported. */
    private Outcome<Found> told(Outcome<Found> found) {
        return found instanceof Rejected<Found> rejected && rejected.reason() != Rejection.MISSING
                ? refused(rejected.reason())
                : found;
    }

    private static Outcome<Found> one(List<Found> all, Exchange exchange, Predicate<Exchange> permits) {
        if (all.isEmpty()) {
            return Outcome.rejected(Rejection.MISSING);
        }
        if (all.stream().anyMatch(found -> found.lane().isAmbient()) && !permits.test(exchange)) {
            return Outcome.rejected(Rejection.CROSS_ORIGIN);
        }
        if (all.size() > 1) {
            return Outcome.rejected(Rejection.AMBIGUOUS);
        }
        Found found = all.get(0);
        return found.presented().unflawed().fold(whole -> Outcome.accepted(found), Outcome::rejected);
    }

    /** Whether a login may start over a lane. */
    Outcome<WiredLane> permitLogin(Exchange exchange, WiredLane lane) {
        return !lane.isAmbient() || guard.permitsChange(exchange)
                ? Outcome.accepted(lane)
                : refused(Rejection.CROSS_ORIGIN);
    }

    /** Reports a rejection that no authenticator has seen. */
    <T> Outcome<T> refused(Rejection reason) {
        Instant now = clock.instant();
        OneRejection.tell(() -> listener.on(
                new AuthEvent.Rejected(now, ClientInfo.current(), reason, CredentialKind.UNKNOWN, "", "", "")));
        return Outcome.rejected(reason);
    }
}
