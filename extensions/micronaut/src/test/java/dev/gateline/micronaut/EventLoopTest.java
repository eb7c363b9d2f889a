package dev.gateline.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Authenticator;
import dev.gateline.Login;
import dev.gateline.http.BearerCarrier;
import dev.gateline.http.HttpAuth;
import dev.gateline.kit.Faults;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Storage;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A store that does not answer holds up nobody who does not need it, though there is one event loop only. */
class EventLoopTest {
    private final Faults faults = new Faults();
    private final Authenticator gate =
            SessionAuthenticator.builder(faults.around(Storage.inMemory(10))).build();
    private final MicronautServer server = MicronautServer.start(
            HttpAuth.builder().lane(BearerCarrier.create(), gate).build());
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void stop() {
        server.stop();
        gate.close();
    }

    private CompletableFuture<HttpResponse<String>> send(HttpRequest.Builder request, String path) {
        HttpRequest whole = request.uri(server.address().resolve(path))
                .timeout(Duration.ofSeconds(60))
                .build();
        return client.sendAsync(whole, BodyHandlers.ofString());
    }

    @Test
    void storeThatHangs_otherRequestsOnTheSameEventLoop_areAnsweredMeanwhile() throws Exception {
        String token = gate.login(Login.of("ada")).access().reveal();
        Faults.Hold hold = faults.hold("find");

        CompletableFuture<HttpResponse<String>> hung =
                send(HttpRequest.newBuilder().header("Authorization", "Bearer " + token), "/me");
        hold.awaitArrival();
        HttpResponse<String> ping = send(HttpRequest.newBuilder(), "/public").get(60, TimeUnit.SECONDS);

        assertThat(ping.body()).isEqualTo("a stranger");
        assertThat(hung).isNotDone();
        hold.release();
        assertThat(hung.get(60, TimeUnit.SECONDS).body()).isEqualTo("ada");
    }

    @Test
    void login_whileTheStoreHangs_holdsUpNobody() throws Exception {
        Faults.Hold hold = faults.hold("insert");

        CompletableFuture<HttpResponse<String>> hung =
                send(HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.noBody()), "/login");
        hold.awaitArrival();
        HttpResponse<String> ping = send(HttpRequest.newBuilder(), "/public").get(60, TimeUnit.SECONDS);

        assertThat(ping.statusCode()).isEqualTo(200);
        assertThat(hung).isNotDone();
        hold.release();
        assertThat(hung.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }

    @Test
    void login_storeIsDown_isAnsweredWith503() throws Exception {
        faults.down();

        HttpResponse<String> response = send(
                        HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.noBody()), "/login")
                .get(60, TimeUnit.SECONDS);

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
    }
}
