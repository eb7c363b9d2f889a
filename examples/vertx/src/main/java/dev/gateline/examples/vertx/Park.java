package dev.gateline.examples.vertx;

import dev.gateline.Authenticator;
import dev.gateline.http.BearerCarrier;
import dev.gateline.http.CookieCarrier;
import dev.gateline.http.HttpAuth;
import dev.gateline.jwt.Algorithm;
import dev.gateline.jwt.JwtAuthenticator;
import dev.gateline.jwt.KeyRing;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Storage;
import dev.gateline.vertx.VertxAuth;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.time.Clock;

/** Wires Gateline, and starts Vert.x. */
public final class Park {
    private static final String SITE = "http://localhost:8080";

    private Park() {}

    /**
     * Serves port 8080 of this machine.
     *
     * @param args {@code session}, which is the default, or {@code jwt}
     */
    public static void main(String[] args) throws InterruptedException {
        start(Vertx.vertx(), 8080, args.length == 0 ? "session" : args[0], Clock.systemUTC())
                .onSuccess(server -> System.out.println(SITE));
        Thread.currentThread().join();
    }

    static Future<HttpServer> start(Vertx vertx, int port, String strategy, Clock clock) {
        Authenticator gate = gate(strategy, clock);
        HttpAuth auth = HttpAuth.builder()
                .lane(CookieCarrier.create(), gate)
                .lane(BearerCarrier.create(), gate)
                .origin(SITE)
                .clock(clock)
                .build();
        return vertx.createHttpServer()
                .requestHandler(new Pages(vertx, VertxAuth.onWorkers(vertx, auth)).router())
                .listen(port, "127.0.0.1");
    }

    private static Authenticator gate(String strategy, Clock clock) {
        Storage storage = Storage.inMemory(10_000);
        return strategy.equals("session")
                ? SessionAuthenticator.builder(storage).clock(clock).build()
                : JwtAuthenticator.builder(storage, KeyRing.generate(Algorithm.ES256))
                        .issuer(SITE)
                        .audience("park")
                        .clock(clock)
                        .build();
    }
}
