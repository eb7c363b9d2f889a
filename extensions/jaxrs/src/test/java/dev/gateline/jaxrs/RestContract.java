package dev.gateline.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.http.HttpAuth;
import dev.gateline.kit.AnswerContract;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of adapters, and that what Jakarta REST has of its own means Gateline's login. */
abstract class RestContract extends AnswerContract {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Function<HttpAuth, Server> starter;
    private Server server;

    /** A server with the {@link Pages}. */
    interface Server {
        URI address();

        void stop() throws Exception;
    }

    RestContract(Function<HttpAuth, Server> starter) {
        this.starter = starter;
    }

    @Override
    protected URI serve(HttpAuth auth) {
        server = starter.apply(auth);
        return server.address();
    }

    @Override
    protected void stop() throws Exception {
        server.stop();
    }

    /** Jersey and RESTEasy complete a response that has begun, after any exception. No problem is added to the page. */
    @Override
    protected void assertBreaksOff(String path) {
        assertThat(client.sendAsync(
                        HttpRequest.newBuilder(server.address().resolve(path)).build(), BodyHandlers.ofString()))
                .succeedsWithin(Duration.ofMinutes(1))
                .extracting(HttpResponse::body)
                .isEqualTo(Pages.HALF);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String path) throws Exception {
        return client.send(
                request.uri(server.address().resolve(path))
                        .timeout(Duration.ofSeconds(60))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path, String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder();
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return send(request, path);
    }

    /** Of a program, which is known by sending none of the headers of browsers. */
    private String token() throws Exception {
        String body = send(HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.noBody()), "/login")
                .body();
        return body.replaceAll(".*\"access_token\":\"([^\"]*)\".*", "$1");
    }

    @Test
    void securityContext_ofAUser_knowsNameSchemeAndRoles() throws Exception {
        assertThat(get("/asked", token()).body()).isEqualTo("ada GATELINE true false true");
        assertThat(get("/asked", "").body()).isEqualTo("nobody null false false false");
    }

    @ParameterizedTest
    @CsvSource({"/below,401,403", "/below/keepers,401,200", "/below/all,200,200", "/below/none,403,403"})
    void annotations_ofAccess_decide(String path, int stranger, int keeper) throws Exception {
        assertThat(get(path, "").statusCode()).isEqualTo(stranger);
        assertThat(get(path, token()).statusCode()).isEqualTo(keeper);
    }

    @ParameterizedTest
    @CsvSource({
        "/owned/below/all, 401, 403",
        "/owned/below/keepers, 401, 403",
        "/kept/below/all, 401, 200",
        "/kept/below/keepers, 401, 200",
        "/kept/below, 401, 403",
        "/misled/below/all, 500, 500"
    })
    void annotations_ofClassesThatLeadToASubResource_areMetToo(String path, int stranger, int keeper) throws Exception {
        assertThat(get(path, "").statusCode()).isEqualTo(stranger);
        assertThat(get(path, token()).statusCode()).isEqualTo(keeper);
    }

    @Test
    void rolesAllowed_stranger_getsAChallengeOfEachLane() throws Exception {
        assertThat(get("/below/keepers", "").headers().allValues("WWW-Authenticate"))
                .hasSize(2);
    }

    @Test
    void require_methodMissing_isRefusedByWhatItThrows() throws Exception {
        HttpResponse<String> response = get("/required", token());

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().allValues("WWW-Authenticate"))
                .contains("Bearer error=\"insufficient_user_authentication\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/broken-login", "/broken-refusal"})
    void failure_afterAPartWasSent_isAsThatOfAnOutage(String path) {
        assertBreaksOff(path);
    }

    /** A server holds the beginning of a page back. Jersey drops it then, and RESTEasy sends it before the problem. */
    @Test
    void outage_afterAPartWasWritten_is503() throws Exception {
        HttpResponse<String> response = get("/held-back", "");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().allValues("Retry-After")).hasSize(1);
        assertThat(response.body()).endsWith("\"status\":503}");
    }

    @Test
    void refusal_afterAPartWasWritten_hasItsChallenges() throws Exception {
        HttpResponse<String> response = get("/held-back-refusal", "");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().allValues("WWW-Authenticate")).hasSize(2);
        assertThat(response.body()).endsWith("\"status\":401}");
    }

    @Test
    void async_otherThread_logsOutAndIsAStranger() throws Exception {
        String token = token();

        assertThat(get("/later", token).body()).isEqualTo("a stranger");
        assertThat(get("/me", token).statusCode()).isEqualTo(401);
    }

    @Test
    void async_refusalOnAnotherThread_is503() throws Exception {
        assertThat(get("/later-full", "").statusCode()).isEqualTo(503);
    }
}
