package dev.gateline.jwt;

import dev.gateline.AuthUnavailableException;
import dev.gateline.Credential;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Asks an authorization server about a token (RFC 7662 section 2). Thread-safe. */
final class IntrospectionCall {
    private static final int MAX_VALUES = 5_000;

    private final HttpClient client;
    private final URI endpoint;
    private final String authorization;
    private final Duration timeout;

    /**
     * Creates a call.
     *
     * @param authorization the value of the header; empty if the client proves itself in another way
     */
    IntrospectionCall(HttpClient client, URI endpoint, String authorization, Duration timeout) {
        this.client = client;
        this.endpoint = endpoint;
        this.authorization = authorization;
        this.timeout = timeout;
    }

    /** The client's password in the form of RFC 6749 section 2.3.1. */
    static String basic(String id, Credential secret) {
        String pair = encoded(id) + ':' + encoded(secret.reveal());
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * Asks.
     *
     * @return the answer's members
     * @throws AuthUnavailableException if the call fails; the message says why, and quotes no part of the token
     */
    Map<String, @Nullable Object> ask(Credential token) {
        HttpResponse<byte[]> response = send(request(token));
        if (response.statusCode() != 200) {
            boolean refused = response.statusCode() == 401 || response.statusCode() == 403;
            throw new AuthUnavailableException(endpoint + " answered " + response.statusCode()
                    + (refused ? ": it does not know this client; check clientSecret(...)" : ""));
        }
        return StrictJson.read(response.body(), MAX_VALUES)
                .orElseThrow(() -> new AuthUnavailableException(endpoint + " answered with something else than JSON"));
    }

    private HttpRequest request(Credential token) {
        String form = "token=" + encoded(token.reveal()) + "&token_type_hint=access_token";
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                .timeout(timeout)
                .header("Accept", "application/json")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return request.build();
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, info -> new RemoteDocument.Bounded());
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AuthUnavailableException("interrupted while a token was introspected", e);
        } catch (ExecutionException e) {
            throw new AuthUnavailableException(endpoint + " can't be asked: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new AuthUnavailableException(endpoint + " gave no whole answer within " + timeout, e);
        } finally {
            answer.cancel(true);
        }
    }
}
