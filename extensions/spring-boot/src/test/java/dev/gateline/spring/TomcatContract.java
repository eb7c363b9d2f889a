package dev.gateline.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.http.HttpAuth;
import dev.gateline.kit.HttpAdapterContract;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The contract on the Tomcat that Spring Boot embeds, and what Spring MVC adds. */
abstract class TomcatContract extends HttpAdapterContract {
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(20))
            .build();
    private Optional<Server> server = Optional.empty();

    @Override
    protected URI serve(HttpAuth auth) {
        server = Optional.of(
                Server.start(Pages.class, context -> context.registerBean(HttpAuth.class, () -> auth), Pages.PUBLIC));
        return server.get().address();
    }

    @Override
    protected void stop() {
        server.ifPresent(Server::close);
    }

    @Override
    protected String errorPage() {
        return "Whitelabel Error Page";
    }

    private HttpResponse<String> get(String path, String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        server.orElseThrow().address().resolve(path))
                .timeout(Duration.ofSeconds(60));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** Of a program, which is known by sending none of the headers of browsers. */
    private String token() throws Exception {
        HttpRequest login = HttpRequest.newBuilder(
                        server.orElseThrow().address().resolve("/login"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(60))
                .build();
        String body = client.send(login, BodyHandlers.ofString()).body();
        return body.replaceAll(".*\"access_token\":\"([^\"]*)\".*", "$1");
    }

    @Test
    void argument_ofAPublicPage_demandsALogin() throws Exception {
        assertThat(get("/open/argument", token()).body()).isEqualTo("ada");
        HttpResponse<String> refused = get("/open/argument", "");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().allValues("WWW-Authenticate")).hasSize(2);
    }

    @Test
    void request_ofAUser_knowsNameAndRoles() throws Exception {
        assertThat(get("/asked", token()).body()).isEqualTo("ada true");
    }

    @Test
    void async_dispatch_knowsTheUser() throws Exception {
        assertThat(get("/async", token()).body()).isEqualTo("later, ada ada");
        assertThat(get("/async", "").statusCode()).isEqualTo(401);
    }

    @Test
    void path_thatNobodyNamed_needsALogin() throws Exception {
        assertThat(get("/nowhere", "").statusCode()).isEqualTo(401);
        assertThat(get("/nowhere", token()).statusCode()).isEqualTo(404);
    }

    @Test
    void error_dispatch_isNoPageOfItsOwn() throws Exception {
        assertThat(get("/breaks", token()).statusCode()).isEqualTo(418);
        assertThat(get("/error", "").statusCode()).isEqualTo(401);
    }
}
