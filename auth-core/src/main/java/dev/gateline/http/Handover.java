package dev.gateline.http;

import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.LoginId;
import dev.gateline.Outcome;
import dev.gateline.internal.Undo;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Starts, renews and steps up logins, and puts their credentials into the response. Immutable. */
final class Handover {
    private final Requests requests;
    private final List<Origin> origins;
    private final Clock clock;

    Handover(Requests requests, List<Origin> origins, Clock clock) {
        this.requests = requests;
        this.origins = origins;
        this.clock = clock;
    }

    /**
     * Starts a login. When the new login starts, the authenticator ends the login of the credential that is good for
     * longest. All other logins that the request proves end after the new one has started.
     */
    Issued login(Exchange exchange, Login login, WiredLane lane) {
        checkNotSent(exchange);
        List<Found> came = requests.allForChange(exchange);
        Optional<Found> replaced = came.stream()
                .filter(found -> found.lane().equals(lane) && login.replaces().isEmpty())
                .findFirst();
        Login replacing = replaced.flatMap(found -> found.presented().longest())
                .map(login::replacing)
                .orElse(login);
        Grant grant = lane.login(replacing);
        // a grant that does not reach the client must not go on living
        return Undo.onFailure(
                () -> {
                    for (Found found : came) {
                        boolean begun = replaced.equals(Optional.of(found));
                        end(found, begun ? Optional.of(grant.loginId()) : Optional.empty());
                    }
                    came.stream()
                            .filter(found -> found.presented().isFlawed())
                            .forEach(found -> found.lane().carrier().clearOtherForms(exchange, origins));
                    return issue(exchange, lane, grant);
                },
                () -> lane.authenticator().logout(grant.renewal()));
    }

    private static void end(Found found, Optional<LoginId> begun) {
        if (begun.isPresent()) {
            found.lane().logoutRest(found.presented(), Outcome.accepted(begun.get()));
        } else {
            found.lane().logout(found.presented());
        }
    }

    Outcome<Issued> renew(Exchange exchange, Found found) {
        return trade(exchange, found, WiredLane::renew);
    }

    Outcome<Issued> reauthenticate(Exchange exchange, Found found, Login again) {
        return trade(exchange, found, (lane, renewal) -> lane.reauthenticate(renewal, again));
    }

    private Outcome<Issued> trade(
            Exchange exchange, Found found, BiFunction<WiredLane, Credential, Outcome<Grant>> trade) {
        checkNotSent(exchange);
        return found.trade(trade).map(grant -> issue(exchange, found.lane(), grant));
    }

    /**
     * Checks that the response can still take credentials. Otherwise the client would lose its old credentials and get
     * no new ones.
     */
    private static void checkNotSent(Exchange exchange) {
        if (exchange.isCommitted()) {
            throw new IllegalStateException(
                    "the response's headers have been sent: log in, renew and step up before you send the response");
        }
    }

    Issued issue(Exchange exchange, WiredLane lane, Grant grant) {
        String body = lane.carrier().write(grant, exchange, clock.instant());
        forThisClientOnly(exchange, lane);
        return new Issued(grant.loginId(), lane.carrier().lane(), grant.renewalExpiresAt(), body);
    }

    static void forThisClientOnly(Exchange exchange, WiredLane lane) {
        exchange.addHeader("Cache-Control", "no-store");
        exchange.addHeader("Vary", lane.carrier().varies());
    }
}
