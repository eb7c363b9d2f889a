package dev.gateline.examples.walk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A browser on a page of the example: it keeps cookies, and sends them with each request. Used by one thread. */
public final class Visitor {
    /** The origin at which each example runs when it is started by its command. */
    public static final String SITE = "http://localhost:8080";

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI server;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    /**
     * A visitor without cookies.
     *
     * @param server the address of {@code /}
     */
    public Visitor(URI server) {
        this.server = server;
    }

    /**
     * Asks for a page as a script does, so that a refusal is a status and not a redirect.
     *
     * @param path on the server
     */
    public HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    /**
     * Follows a link of another site, as a browser does.
     *
     * @param path on the server
     */
    public HttpResponse<String> follow(String path) {
        return send(request(path)
                .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
                .header("Sec-Fetch-Site", "cross-site")
                .header("Sec-Fetch-Mode", "navigate")
                .header("Sec-Fetch-Dest", "document")
                .GET());
    }

    /**
     * Sends a form from a page of the example.
     *
     * @param path on the server
     * @param form encoded
     */
    public HttpResponse<String> post(String path, String form) {
        return postFrom(SITE, path, form);
    }

    /**
     * Sends a form from a page of any site.
     *
     * @param origin of that site
     * @param path on the server
     * @param form encoded
     */
    public HttpResponse<String> postFrom(String origin, String path, String form) {
        return send(request(path)
                .header("Origin", origin)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path)).timeout(Duration.ofSeconds(60));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .reduce((one, two) -> one + "; " + two)
                .ifPresent(all -> request.header("Cookie", all));
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
            response.headers().allValues("Set-Cookie").forEach(this::keep);
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void keep(String line) {
        String pair = line.replaceFirst(";.*", "");
        String name = pair.substring(0, pair.indexOf('='));
        if (line.contains("Max-Age=0")) {
            cookies.remove(name);
        } else {
            cookies.put(name, pair.substring(name.length() + 1));
        }
    }
}
