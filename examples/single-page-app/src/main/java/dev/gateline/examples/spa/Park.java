package dev.gateline.examples.spa;

import com.sun.net.httpserver.HttpServer;
import dev.gateline.Authenticator;
import dev.gateline.http.CookieCarrier;
import dev.gateline.http.HttpAuth;
import dev.gateline.jwt.Algorithm;
import dev.gateline.jwt.JwtAuthenticator;
import dev.gateline.jwt.KeyRing;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Storage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.Executors;

/** Wires Gateline, and starts the HTTP server of the JDK. */
public final class Park {
    private static final String SITE = "http://localhost:";

    private Park() {}

    /**
     * Serves port 8080 of this machine.
     *
     * @param args {@code session}, which is the default, or {@code jwt}
     */
    public static void main(String[] args) throws IOException {
        start(8080, args.length == 0 ? "session" : args[0], Clock.systemUTC());
        System.out.println(SITE + 8080);
    }

    /**
     * Serves a port of this machine.
     *
     * @param port 0 for any that is free
     * @param strategy {@code session} or {@code jwt}
     * @param clock of the logins
     */
    public static HttpServer start(int port, String strategy, Clock clock) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        HttpAuth auth = HttpAuth.builder()
                .lane(CookieCarrier.create(), gate(strategy, clock))
                .origin(SITE + 8080)
                .origin(SITE + server.getAddress().getPort())
                .clock(clock)
                .build();
        new Api(auth).addTo(server);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        return server;
    }

    private static Authenticator gate(String strategy, Clock clock) {
        Storage storage = Storage.inMemory(10_000);
        return strategy.equals("session")
                ? SessionAuthenticator.builder(storage).clock(clock).build()
                : JwtAuthenticator.builder(storage, KeyRing.generate(Algorithm.ES256))
                        .issuer(SITE + 8080)
                        .audience("park")
                        .clock(clock)
                        .build();
    }
}
