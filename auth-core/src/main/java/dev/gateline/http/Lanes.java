package dev.gateline.http;

import dev.gateline.Authenticator;
import java.util.List;
import java.util.Optional;

/** The lanes of an {@link HttpAuth}, in the order in which they were wired. Immutable. */
record Lanes(List<WiredLane> all) {
    Lanes {
        all = List.copyOf(all);
    }

    List<Carrier> carriers() {
        return all.stream().map(WiredLane::carrier).toList();
    }

    List<Authenticator> authenticators() {
        return all.stream().map(WiredLane::authenticator).distinct().toList();
    }

    /** The lane for the login of a client that the host does not know. */
    WiredLane guessed(Exchange exchange) {
        List<WiredLane> starting =
                all.stream().filter(lane -> !lane.onlyReads()).toList();
        if (starting.isEmpty()) {
            throw new IllegalStateException("all lanes are reading lanes: a login needs lane(carrier, authenticator)");
        }
        return starting.stream()
                .filter(each -> each.carrier().suits(exchange))
                .findFirst()
                .orElse(starting.get(0));
    }

    /** The lane for the login of a client that the host knows. */
    WiredLane wired(Lane lane) {
        return all.stream()
                .filter(each -> each.carrier().lane() == lane && !each.onlyReads())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("lane: must be wired and start logins, was " + lane));
    }

    /** The cookie for known devices. It has the attributes of the first cookies that are wired. */
    Optional<DeviceCookie> deviceCookie() {
        return carriers().stream()
                .filter(CookieCarrier.class::isInstance)
                .map(carrier -> ((CookieCarrier) carrier).device())
                .findFirst();
    }
}
