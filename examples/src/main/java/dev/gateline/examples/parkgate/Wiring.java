package dev.gateline.examples.parkgate;

import dev.gateline.Authenticator;
import dev.gateline.Timeouts;
import dev.gateline.http.BearerCarrier;
import dev.gateline.http.CookieCarrier;
import dev.gateline.http.HttpAuth;
import dev.gateline.jwt.Algorithm;
import dev.gateline.jwt.JwtAuthenticator;
import dev.gateline.jwt.KeyRing;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.spi.Storage;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Chooses how the park keeps its visitors logged in. Nothing else in the program knows. Immutable, thread-safe. */
final class Wiring implements AutoCloseable {
    private static final int MOST_LOGINS = 10_000;
    private static final Duration OPENING_HOURS = Duration.ofHours(12);
    private static final Timeouts SEASON = new Timeouts(Duration.ofDays(14), Duration.ofDays(30));

    private final Strategy strategy;
    private final KeyRing keys = KeyRing.generate(Algorithm.ES256);
    private final Authenticator session;
    private final Authenticator jwt;
    private final Lanes lanes;
    private final HttpAuth auth;

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
     * @param port of the server that the visitors' pages come from
     * @throws IllegalArgumentException if there is no such strategy
     */
    Wiring(String name, int port) {
        String origin = "http://localhost:" + port;
        Storage storage = Storage.inMemory(MOST_LOGINS);
        strategy = strategy(name);
        session = SessionAuthenticator.builder(storage).remembered(SEASON).build();
        jwt = JwtAuthenticator.builder(storage, origin, origin, keys, OPENING_HOURS)
                .remembered(SEASON)
                .build();
        lanes = switch (strategy) {
            case SESSION -> new Lanes(session, session);
            case JWT -> new Lanes(jwt, jwt);
            case BOTH -> new Lanes(session, jwt);
        };
        auth = HttpAuth.builder()
                .lane(CookieCarrier.create(), lanes.browsers())
                .lane(BearerCarrier.create(), lanes.programs())
                .origin(origin)
                .origin("http://127.0.0.1:" + port)
                .build();
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

    /** What is wired, for people to see. */
    Sign sign() {
        return new Sign(lowerCase(strategy), label(lanes.browsers()), label(lanes.programs()));
    }

    private String label(Authenticator authenticator) {
        return authenticator.equals(jwt) ? "jwt" : "session";
    }

    /** The keys that verify the tokens of this park; empty if no lane issues any. */
    Optional<Reply> jwks() {
        return lanes.have(jwt) ? Optional.of(Reply.jwks(keys.jwks(), keys.jwksMaxAge())) : Optional.empty();
    }

    @Override
    public void close() {
        session.close();
        jwt.close();
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
