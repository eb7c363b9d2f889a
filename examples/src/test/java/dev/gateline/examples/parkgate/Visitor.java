package dev.gateline.examples.parkgate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Somebody at the gate: a browser, which sends what browsers send and keeps cookies, or a program. */
final class Visitor {
    static final String ADA = "user=ada&password=lovelace";
    static final String GRACE = "user=grace&password=hopper";

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI gate;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, String> cookies = new LinkedHashMap<>();

    private Visitor(ParkGate gate) {
        this.gate = gate.url();
        headers.put("Content-Type", "application/x-www-form-urlencoded");
    }

    static Visitor program(ParkGate gate) {
        return new Visitor(gate).with("User-Agent", "curl/8.1.0");
    }

    static Visitor browser(ParkGate gate) {
        return new Visitor(gate)
                .with("Accept", "text/html,application/xhtml+xml")
                .with("Origin", gate.url().toString())
                .with("Sec-Fetch-Site", "same-origin")
                .with("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
    }

    Visitor with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    /** As if somebody had copied them. */
    Visitor withCookiesOf(Visitor other) {
        cookies.putAll(other.cookies);
        return this;
    }

    Visitor bearer(String token) {
        return with("Authorization", "Bearer " + token);
    }

    /** Logs in, and shows the access token from then on. */
    JsonNode logIn(String form) {
        JsonNode grant = json(post("/login", form));
        bearer(grant.get("access_token").asText());
        return grant;
    }

    /** Beside the one by which the device is known, which stays. */
    boolean hasCookies() {
        return cookies.keySet().stream().anyMatch(name -> !name.endsWith("-device"));
    }

    HttpResponse<String> get(String path) {
        return send(path, "GET", "");
    }

    HttpResponse<String> post(String path, String form) {
        return send(path, "POST", form);
    }

    HttpResponse<String> send(String path, String method, String body) {
        HttpResponse<String> response = answer(request(path, method, body), BodyHandlers.ofString());
        response.headers().allValues("Set-Cookie").forEach(this::keep);
        return response;
    }

    private HttpRequest request(String path, String method, String body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(gate.resolve(path)).method(method, BodyPublishers.ofString(body));
        headers.forEach(request::header);
        if (!cookies.isEmpty()) {
            request.header("Cookie", cookieLine());
        }
        return request.build();
    }

    /**
     * Asks for the end of the login that a page was made for, as the page's script does. Returns once the headers are
     * there.
     */
    HttpResponse<InputStream> askForEnd(String login) {
        return answer(request(OpenPages.PATH + "?login=" + login, "POST", ""), BodyHandlers.ofInputStream());
    }

    private static <T> HttpResponse<T> answer(HttpRequest request, BodyHandler<T> body) {
        try {
            return HTTP.send(request, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String cookieLine() {
        return cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    private void keep(String line) {
        String pair = line.substring(0, line.indexOf(';'));
        String name = pair.substring(0, pair.indexOf('='));
        if (line.contains("Max-Age=0")) {
            cookies.remove(name);
        } else {
            cookies.put(name, pair.substring(name.length() + 1));
        }
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(response.body(), e);
        }
    }
}
