package dev.gateline.examples.parkgate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * An answer.
 *
 * @param status of HTTP
 * @param headers beside those that every answer has
 * @param body empty for none
 */
record Reply(int status, Map<String, String> headers, String body) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> ALWAYS = Map.of(
            "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self';"
                            + " form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
            "Referrer-Policy", "same-origin",
            "X-Content-Type-Options", "nosniff");

    static Reply html(int status, Html page) {
        return new Reply(status, type("text/html; charset=utf-8"), page.markup());
    }

    static Reply css(String sheet) {
        return cached("text/css; charset=utf-8", sheet, Duration.ofMinutes(5));
    }

    static Reply script(String script) {
        return cached("text/javascript; charset=utf-8", script, Duration.ofMinutes(5));
    }

    static Reply jwks(String set, Duration maxAge) {
        return cached("application/jwk-set+json", set, maxAge);
    }

    static Reply json(int status, Object value) {
        try {
            return jsonText(status, JSON.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON for " + value.getClass(), e);
        }
    }

    static Reply jsonText(int status, String text) {
        return new Reply(status, type("application/json"), text + "\n");
    }

    static Reply noContent() {
        return new Reply(204, Map.of(), "");
    }

    static Reply seeOther(String path) {
        return new Reply(303, Map.of("Location", path), "");
    }

    private static Reply cached(String type, String body, Duration maxAge) {
        String control = "public, max-age=" + maxAge.toSeconds();
        return new Reply(200, Map.of("Content-Type", type, "Cache-Control", control), body);
    }

    private static Map<String, String> type(String type) {
        return Map.of("Content-Type", type);
    }

    Reply with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, body);
    }

    /** Puts the headers that every answer has. */
    static void prepare(HttpExchange exchange) {
        ALWAYS.forEach(exchange.getResponseHeaders()::set);
    }

    void send(HttpExchange exchange) throws IOException {
        Headers out = exchange.getResponseHeaders();
        out.set("Cache-Control", "no-store");
        headers.forEach(out::set);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        boolean bodiless = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, bodiless ? -1 : bytes.length);
        if (!bodiless) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }
}
