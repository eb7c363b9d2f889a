package dev.gateline.examples.parkgate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.gateline.http.Exchange;
import dev.gateline.jdkhttp.JdkHttpAuth;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A request.
 *
 * @param exchange that it came in
 */
record Call(HttpExchange exchange) {
    private static final int MAX_BODY = 8 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** As Gateline sees it. */
    Exchange view() {
        return JdkHttpAuth.view(exchange);
    }

    /** The method; a HEAD is answered like a GET. */
    String method() {
        String method = exchange.getRequestMethod();
        return method.equals("HEAD") ? "GET" : method;
    }

    String path() {
        return exchange.getRequestURI().getPath();
    }

    /** A field of the address, behind the question mark; empty if absent. */
    String query(String name) {
        String query = exchange.getRequestURI().getRawQuery();
        return query == null ? "" : form(query).getOrDefault(name, "");
    }

    /** The client's address. Behind a proxy it is the proxy's, unless that is asked, and trusted. */
    String address() {
        return exchange.getRemoteAddress().getAddress().getHostAddress();
    }

    /** When an attempt that was refused may be made again, in words, by the answer's {@code Retry-After}. */
    String whenToRetry() {
        String seconds = exchange.getResponseHeaders().getFirst("Retry-After");
        long minutes = seconds == null ? 1 : (Long.parseLong(seconds) + 59) / 60;
        return minutes <= 1 ? "in a minute" : "in " + minutes + " minutes";
    }

    /** Whether a person reads the answer. */
    boolean wantsHtml() {
        return header("Accept").contains("text/html");
    }

    String device() {
        return Device.label(header("User-Agent"));
    }

    private String header(String name) {
        return exchange.getRequestHeaders().getOrDefault(name, List.of()).stream()
                .findFirst()
                .orElse("");
    }

    /**
     * The fields of the body, which is a form or JSON.
     *
     * @throws BadRequestException if it is neither, or too large
     */
    Map<String, String> fields() {
        String body = body();
        return header("Content-Type").startsWith("application/json") ? json(body) : form(body);
    }

    private String body() {
        try {
            byte[] bytes = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
            if (bytes.length > MAX_BODY) {
                throw new BadRequestException(413, "at most " + MAX_BODY + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> json(String body) {
        Map<String, String> fields = new HashMap<>();
        try {
            JsonNode node = JSON.readTree(body);
            node.properties()
                    .forEach(
                            field -> fields.put(field.getKey(), field.getValue().asText()));
        } catch (JsonProcessingException e) {
            throw new BadRequestException(400, "not JSON");
        }
        return fields;
    }

    private static Map<String, String> form(String body) {
        Map<String, String> fields = new HashMap<>();
        try {
            for (String pair : body.split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    fields.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
                }
            }
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(400, "not a form");
        }
        return fields;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
