package dev.gateline.examples.parkgate;

import dev.gateline.Authenticator;
import dev.gateline.http.BearerCarrier;
import dev.gateline.http.CookieCarrier;
import dev.gateline.http.HttpAuth;
import dev.gateline.http.HttpAuthBuilder;
import dev.gateline.jwt.JwtAuthenticator;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.throttle.StoredLoginThrottle;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Chooses how the park keeps its visitors logged in. Nothing else in the program knows. Immutable, thread-safe. */
final class Wiring implements AutoCloseable {
    private static final String ISSUER = "https://park.example";

    private final Clock clock;
    private final Strategy strategy;
    private final Place place;
    private final SessionAuthenticator session;
    private final SessionAuthenticator visitors;
    private final Authenticator jwt;
    private final Lanes lanes;
    private final HttpAuth auth;
    private final HttpAuth visits;

    private enum Strategy {
        JWT,
        SESSION,
        BOTH
    }

    private record Lanes(Authenticator browsers, Authenticator programs) {
        boolean have(Authenticator authenticator) {
            return browsers.equals(authenticator) || programs.equals(authenticator);
        }
    }

    /**
     * Wires a strategy.
     *
     * @param name {@code jwt}, {@code session} or {@code both}
     * @param place where logins and keys are kept; closed by {@link #close()}
     * @param port of the server that the visitors' pages come from
     * @param clock of everything
     * @throws IllegalArgumentException if there is no such strategy
     */
    Wiring(String name, Place place, int port, Clock clock) {
        this.clock = clock;
        this.place = place;
        strategy = strategy(name);
        session = SessionAuthenticator.builder(place.users()).clock(clock).build();
        visitors = SessionAuthenticator.visitors(place.visitors()).clock(clock).build();
        jwt = JwtAuthenticator.builder(place.users(), place.keys())
                .issuer(ISSUER)
                .audience(ISSUER)
                .clock(clock)
                .build();
        lanes = switch (strategy) {
            case SESSION -> new Lanes(session, session);
            case JWT -> new Lanes(jwt, jwt);
            case BOTH -> new Lanes(session, jwt);
        };
        auth = http(port, clock)
                .lane(CookieCarrier.create(), lanes.browsers())
                .lane(BearerCarrier.create(), lanes.programs())
                .throttle(StoredLoginThrottle.builder(place.users(), place.throttleKey())
                        .clock(clock)
                        .build())
                .build();
        visits = http(port, clock)
                .lane(CookieCarrier.create().named("visit"), visitors)
                .build();
    }

    private static HttpAuthBuilder http(int port, Clock clock) {
        return HttpAuth.builder()
                .clock(clock)
                .origin("http://localhost:" + port)
                .origin("http://127.0.0.1:" + port);
    }

    private static Strategy strategy(String name) {
        return Arrays.stream(Strategy.values())
                .filter(each -> lowerCase(each).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("strategy: jwt, session or both; was '" + name + "'"));
    }

    private static String lowerCase(Strategy strategy) {
        return strategy.name().toLowerCase(Locale.ROOT);
    }

    HttpAuth auth() {
        return auth;
    }

    /** The carts of browsers; empty if these have no sessions to keep them in. */
    Optional<Carts> carts() {
        return lanes.browsers().equals(session) ? Optional.of(new Carts(session, visitors, visits)) : Optional.empty();
    }

    Clock clock() {
        return clock;
    }

    /** How the store stands, by name. */
    Map<String, Object> health() {
        return place.health().get();
    }

    /** A page that shows the wiring. */
    Sign sign() {
        return new Sign(lowerCase(strategy), label(lanes.browsers()), label(lanes.programs()));
    }

    private String label(Authenticator authenticator) {
        return authenticator.equals(jwt) ? "jwt" : "session";
    }

    /** The keys that verify the tokens of this park; empty if no lane issues any. */
    Optional<Reply> jwks() {
        return lanes.have(jwt)
                ? Optional.of(Reply.jwks(place.keys().jwks(), place.keys().jwksMaxAge()))
                : Optional.empty();
    }

    @Override
    public void close() {
        session.close();
        visitors.close();
        jwt.close();
        place.close();
    }

    /**
     * The sign at the gate.
     *
     * @param strategy as chosen at the start
     * @param browsers what keeps browsers logged in
     * @param programs what keeps other clients logged in
     */
    record Sign(String strategy, String browsers, String programs) {}
}
