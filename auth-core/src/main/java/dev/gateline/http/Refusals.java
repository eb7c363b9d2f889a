package dev.gateline.http;

import dev.gateline.Rejection;
import dev.gateline.Requirement;
import java.util.List;

/** Says no: the status and the challenges of each rejection. Immutable. */
final class Refusals {
    private final List<Carrier> carriers;

    Refusals(List<Carrier> carriers) {
        this.carriers = carriers;
    }

    int refuse(Rejection reason, Exchange exchange, Requirement requirement) {
        return switch (reason) {
            case CROSS_ORIGIN -> 403;
            case TOO_MANY_ATTEMPTS -> 429;
            case TOO_LARGE -> 431;
            case MISSING -> {
                carriers.forEach(carrier -> exchange.addHeader("WWW-Authenticate", carrier.challenge()));
                yield 401;
            }
            case AMBIGUOUS -> challenge(400, "error=\"invalid_request\"", exchange);
            case INSUFFICIENT -> challenge(401, insufficient(requirement), exchange);
            default -> challenge(401, "error=\"invalid_token\"", exchange);
        };
    }

    private static String insufficient(Requirement requirement) {
        return "error=\"insufficient_user_authentication\""
                + requirement
                        .maxAge()
                        .map(age -> ", max_age=\"" + age.toSeconds() + '"')
                        .orElse("");
    }

    /** Of the lanes that the request used; of all if it used none. */
    private int challenge(int status, String parameters, Exchange exchange) {
        List<Carrier> used = carriers.stream()
                .filter(carrier -> !carrier.read(exchange).isNothing())
                .toList();
        for (Carrier carrier : used.isEmpty() ? carriers : used) {
            exchange.addHeader("WWW-Authenticate", carrier.challenge(parameters));
        }
        return status;
    }
}
