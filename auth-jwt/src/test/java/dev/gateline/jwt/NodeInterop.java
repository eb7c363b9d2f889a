package dev.gateline.jwt;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gateline.Credential;
import dev.gateline.Login;
import dev.gateline.store.Storage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Serves keys and tokens to a script that runs on node, and ends as the script does. Not a test of its own. */
final class NodeInterop {
    private static final String ISSUER = "https://park.example";
    private static final String AUDIENCE = "park-api";

    private NodeInterop() {}

    private interface Answer {
        String to(byte[] body);
    }

    /**
     * Runs the script.
     *
     * @param args its path
     */
    public static void main(String[] args) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        for (Algorithm algorithm :
                List.of(Algorithm.RS256, Algorithm.PS256, Algorithm.ES256, Algorithm.ES512, Algorithm.EdDSA)) {
            serve(server, algorithm);
        }
        server.start();
        String url = "http://localhost:" + server.getAddress().getPort();
        int code = new ProcessBuilder("node", args[0], url).inheritIO().start().waitFor();
        server.stop(0);
        System.exit(code);
    }

    private static void serve(HttpServer server, Algorithm algorithm) {
        KeyRing ring = KeyRing.generate(algorithm);
        JwtAuthenticator gate = JwtAuthenticator.builder(Storage.inMemory(100), ring)
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .absoluteTimeout(Duration.ofHours(1))
                .build();
        on(server, algorithm, "/jwks", body -> ring.jwks());
        on(
                server,
                algorithm,
                "/token",
                body -> gate.login(Login.of("ada")).access().reveal());
        on(server, algorithm, "/verify", NodeInterop::verify);
        on(server, algorithm, "/rotate", body -> {
            ring.rotate();
            return "";
        });
        on(server, algorithm, "/rotate-now", body -> {
            ring.rotateNow();
            return "";
        });
    }

    private static String verify(byte[] body) {
        KeySet keys = KeySet.read(body);
        String token = String.valueOf(StrictJson.read(body).orElseThrow().get("token"));
        return JwtVerifier.builder(keys)
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .tokensLiveUntilTheyExpire()
                .clockSkew(Duration.ofSeconds(1))
                .build()
                .authenticate(Credential.of(token))
                .fold(
                        identity -> identity.subject() + " "
                                + identity.claims().text("role").orElse(""),
                        Enum::name);
    }

    private static void on(HttpServer server, Algorithm algorithm, String path, Answer answer) {
        server.createContext("/" + algorithm + path, exchange -> send(exchange, answer));
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] bytes = answer.to(exchange.getRequestBody().readAllBytes()).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
