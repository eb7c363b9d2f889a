package dev.gateline.http;

import dev.gateline.LoginId;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import java.util.List;

/** Ends logins, and makes browsers forget them. Immutable. */
final class Departure {
    private final Requests requests;
    private final List<Origin> origins;
    private final boolean clearsSiteData;

    Departure(Requests requests, List<Origin> origins, boolean clearsSiteData) {
        this.requests = requests;
        this.origins = origins;
        this.clearsSiteData = clearsSiteData;
    }

    Outcome<LoginId> logout(Exchange exchange) {
        return requests.findForChange(exchange).fold(found -> logout(exchange, found), reason -> switch (reason) {
            case MISSING, CROSS_ORIGIN -> Outcome.rejected(reason);
            default -> logoutAll(exchange, Outcome.rejected(reason));
        });
    }

    private Outcome<LoginId> logout(Exchange exchange, Found found) {
        Outcome<LoginId> ended = found.lane().logout(found.presented());
        if (ended.toOptional().isPresent() || isDead(ended)) {
            forget(exchange, found);
        }
        return ended;
    }

    /** Whether no login here has the secret, because its login has ended or the store has lost it. */
    private static boolean isDead(Outcome<LoginId> outcome) {
        return outcome.equals(Outcome.rejected(Rejection.UNKNOWN));
    }

    /** Ends all logins of a request, because no login can be used while the client sends the credentials of several. */
    private Outcome<LoginId> logoutAll(Exchange exchange, Outcome<LoginId> otherwise) {
        List<Found> all = requests.allForChange(exchange);
        Outcome<LoginId> ended = otherwise;
        for (Found found : all) {
            Outcome<LoginId> each = found.lane().logout(found.presented());
            ended = ended.toOptional().isEmpty() && each.toOptional().isPresent() ? each : ended;
        }
        for (Found found : all) {
            forget(exchange, found);
            found.lane().carrier().clearOtherForms(exchange, origins);
        }
        return ended;
    }

    private void forget(Exchange exchange, Found found) {
        if (exchange.isCommitted()) {
            return;
        }
        found.lane().carrier().clear(exchange);
        if (clearsSiteData && found.lane().isAmbient()) {
            exchange.addHeader("Clear-Site-Data", "\"cache\", \"storage\"");
        }
        Handover.forThisClientOnly(exchange, found.lane());
    }
}
