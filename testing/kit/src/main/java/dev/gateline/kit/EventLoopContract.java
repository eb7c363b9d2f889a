package dev.gateline.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Authenticator;
import dev.gateline.Login;
import dev.gateline.http.BearerCarrier;
import dev.gateline.http.HttpAuth;
import dev.gateline.store.Storage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Tests an adapter whose server answers all requests on one event loop: a store that does not answer holds up nobody
 * who does not need it. The pages are those of {@link HttpAdapterContract}.
 */
public abstract class EventLoopContract {
    private static final int PATIENCE_SECONDS = 60;

    private final Faults faults = new Faults();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Optional<Authenticator> gate = Optional.empty();

    /** For subclasses. */
    protected EventLoopContract() {}

    /**
     * Builds the authenticator.
     *
     * @param storage the storage of the logins
     */
    protected abstract Authenticator authenticator(Storage storage);

    /**
     * Starts a server with one event loop on a free port of this machine, which serves the pages.
     *
     * @param auth the {@link HttpAuth} to adapt
     * @return the address of {@code /}
     * @throws Exception if the server fails
     */
    protected abstract URI serve(HttpAuth auth) throws Exception;

    /**
     * Stops what {@link #serve} has started.
     *
     * @throws Exception if the server fails
     */
    protected abstract void stop() throws Exception;

    private record Site(Authenticator gate, URI address) {}

    private Site start() throws Exception {
        Authenticator wired = authenticator(faults.around(Storage.inMemory(10)));
        gate = Optional.of(wired);
        return new Site(
                wired,
                serve(HttpAuth.builder().lane(BearerCarrier.create(), wired).build()));
    }

    @AfterEach
    final void end() throws Exception {
        if (gate.isPresent()) {
            stop();
            gate.get().close();
        }
    }

    private CompletableFuture<HttpResponse<String>> send(Site site, String path, HttpRequest.Builder request) {
        return client.sendAsync(
                request.uri(site.address().resolve(path))
                        .timeout(Duration.ofSeconds(PATIENCE_SECONDS))
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpResponse<String> answer(CompletableFuture<HttpResponse<String>> sent) throws Exception {
        return sent.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static HttpRequest.Builder form() {
        return HttpRequest.newBuilder().POST(BodyPublishers.noBody());
    }

    private void assertThatOthersAreAnswered(Site site, CompletableFuture<HttpResponse<String>> hung) throws Exception {
        assertThat(answer(send(site, "/public", HttpRequest.newBuilder())).body())
                .isEqualTo("a stranger");
        assertThat(hung).isNotDone();
    }

    @Test
    void authenticate_storeHangs_othersAreAnsweredMeanwhile() throws Exception {
        Site site = start();
        String token = site.gate().login(Login.of("ada")).access().reveal();
        Faults.Hold hold = faults.hold("find");

        CompletableFuture<HttpResponse<String>> hung =
                send(site, "/me", HttpRequest.newBuilder().header("Authorization", "Bearer " + token));
        hold.awaitArrival();

        assertThatOthersAreAnswered(site, hung);
        hold.release();
        assertThat(answer(hung).body()).isEqualTo("ada");
    }

    @Test
    void login_storeHangs_othersAreAnsweredMeanwhile() throws Exception {
        Site site = start();
        Faults.Hold hold = faults.hold("insert");

        CompletableFuture<HttpResponse<String>> hung = send(site, "/login", form());
        hold.awaitArrival();

        assertThatOthersAreAnswered(site, hung);
        hold.release();
        assertThat(answer(hung).statusCode()).isEqualTo(200);
    }

    @Test
    void login_storeIsDown_isAnsweredWith503() throws Exception {
        Site site = start();
        faults.down();

        HttpResponse<String> response = answer(send(site, "/login", form()));

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
    }
}
