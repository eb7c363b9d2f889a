package dev.gateline.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.http.HttpAuth;
import dev.gateline.kit.AnswerContract;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of adapters, and that the servlet API's own methods mean Gateline's login. */
@Tag("slow")
abstract class ServletContract extends AnswerContract {
    private final HttpClient client = HttpClient.newHttpClient();
    private final BiFunction<HttpAuth, Runnable, Server> starter;
    private Server server;

    /** A server with the {@link Pages}. */
    interface Server {
        URI address();

        void stop() throws Exception;
    }

    ServletContract(BiFunction<HttpAuth, Runnable, Server> starter) {
        this.starter = starter;
    }

    @Override
    protected URI serve(HttpAuth auth) {
        server = starter.apply(auth, faults()::down);
        return server.address();
    }

    @Override
    protected void stop() throws Exception {
        server.stop();
    }

    @Override
    protected String errorPage() {
        return "an error, a stranger";
    }

    private HttpResponse<String> get(String path, String token) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.address().resolve(path)).timeout(Duration.ofSeconds(60));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** Of a program, which is known by sending none of the headers of browsers. */
    private String token() throws Exception {
        HttpRequest login = HttpRequest.newBuilder(server.address().resolve("/login"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(60))
                .build();
        String body = client.send(login, BodyHandlers.ofString()).body();
        return body.replaceAll(".*\"access_token\":\"([^\"]*)\".*", "$1");
    }

    @Test
    void request_ofAUser_knowsNameTypeAndRoles() throws Exception {
        assertThat(get("/asked", token()).body()).isEqualTo("ada GATELINE true false true");
        assertThat(get("/asked", "").body()).isEqualTo("nobody null false false false");
    }

    @Test
    void authenticate_ofTheRequest_refusesStrangersOnly() throws Exception {
        assertThat(get("/demands", token()).body()).isEqualTo("ada");
        assertThat(get("/demands", "").statusCode()).isEqualTo(401);
    }

    @Test
    void login_ofTheRequest_isRefusedWithTheWayOut() throws Exception {
        assertThat(get("/password", "").body())
                .contains("verifies no passwords")
                .contains("ServletAuth");
    }

    @Test
    void forward_toAnotherSecuredPage_asksNobodyAgain() throws Exception {
        assertThat(get("/forward", token()).body()).isEqualTo("ada");
    }

    @Test
    void async_dispatch_knowsTheUser() throws Exception {
        assertThat(get("/async", token()).body()).isEqualTo("later, ada");
        assertThat(get("/async", "").statusCode()).isEqualTo(401);
    }

    @Test
    void error_dispatch_knowsTheUser() throws Exception {
        HttpResponse<String> response = get("/breaks", token());

        assertThat(response.statusCode()).isEqualTo(418);
        assertThat(response.body()).isEqualTo("an error, ada");
    }

    @Test
    void refusal_wrappedByAFramework_is503() throws Exception {
        assertThat(get("/wrapped", "").statusCode()).isEqualTo(503);
    }

    private HttpResponse<String> getAsABrowser(String path) throws Exception {
        return getAccepting("text/html", path);
    }

    private HttpResponse<String> getAccepting(String type, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.address().resolve(path))
                .header("Accept", type)
                .timeout(Duration.ofSeconds(60))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    /** A page that goes on after a refusal, or had begun before it, must not be seen by a stranger. */
    @ParameterizedTest
    @ValueSource(strings = {"/half", "/careless"})
    void refusal_whateverThePageWrites_isAllThatIsSent(String path) throws Exception {
        assertThat(get(path, "").statusCode()).isEqualTo(401);
        assertThat(get(path, "").body()).isEqualTo("{\"title\":\"Unauthorized\",\"status\":401}");
        assertThat(getAsABrowser(path).statusCode()).isEqualTo(303);
        assertThat(getAsABrowser(path).body()).isEmpty();
    }

    @Test
    void outage_ofAPageThatHasBegunToWrite_is503() throws Exception {
        assertThat(get("/writer", "").statusCode()).isEqualTo(503);
        assertThat(get("/writer", "").body()).doesNotContain("half");
    }

    @Test
    void secured_byAnotherHttpAuth_takesNoLoginOfThisOne() throws Exception {
        assertThat(get("/others", token()).statusCode()).isEqualTo(500);
        assertThat(get("/others", token()).body()).doesNotContain("ada");
    }

    @Test
    void error_pageForUsers_isNotShownToStrangersWhoseErrorStays() throws Exception {
        assertThat(get("/gone", token()).body()).isEqualTo("an error, for users only");
        assertThat(get("/gone", "").statusCode()).isEqualTo(410);
        assertThat(get("/gone", "").body()).doesNotContain("for users only");
        assertThat(getAsABrowser("/gone").statusCode()).isEqualTo(410);
        assertThat(getAsABrowser("/gone").body()).doesNotContain("for users only");
    }

    @Test
    void error_pageThatAsksTheStore_isLeftOutInAnOutage() throws Exception {
        assertThat(get("/conflict", token()).body()).isEqualTo("an error, for users only");
        HttpResponse<String> outage = get("/conflict-in-an-outage", token());
        assertThat(outage.statusCode()).isEqualTo(409);
        assertThat(outage.body()).doesNotContain("for users only");
    }

    @Test
    void error_beforeTheFilter_keepsItsStatusInAnOutage() throws Exception {
        HttpResponse<String> response = get("/before-the-filter", token());

        assertThat(response.statusCode()).isEqualTo(418);
        assertThat(response.body()).startsWith("an error, ");
    }

    @ParameterizedTest
    @CsvSource({"/careless-outage,*/*,401", "/careless-outage,text/html,303", "/careless-refusal,text/html,403"})
    void refusal_thatThePageIgnoresUntilAnOutage_stays(String path, String accept, int status) throws Exception {
        HttpResponse<String> response = getAccepting(accept, path);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Retry-After")).isEmpty();
    }

    @Test
    void forward_ofAStrangerToASecuredPage_is401() throws Exception {
        assertThat(get("/forward", "").statusCode()).isEqualTo(401);
        assertThat(get("/forward-openly", "").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/broken-wrapped", "/broken-login", "/broken-login-wrapped", "/broken-refusal"})
    void failure_afterAPartWasSent_breaksTheResponseOff(String path) {
        assertBreaksOff(path);
    }
}
