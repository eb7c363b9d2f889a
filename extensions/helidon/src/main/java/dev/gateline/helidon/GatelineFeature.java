package dev.gateline.helidon;

import dev.gateline.AuthUnavailableException;
import dev.gateline.LoginRefusedException;
import dev.gateline.Rejection;
import dev.gateline.http.HttpAuth;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;

/**
 * Authenticates each request of a routing. It refuses only requests that another site made a browser send, so a browser
 * with a dead cookie is a stranger and can log in. Routes that need a login ask for it by Helidon's {@code
 * SecureHandler}, or by {@link HelidonAuth#secured()}. {@link HelidonAuth#of} has the other operations. Thread-safe.
 *
 * <p>The feature answers an {@link AuthUnavailableException} and a {@link LoginRefusedException} with 503. Handlers run
 * on virtual threads, so they may wait for a store.
 */
public final class GatelineFeature implements HttpFeature {
    private final HttpAuth auth;

    private GatelineFeature(HttpAuth auth) {
        this.auth = auth;
    }

    /**
     * Creates the feature.
     *
     * @param auth the {@link HttpAuth} to adapt
     */
    public static GatelineFeature of(HttpAuth auth) {
        return new GatelineFeature(auth);
    }

    @Override
    public void setup(HttpRouting.Builder routing) {
        routing.addFilter(this::filter)
                .security(new GatelineSecurity())
                .error(AuthUnavailableException.class, this::unavailable)
                .error(LoginRefusedException.class, this::refuse);
    }

    private void filter(FilterChain chain, ServerRequest request, ServerResponse response) {
        HelidonAuth door = HelidonAuth.find(request).orElseGet(() -> HelidonAuth.begin(auth, request, response));
        if (!door.isOf(auth)) {
            throw new IllegalStateException("one HttpAuth for each routing: another one has judged this request before;"
                    + " join them as lanes of one HttpAuth");
        }
        Optional<Rejection> refused = HttpAuth.refusedAtOnce(door.outcome());
        if (refused.isPresent()) {
            door.refuse(refused.get());
        } else {
            chain.proceed();
        }
    }

    /** Helidon calls it only before a part of the response has been sent. Later it closes the connection. */
    private void unavailable(ServerRequest request, ServerResponse response, AuthUnavailableException outage) {
        HelidonExchange exchange = new HelidonExchange(request, response);
        exchange.send(auth.unavailable(exchange));
    }

    /** As {@link #unavailable}. */
    private void refuse(ServerRequest request, ServerResponse response, LoginRefusedException reason) {
        HelidonExchange exchange = new HelidonExchange(request, response);
        exchange.send(auth.refuse(reason, exchange));
    }
}
