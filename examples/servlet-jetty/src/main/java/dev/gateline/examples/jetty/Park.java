package dev.gateline.examples.jetty;

import dev.gateline.Authenticator;
import dev.gateline.Requirement;
import dev.gateline.http.BearerCarrier;
import dev.gateline.http.CookieCarrier;
import dev.gateline.http.HttpAuth;
import dev.gateline.jwt.Algorithm;
import dev.gateline.jwt.JwtAuthenticator;
import dev.gateline.jwt.KeyRing;
import dev.gateline.servlet.GatelineFilter;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Storage;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;

/** Wires Gateline, and starts Jetty. */
public final class Park {
    private static final String SITE = "http://localhost:8080";

    private Park() {}

    /**
     * Serves port 8080 of this machine.
     *
     * @param args {@code session}, which is the default, or {@code jwt}
     */
    public static void main(String[] args) throws Exception {
        Server server = start(8080, args.length == 0 ? "session" : args[0], Clock.systemUTC());
        System.out.println(SITE);
        server.join();
    }

    static Server start(int port, String strategy, Clock clock) throws Exception {
        Authenticator gate = gate(strategy, clock);
        HttpAuth auth = HttpAuth.builder()
                .lane(CookieCarrier.create(), gate)
                .lane(BearerCarrier.create(), gate)
                .origin(SITE)
                .clock(clock)
                .build();
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServletContainerInitializer((types, servlets) -> addTo(servlets, auth));
        Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        server.setHandler(context);
        server.start();
        return server;
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

    private static void addTo(ServletContext context, HttpAuth auth) {
        Requirement recent = Requirement.none().authenticatedWithin(Duration.ofMinutes(5));
        filter(context, "everybody", GatelineFilter.open(auth), "/*");
        filter(context, "members", GatelineFilter.secured(auth), "/me", "/step-up", "/logout-everywhere");
        filter(context, "recent", GatelineFilter.secured(auth, recent), "/vault");
        Pages.addTo(context, auth.logins());
    }

    private static void filter(ServletContext context, String name, GatelineFilter filter, String... paths) {
        context.addFilter(name, filter).addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, paths);
    }
}
