package dev.gateline.examples.jaxrs;

import dev.gateline.Authenticator;
import dev.gateline.http.BearerCarrier;
import dev.gateline.http.CookieCarrier;
import dev.gateline.http.HttpAuth;
import dev.gateline.jaxrs.GatelineFeature;
import dev.gateline.jwt.Algorithm;
import dev.gateline.jwt.JwtAuthenticator;
import dev.gateline.jwt.KeyRing;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Storage;
import java.net.URI;
import java.time.Clock;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;

/** Wires Gateline, and starts Jersey on Grizzly. */
public final class Park {
    private static final String SITE = "http://localhost:8080";

    private Park() {}

    /**
     * Serves port 8080 of this machine.
     *
     * @param args {@code session}, which is the default, or {@code jwt}
     */
    public static void main(String[] args) throws InterruptedException {
        start(8080, args.length == 0 ? "session" : args[0], Clock.systemUTC());
        System.out.println(SITE);
        Thread.currentThread().join();
    }

    static HttpServer start(int port, String strategy, Clock clock) {
        Authenticator gate = gate(strategy, clock);
        HttpAuth auth = HttpAuth.builder()
                .lane(CookieCarrier.create(), gate)
                .lane(BearerCarrier.create(), gate)
                .origin(SITE)
                .clock(clock)
                .build();
        ResourceConfig api =
                new ResourceConfig().register(GatelineFeature.open(auth)).register(new Resources(auth.logins()));
        return GrizzlyHttpServerFactory.createHttpServer(URI.create("http://127.0.0.1:" + port + "/"), api);
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
