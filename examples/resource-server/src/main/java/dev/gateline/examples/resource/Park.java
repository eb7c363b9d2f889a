package dev.gateline.examples.resource;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gateline.Identity;
import dev.gateline.http.BearerCarrier;
import dev.gateline.http.HttpAuth;
import dev.gateline.jdkhttp.JdkHttpAuth;
import dev.gateline.jwt.AccessTokenProfile;
import dev.gateline.jwt.JwtVerifier;
import dev.gateline.jwt.RemoteKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** An API that accepts access tokens of a provider. It issues none, and it has no users. */
public final class Park {
    private static final String AUDIENCE = "park-api";

    private Park() {}

    /**
     * Serves port 8080 of this machine.
     *
     * @param args issuer and profile, such as {@code https://sso.acme.example/realms/acme keycloak}; without them a
     *     provider of the example's own runs on port 8081, and a token of it is printed
     */
    public static void main(String[] args) throws IOException {
        if (args.length == 2) {
            start(8080, args[0], args[1], Clock.systemUTC());
        } else {
            LocalProvider provider = LocalProvider.start(8081);
            start(8080, LocalProvider.issuer(provider.server()), "rfc9068", Clock.systemUTC());
            System.out.println("TOKEN=" + provider.token(AUDIENCE));
        }
        System.out.println("http://localhost:8080");
    }

    static HttpServer start(int port, String issuer, String profile, Clock clock) throws IOException {
        JwtVerifier tokens = JwtVerifier.builder(RemoteKeys.issuer(issuer)
                        .insecureHttpForLocalDevelopment()
                        .clock(clock)
                        .build())
                .issuer(issuer)
                .audience(AUDIENCE)
                .profile(profile(profile))
                .tokensLiveUntilTheyExpire()
                .clock(clock)
                .build();
        JdkHttpAuth door = new JdkHttpAuth(HttpAuth.builder()
                .readingLane(BearerCarrier.create(), tokens)
                .clock(clock)
                .build());
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", exchange -> send(exchange, 200, "hello stranger"));
        server.createContext("/me", door.secured((exchange, user) -> send(exchange, 200, greeting(user))));
        server.createContext("/rides", door.secured((exchange, user) -> {
            boolean may = user.scopes().contains("rides:write");
            send(exchange, may ? 200 : 403, may ? "a ride for " + user.subject() : "needs the scope rides:write");
        }));
        server.start();
        return server;
    }

    /** Providers issue access tokens of different shapes. */
    private static AccessTokenProfile profile(String name) {
        return switch (name) {
            case "rfc9068" -> AccessTokenProfile.rfc9068();
            case "keycloak" -> AccessTokenProfile.keycloak();
            case "auth0" -> AccessTokenProfile.auth0();
            case "entra" -> AccessTokenProfile.entraV2();
            case "okta" -> AccessTokenProfile.okta();
            default -> throw new IllegalArgumentException("profile: one of those in Park, was " + name);
        };
    }

    private static String greeting(Identity user) {
        return "hello " + user.subject() + ", roles " + user.roles() + ", scopes " + user.scopes();
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
