package dev.gateline.servlet;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gateline.http.HttpAuth;
import dev.gateline.kit.HttpAdapterContract;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of adapters on Javalin, which catches what handlers throw before a filter can. */
@Tag("slow")
abstract class JavalinContract extends HttpAdapterContract {
    private static final String SITE = "https://park.example";

    private final HttpClient client = HttpClient.newHttpClient();
    private ServletContract.Server server;

    @Override
    protected URI serve(HttpAuth auth) {
        server = JavalinServer.start(auth);
        return server.address();
    }

    @Override
    protected void stop() throws Exception {
        server.stop();
    }

    private HttpResponse<String> get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.address().resolve(path))
                .timeout(Duration.ofSeconds(60))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    @Test
    void outage_thatAHandlerThrows_is503WithoutItsMessage() throws Exception {
        HttpResponse<String> response = get("/down");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(response.body()).doesNotContain("10.0.0.7");
    }

    @Test
    void loginRefused_afterAPartWasSent_breaksTheResponseOff() {
        assertBreaksOff("/broken-login");
    }

    /** Logs in; returns the cookies. */
    private String login() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.address().resolve("/login"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .header("Origin", SITE)
                .timeout(Duration.ofSeconds(60))
                .build();
        return client.send(request, BodyHandlers.ofString()).headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .collect(Collectors.joining("; "));
    }

    /** Opens a WebSocket, and waits for its first message. */
    private String feed(String path, String... headers) {
        CompletableFuture<String> first = new CompletableFuture<>();
        WebSocket.Listener listener = new WebSocket.Listener() {
            @Override
            public @Nullable CompletionStage<?> onText(WebSocket feed, CharSequence text, boolean last) {
                first.complete(text.toString());
                return null;
            }
        };
        WebSocket.Builder handshake = client.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            handshake.header(headers[i], headers[i + 1]);
        }
        URI address = URI.create("ws://127.0.0.1:" + server.address().getPort() + path);
        WebSocket feed =
                handshake.buildAsync(address, listener).orTimeout(60, SECONDS).join();
        try {
            return first.orTimeout(60, SECONDS).join();
        } finally {
            feed.abort();
        }
    }

    /** The status of a handshake that fails. */
    private int refusal(String path, String... headers) {
        CompletionException failed = catchThrowableOfType(CompletionException.class, () -> feed(path, headers));
        return ((WebSocketHandshakeException) failed.getCause()).getResponse().statusCode();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/feed", "/forgotten-feed", "/vault-feed"})
    void webSocket_ofAStranger_needsALogin(String path) {
        assertThat(refusal(path)).isEqualTo(401);
    }

    @Test
    void webSocket_ofAUser_isOpened() throws Exception {
        assertThat(feed("/feed", "Cookie", login(), "Origin", SITE)).isEqualTo("the gate is open");
    }

    @Test
    void webSocket_thatNeedsAStrongerProof_isNotOpenedByALogin() throws Exception {
        assertThat(refusal("/vault-feed", "Cookie", login(), "Origin", SITE)).isEqualTo(401);
    }

    @Test
    void webSocket_ofAPageOfAnotherSite_isRefused() throws Exception {
        assertThat(refusal("/public-feed", "Cookie", login(), "Origin", "https://evil.example"))
                .isEqualTo(403);
    }

    @Test
    void webSocket_forEverybody_isOpened() {
        assertThat(feed("/public-feed")).isEqualTo("the gate is open");
    }

    @Test
    void webSocket_outageInItsHandshake_is503() {
        assertThat(refusal("/down-feed")).isEqualTo(503);
    }

    @Test
    void route_withoutARole_needsALogin() throws Exception {
        assertThat(get("/forgotten").statusCode()).isEqualTo(401);
    }
}
