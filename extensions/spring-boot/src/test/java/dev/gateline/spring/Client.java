package dev.gateline.spring;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** A program that calls an application. */
final class Client {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Client() {}

    static HttpResponse<String> send(Server server, String method, String path, String token) {
        return send(server, method, path, token.isEmpty() ? Map.of() : Map.of("Authorization", "Bearer " + token));
    }

    static HttpResponse<String> send(Server server, String method, String path, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.address().resolve(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(60));
        headers.forEach(request::header);
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Logs in at {@link Pages}. */
    static String login(Server server) {
        return send(server, "POST", "/login", "").body().replaceAll(".*\"access_token\":\"([^\"]*)\".*", "$1");
    }
}
