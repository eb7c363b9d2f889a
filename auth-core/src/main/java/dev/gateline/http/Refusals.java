package dev.gateline.http;

import dev.gateline.Rejection;
import dev.gateline.Requirement;
import java.util.List;
import java.util.Optional;

/** Maps each rejection to a status, with the challenges or the page to go to. Immutable. */
final class Refusals {
    private static final String RETRY_AFTER_SECONDS = "5";

    private final List<Carrier> carriers;
    private final LoginPages pages;

    Refusals(List<Carrier> carriers, LoginPages pages) {
        this.carriers = carriers;
        this.pages = pages;
    }

    Refusal refuse(Rejection reason, Exchange exchange, Requirement requirement) {
        Optional<String> page = status(reason) == 401 ? pages.addressFor(reason, exchange) : Optional.empty();
        if (page.isPresent()) {
            exchange.addHeader("Location", page.get());
            return new Refusal(303, "");
        }
        challenge(reason, exchange, requirement);
        return Refusal.of(status(reason), exchange);
    }

    /** Answers an outage. Usually the client only has to wait. */
    static Refusal unavailable(Exchange exchange) {
        exchange.addHeader("Retry-After", RETRY_AFTER_SECONDS);
        return Refusal.of(503, exchange);
    }

    private static int status(Rejection reason) {
        return switch (reason) {
            case AMBIGUOUS -> 400;
            case CROSS_ORIGIN -> 403;
            case TOO_MANY_ATTEMPTS -> 429;
            case TOO_LARGE -> 431;
            default -> 401;
        };
    }

    private void challenge(Rejection reason, Exchange exchange, Requirement requirement) {
        switch (reason) {
            case CROSS_ORIGIN, TOO_MANY_ATTEMPTS, TOO_LARGE -> {}
            case MISSING -> carriers.forEach(carrier -> exchange.addHeader("WWW-Authenticate", carrier.challenge()));
            case AMBIGUOUS -> challenge("error=\"invalid_request\"", exchange);
            case INSUFFICIENT -> challenge(insufficient(requirement), exchange);
            default -> challenge("error=\"invalid_token\"", exchange);
        }
    }

    private static String insufficient(Requirement requirement) {
        return "error=\"insufficient_user_authentication\""
                + requirement
                        .maxAge()
                        .map(age -> ", max_age=\"" + age.toSeconds() + '"')
                        .orElse("");
    }

    /** Adds the challenges of the lanes that the request used, or of all lanes if it used none. */
    private void challenge(String parameters, Exchange exchange) {
        List<Carrier> used = carriers.stream()
                .filter(carrier -> !carrier.read(exchange).isNothing())
                .toList();
        for (Carrier carrier : used.isEmpty() ? carriers : used) {
            exchange.addHeader("WWW-Authenticate", carrier.challenge(parameters));
        }
    }
}
