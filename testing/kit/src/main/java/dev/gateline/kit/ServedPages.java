package dev.gateline.kit;

import dev.gateline.AuthEvent;
import dev.gateline.AuthListener;
import dev.gateline.Authenticator;
import dev.gateline.Grant;
import dev.gateline.http.BearerCarrier;
import dev.gateline.http.CookieCarrier;
import dev.gateline.http.HttpAuth;
import dev.gateline.store.Storage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A server with the pages of {@link HttpAdapterContract}, and a client for them. */
abstract class ServedPages {
    static final String SITE = "https://park.example";
    static final String EVIL = "https://evil.example";

    final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    final Faults faults = new Faults();
    final List<AuthEvent> events = new CopyOnWriteArrayList<>();
    final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(20))
            .build();
    private Optional<Wired> wired = Optional.empty();

    private record Wired(Authenticator gate, URI site) {}

    /**
     * Builds the authenticator.
     *
     * @param storage the storage of the logins
     * @param clock the clock, which the tests move
     * @param listener the listener, which hears all events
     */
    protected abstract Authenticator authenticator(Storage storage, Clock clock, AuthListener listener);

    /**
     * Starts a server on a free port of this machine, which serves the pages.
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

    @BeforeEach
    final void start() throws Exception {
        Authenticator gate = authenticator(faults.around(Storage.inMemory(100)), clock, events::add);
        HttpAuth auth = HttpAuth.builder()
                .lane(CookieCarrier.create(), gate)
                .lane(BearerCarrier.create(), gate)
                .origin(SITE)
                .insecureCrossOriginAllowedAt("/callback")
                .loginPage("/sign-in")
                .clock(clock)
                .build();
        wired = Optional.of(new Wired(gate, serve(auth)));
    }

    @AfterEach
    final void end() throws Exception {
        faults.none();
        stop();
        wired.orElseThrow().gate().close();
    }

    /** The faults of the store, for tests that raise one. All are over when the test ends. */
    protected final Faults faults() {
        return faults;
    }

    final Authenticator gate() {
        return wired.orElseThrow().gate();
    }

    final URI site() {
        return wired.orElseThrow().site();
    }

    final HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(site().resolve(path));
    }

    final HttpResponse<String> send(String method, String path, String... headers) throws Exception {
        HttpRequest.Builder request = request(path)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(60));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    static List<String> cookies(HttpResponse<String> response) {
        return response.headers().allValues("Set-Cookie");
    }

    static String jar(HttpResponse<String> login) {
        return String.join(
                "; ",
                cookies(login).stream()
                        .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                        .toList());
    }

    final HttpResponse<String> loginFromOurPage() throws Exception {
        return send("POST", "/login", "Origin", SITE);
    }

    static String bearer(Grant grant) {
        return "Bearer " + grant.access().reveal();
    }
}
