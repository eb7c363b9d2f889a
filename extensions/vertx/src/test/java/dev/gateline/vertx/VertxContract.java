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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** By a reroute. */
    @Override
    protected String errorPage() {
        return "sorry";
    }

    /** Sends a request, and waits for the response for a minute at most. */
    final HttpResponse<String> send(HttpRequest.Builder request, String path) throws Exception {
        return begin(request, path).get(60, TimeUnit.SECONDS);
    }

    final CompletableFuture<HttpResponse<String>> begin(HttpRequest.Builder request, String path) {
        return client.sendAsync(request.uri(server.address().resolve(path)).build(), BodyHandlers.ofString());
    }

    static HttpRequest.Builder with(String token) {
        return HttpRequest.newBuilder().header("Authorization", "Bearer " + token);
    }

    final String token() throws Exception {
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

    @ParameterizedTest
    @ValueSource(strings = {"/section", "/nested/section"})
    void secured_inASubRouter_goesOnToThePagesOfTheSubRouter(String section) throws Exception {
        assertThat(send(with(token()), section + "/who").body()).isEqualTo("ada");
        assertThat(send(HttpRequest.newBuilder(), section + "/who").statusCode())
                .isEqualTo(401);
        assertThat(send(with(token()), section + "/vault").statusCode()).isEqualTo(401);
        assertThat(send(with(token()), section + "/none").statusCode()).isEqualTo(404);
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

    /** The cookies of a browser, as the responses set them. */
    private static final class Jar {
        private final Map<String, String> cookies = new LinkedHashMap<>();

        HttpRequest.Builder request() {
            HttpRequest.Builder request = HttpRequest.newBuilder().header("Origin", "https://park.example");
            return cookies.isEmpty() ? request : request.header("Cookie", String.join("; ", cookies.values()));
        }

        String keep(HttpResponse<String> response) {
            response.headers()
                    .allValues("Set-Cookie")
                    .forEach(line -> cookies.put(line.split("=", -1)[0], line.split(";", -1)[0]));
            return response.body();
        }
    }

    @Test
    void session_ofVertx_outlivesLoginAndLogout() throws Exception {
        Jar jar = new Jar();
        assertThat(jar.keep(send(jar.request(), "/sessions/count"))).isEqualTo("a stranger 1");
        jar.keep(send(jar.request().POST(BodyPublishers.noBody()), "/sessions/login"));
        assertThat(jar.keep(send(jar.request(), "/sessions/count"))).isEqualTo("ada 2");
        String session = jar.cookies.get("vertx-web.session");
        assertThat(jar.keep(send(jar.request(), "/sessions/count"))).isEqualTo("ada 3");
        assertThat(jar.cookies).as("an id for all requests of a user").containsEntry("vertx-web.session", session);

        jar.keep(send(jar.request().POST(BodyPublishers.noBody()), "/sessions/logout"));

        assertThat(jar.keep(send(jar.request(), "/sessions/count"))).isEqualTo("a stranger 4");
    }

    @Test
    void session_ofVertx_outlivesRefusalsAndOutages() throws Exception {
        Jar jar = new Jar();
        jar.keep(send(jar.request().POST(BodyPublishers.noBody()), "/sessions/login"));
        assertThat(jar.keep(send(jar.request(), "/sessions/count"))).isEqualTo("ada 1");

        HttpRequest.Builder evil = HttpRequest.newBuilder()
                .header("Origin", "https://evil.example")
                .header("Cookie", String.join("; ", jar.cookies.values()))
                .POST(BodyPublishers.noBody());
        assertThat(send(evil, "/sessions/count").statusCode()).isEqualTo(403);
        faults().down();
        jar.keep(send(jar.request(), "/sessions/count"));
        faults().none();

        assertThat(jar.keep(send(jar.request(), "/sessions/count")))
                .startsWith("ada ")
                .isNotEqualTo("ada 1");
    }

    @Test
    void body_ofARequestThatWasHeldMeanwhile_arrivesWhole() throws Exception {
        String body = "x".repeat(100_000);

        assertThat(send(with(token()).POST(BodyPublishers.ofString(body)), "/echo")
                        .body())
                .isEqualTo(body);
    }

    private static HttpRequest.Builder post() {
        return HttpRequest.newBuilder().header("Origin", "https://park.example").POST(BodyPublishers.noBody());
    }

    @Test
    void reroute_toASecuredPage_isAnsweredWithItsHeaders() throws Exception {
        HttpResponse<String> program = send(HttpRequest.newBuilder(), "/to/me");
        HttpResponse<String> browser = send(HttpRequest.newBuilder().header("Accept", "text/html"), "/to/me");

        assertThat(program.statusCode()).isEqualTo(401);
        assertThat(program.headers().allValues("WWW-Authenticate")).hasSize(2);
        assertThat(browser.statusCode()).isEqualTo(303);
        assertThat(browser.headers().firstValue("Location").orElse("")).contains("/sign-in");
        assertThat(send(with(token()), "/to/me").body()).isEqualTo("ada");
        assertThat(send(with(token()), "/to/vault").statusCode()).isEqualTo(401);
    }

    @Test
    void reroute_toLoginAndLogout_setsTheCookies() throws Exception {
        HttpResponse<String> login = send(post(), "/to/login");
        assertThat(login.headers().allValues("Set-Cookie")).isNotEmpty();
        String cookies = login.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .collect(Collectors.joining("; "));

        HttpResponse<String> logout = send(post().header("Cookie", cookies), "/to/logout");

        assertThat(logout.statusCode()).isEqualTo(204);
        assertThat(logout.headers().allValues("Set-Cookie"))
                .isNotEmpty()
                .allMatch(cookie -> cookie.contains("Max-Age=0"));
    }

    @Test
    void reroute_toAPageWhoseSessionOfVertxRemembersAUser_doesNotBelieveIt() throws Exception {
        HttpResponse<String> first = send(with(token()), "/sessions/who");
        String session = first.headers().firstValue("Set-Cookie").orElseThrow().split(";", -1)[0];

        HttpResponse<String> second = send(HttpRequest.newBuilder().header("Cookie", session), "/to/sessions/who");

        assertThat(second.body()).isEqualTo("a stranger");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/broken-login", "/broken-page", "/broken-refusal", "/broken-by-vertx", "/broken-login-by-vertx"
            })
    void failure_afterAPartWasSent_breaksTheResponseOff(String path) {
        assertBreaksOff(path);
    }
}
