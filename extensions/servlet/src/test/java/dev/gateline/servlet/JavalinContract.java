package dev.gateline.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.http.HttpAuth;
import dev.gateline.kit.HttpAdapterContract;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The contract of adapters on Javalin, which catches what handlers throw before a filter can. */
abstract class JavalinContract extends HttpAdapterContract {
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
    void route_withoutARole_needsALogin() throws Exception {
        assertThat(get("/forgotten").statusCode()).isEqualTo(401);
    }
}
