package dev.gateline.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.http.HttpAuth;
import dev.gateline.kit.AnswerContract;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of adapters, and that Helidon's own handlers ask for Gateline's login. */
abstract class HelidonContract extends AnswerContract {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private HelidonServer server;

    @Override
    protected URI serve(HttpAuth auth) {
        server = HelidonServer.start(auth);
        return server.address();
    }

    @Override
    protected void stop() {
        server.stop();
    }

    private HttpResponse<String> send(URI site, HttpRequest.Builder request, String path) throws Exception {
        return client.send(
                request.uri(site.resolve(path)).timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String path) throws Exception {
        return send(server.address(), request, path);
    }

    private static HttpRequest.Builder with(String token) {
        return HttpRequest.newBuilder().header("Authorization", "Bearer " + token);
    }

    private String token() throws Exception {
        String body = send(HttpRequest.newBuilder().POST(BodyPublishers.noBody()), "/login")
                .body();
        return body.replaceAll(".*\"access_token\":\"([^\"]*)\".*", "$1");
    }

    @ParameterizedTest
    @CsvSource({"/keepers,200", "/owners,403", "/users,200"})
    void secureHandler_rolesOfAUser_decide(String path, int status) throws Exception {
        assertThat(send(with(token()), path).statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"/keepers", "/owners", "/users"})
    void secureHandler_rolesOfAStranger_are401(String path) throws Exception {
        assertThat(send(HttpRequest.newBuilder(), path).statusCode()).isEqualTo(401);
    }

    private int handshake(String path, String... headers) throws Exception {
        WebSocket.Builder socket = client.newWebSocketBuilder();
        if (headers.length > 0) {
            socket.header(headers[0], headers[1]);
        }
        URI address = URI.create(server.address().resolve(path).toString().replaceFirst("http", "ws"));
        try {
            socket.buildAsync(address, new WebSocket.Listener() {})
                    .get(60, TimeUnit.SECONDS)
                    .abort();
            return 101;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw e;
        }
    }

    @ParameterizedTest
    @CsvSource({"/feeds/open,101,101", "/feeds/mine,401,101", "/feeds/guarded,401,101", "/feeds/vault,401,401"})
    void handshake_ofAWebSocket_isHeldToTheHandlersOfItsPath(String path, int stranger, int user) throws Exception {
        assertThat(handshake(path)).isEqualTo(stranger);
        assertThat(handshake(path, "Authorization", "Bearer " + token())).isEqualTo(user);
    }

    /** Over one connection. */
    @Test
    void identity_ofTheRequestBefore_isForgotten() throws Exception {
        assertThat(send(with(token()), "/public").body()).isEqualTo("ada");

        assertThat(send(HttpRequest.newBuilder(), "/public").body()).isEqualTo("a stranger");
    }

    @Test
    void reroute_toASecuredPath_knowsTheUser() throws Exception {
        assertThat(send(with(token()), "/elsewhere").body()).isEqualTo("ada");
        assertThat(send(HttpRequest.newBuilder(), "/elsewhere").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/broken-login", "/broken-refusal"})
    void failure_afterAPartWasSent_breaksTheResponseOff(String path) {
        assertBreaksOff(path);
    }

    @Test
    void feature_ofASecondHttpAuth_takesNoLoginOfTheFirst() throws Exception {
        HelidonServer two = HelidonServer.start(HelidonServer.another(), HelidonServer.another());
        try {
            assertThat(send(two.address(), HttpRequest.newBuilder(), "/public").statusCode())
                    .isEqualTo(500);
        } finally {
            two.stop();
        }
    }
}
