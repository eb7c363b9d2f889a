package dev.gateline.jaxrs;

import dev.gateline.Identity;
import dev.gateline.Outcome;
import dev.gateline.http.CollectedExchange;
import dev.gateline.http.HttpAuth;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;

/** A request, who sent it, and the header lines for its response. Threads that answer it take turns. */
final class Visit {
    private static final String PROPERTY = Visit.class.getName();

    final HttpAuth auth;
    final CollectedExchange exchange;
    private volatile Outcome<Identity> outcome;

    private Visit(HttpAuth auth, CollectedExchange exchange, Outcome<Identity> outcome) {
        this.auth = auth;
        this.exchange = exchange;
        this.outcome = outcome;
    }

    /** Asks who it is, once for each request. */
    static Visit begin(HttpAuth auth, ContainerRequestContext request) {
        CollectedExchange exchange = copy(request);
        Visit begun = new Visit(auth, exchange, auth.authenticate(exchange));
        request.setProperty(PROPERTY, begun);
        return begun;
    }

    static Optional<Visit> find(ContainerRequestContext request) {
        return Optional.ofNullable((Visit) request.getProperty(PROPERTY));
    }

    static CollectedExchange copy(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath();
        CollectedExchange.Builder copy =
                CollectedExchange.of(request.getMethod(), path.startsWith("/") ? path : "/" + path);
        request.getHeaders().forEach((name, values) -> values.forEach(value -> copy.header(name, value)));
        if (request.getProperty(GatelineFeature.REMOTE_ADDRESS) instanceof String address) {
            copy.remoteAddress(address);
        }
        return copy.build();
    }

    Outcome<Identity> outcome() {
        return outcome;
    }

    void outcome(Outcome<Identity> now) {
        outcome = now;
    }

    Optional<Identity> identity() {
        return outcome.toOptional();
    }
}
