package dev.gateline.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.http.HttpAuth;
import dev.gateline.kit.AnswerContract;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract of adapters, and that what Vert.x has of its own means Gateline's login. */
@Tag("slow")
abstract class VertxContract extends AnswerContract {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private VertxServer server;

    @Override
    protected URI serve(HttpAuth auth) {
        server = VertxServer.start(auth);
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

    private String token() throws Exception {
        String body = send(HttpRequest.newBuilder().POST(BodyPublishers.noBody()), "/login")
                .body();
        return body.replaceAll(".*\"access_token\":\"([^\"]*)\".*", "$1");
    }

    @ParameterizedTest
    @CsvSource({"/keepers,200", "/owners,403", "/openers,200"})
    void authorizationHandler_rolesAndScopes_decide(String path, int status) throws Exception {
        assertThat(send(with(token()), path).statusCode()).isEqualTo(status);
    }

    @Test
    void secured_byAnotherHttpAuth_takesNoLoginOfThisOne() throws Exception {
        assertThat(send(with(token()), "/others").statusCode()).isEqualTo(500);
        assertThat(send(with(token()), "/others").body()).doesNotContain("ada");
        assertThat(send(with(token()), "/again").statusCode()).isEqualTo(200);
    }

    /** A user who comes with nothing but the cookie of a session of Vert.x. */
    @Test
    void user_thatASessionOfVertxRemembers_isNotBelieved() throws Exception {
        HttpResponse<String> first = send(with(token()), "/sessions/who");
        String session = first.headers().firstValue("Set-Cookie").orElseThrow().split(";", -1)[0];
        assertThat(first.body()).isEqualTo("ada");

        HttpResponse<String> second = send(HttpRequest.newBuilder().header("Cookie", session), "/sessions/who");

        assertThat(second.body()).isEqualTo("a stranger");
    }

    @Test
    void body_ofARequestThatWasHeldMeanwhile_arrivesWhole() throws Exception {
        String body = "x".repeat(100_000);

        assertThat(send(with(token()).POST(BodyPublishers.ofString(body)), "/echo")
                        .body())
                .isEqualTo(body);
    }
}
