package dev.gateline.micronaut;

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
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of adapters, and that annotations and arguments of controllers mean Gateline's login. */
abstract class MicronautContract extends AnswerContract {
    private static final String ORIGIN = "https://park.example";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private MicronautServer server;

    @Override
    protected URI serve(HttpAuth auth) {
        server = MicronautServer.start(auth);
        return server.address();
    }

    @Override
    protected void stop() {
        server.stop();
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String path) throws Exception {
        return client.send(
                request.uri(server.address().resolve(path))
                        .timeout(Duration.ofSeconds(60))
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpRequest.Builder with(String token) {
        return HttpRequest.newBuilder().header("Authorization", "Bearer " + token);
    }

    private static HttpRequest.Builder form() {
        return HttpRequest.newBuilder().header("Origin", ORIGIN).POST(BodyPublishers.noBody());
    }

    private String token() throws Exception {
        String body = send(HttpRequest.newBuilder().POST(BodyPublishers.noBody()), "/login")
                .body();
        return body.replaceAll(".*\"access_token\":\"([^\"]*)\".*", "$1");
    }

    @ParameterizedTest
    @CsvSource({
        "/more/keepers,401,200",
        "/more/owners,401,403",
        "/more/nobody,401,403",
        "/more/everybody,200,200",
        "/more/strong-keepers,401,401",
        "/more/identity,401,200",
        "/more/maybe,200,200",
        "/more/fresh,401,401",
        "/api/login,401,200",
        "/strong/plain,401,200",
        "/strong/of-class,401,401",
        "/files/a.css,401,404"
    })
    void annotationsAndArguments_strangerOrUser_decide(String path, int stranger, int user) throws Exception {
        HttpResponse<String> refused = send(HttpRequest.newBuilder(), path);

        assertThat(refused.statusCode()).isEqualTo(stranger);
        assertThat(refused.headers().allValues("WWW-Authenticate")).hasSize(stranger == 401 ? 2 : 0);
        assertThat(send(with(token()), path).statusCode()).isEqualTo(user);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/more/strong-keepers", "/more/fresh", "/more/setting"})
    void requirement_thatTheProofDoesNotMeet_isNamedInTheChallenge(String path) throws Exception {
        assertThat(send(with(token()), path).headers().allValues("WWW-Authenticate"))
                .anyMatch(challenge -> challenge.contains("max_age=\"300\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/more/keepers", "/more/everybody", "/more/identity", "/more/maybe"})
    void user_ofARequest_isThePrincipalAndTheArgument(String path) throws Exception {
        assertThat(send(with(token()), path).body()).isEqualTo("ada");
    }

    /** Over one connection. */
    @ParameterizedTest
    @ValueSource(strings = {"/more/everybody", "/more/maybe"})
    void user_ofTheRequestBefore_isForgotten(String path) throws Exception {
        assertThat(send(with(token()), path).body()).isEqualTo("ada");

        assertThat(send(HttpRequest.newBuilder(), path).body()).isEqualTo("a stranger");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/more/login-that-fails", "/more/filtered"})
    void login_onTheWayToAnAnswerThatFails_setsItsCookies(String path) throws Exception {
        HttpResponse<String> response = send(form(), path);

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.headers().allValues("Set-Cookie")).isNotEmpty();
    }

    @Test
    void webSocket_ofAClassThatDemandsALogin_isOpenedToUsersOnly() throws Exception {
        URI socket = URI.create(server.address().toString().replace("http:", "ws:") + "socket");

        assertThat(opens(socket, "Bearer nonsense")).isFalse();
        assertThat(opens(socket, "Bearer " + token())).isTrue();
    }

    private boolean opens(URI socket, String credential) throws Exception {
        return client.newWebSocketBuilder()
                .header("Authorization", credential)
                .buildAsync(socket, new WebSocket.Listener() {})
                .handle((opened, failure) -> failure == null)
                .get(60, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/broken-login", "/broken-refusal"})
    void failure_afterAPartWasSent_breaksTheResponseOff(String path) {
        assertBreaksOff(path);
    }

    @Test
    void missing_page_isNotFound() throws Exception {
        assertThat(send(with(token()), "/nowhere").statusCode()).isEqualTo(404);
    }

    @Test
    void body_ofARequestThatWasHeldMeanwhile_arrivesWhole() throws Exception {
        String body = "x".repeat(1_000_000);

        assertThat(send(with(token()).POST(BodyPublishers.ofString(body)), "/more/echo")
                        .body())
                .isEqualTo(body);
    }
}
