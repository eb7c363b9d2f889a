package dev.gateline.examples.resource;

import com.sun.net.httpserver.HttpServer;
import dev.gateline.Login;
import dev.gateline.jwt.Algorithm;
import dev.gateline.jwt.JwtAuthenticator;
import dev.gateline.jwt.KeyRing;
import dev.gateline.store.Storage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Stands for the provider, so that the example runs without one. Its tokens have the shape of RFC 9068. */
record LocalProvider(HttpServer server, KeyRing keys) {

    static LocalProvider start(int port) throws IOException {
        KeyRing keys = KeyRing.generate(Algorithm.ES256);
        return new LocalProvider(publish(port, keys.jwks()), keys);
    }

    /** Serves the metadata of a provider and its keys. */
    static HttpServer publish(int port, String jwks) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        String issuer = issuer(server);
        String metadata = "{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + issuer + "/jwks\"}";
        serve(server, "/.well-known/openid-configuration", metadata);
        serve(server, "/jwks", jwks);
        server.start();
        return server;
    }

    static String issuer(HttpServer server) {
        return "http://localhost:" + server.getAddress().getPort();
    }

    private static void serve(HttpServer server, String path, String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    /** An access token of ada. */
    String token(String audience) {
        Login ada = Login.builder("ada")
                .claim("roles", List.of("keeper"))
                .claim("scope", "rides:read rides:write")
                .build();
        return JwtAuthenticator.builder(Storage.inMemory(10), keys)
                .issuer(issuer(server))
                .audience(audience)
                .build()
                .login(ada)
                .access()
                .reveal();
    }
}
