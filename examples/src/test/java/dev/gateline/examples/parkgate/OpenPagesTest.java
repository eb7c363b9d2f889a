package dev.gateline.examples.parkgate;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.gateline.Ending;
import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.examples.parkgate.OpenPages.Limits;
import dev.gateline.http.BearerCarrier;
import dev.gateline.http.HttpAuth;
import dev.gateline.kit.MutableClock;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Over a server that has one thread for all requests. */
@Timeout(120)
class OpenPagesTest {
    private static final Duration AN_HOUR = Duration.ofHours(1);

    private final MutableClock clock = new MutableClock();
    private final SessionAuthenticator sessions =
            SessionAuthenticator.builder(Storage.inMemory(100)).clock(clock).build();
    private final HttpAuth auth = HttpAuth.builder()
            .lane(BearerCarrier.create(), sessions)
            .clock(clock)
            .build();
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private OpenPages openPages(Limits limits) {
        OpenPages pages = new OpenPages(auth, limits);
        server.createContext(OpenPages.PATH, pages.handler());
        return pages;
    }

    /** Returns once the headers are there. */
    private HttpResponse<InputStream> open(Grant grant) {
        URI uri = URI.create("http://localhost:" + server.getAddress().getPort() + OpenPages.PATH + "?login="
                + grant.loginId().value());
        HttpRequest request = HttpRequest.newBuilder(uri)
                .POST(BodyPublishers.noBody())
                .header("Authorization", "Bearer " + grant.access().reveal())
                .build();
        try {
            return client.send(request, BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A page's headers are out a little before it counts. */
    private static void awaitSize(OpenPages pages, int size) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (pages.size() != size && System.nanoTime() < deadline) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(pages.size()).isEqualTo(size);
    }

    /** The server's one thread answers this only when it has done all of the requests before. */
    private void awaitThread() {
        URI uri = URI.create("http://localhost:" + server.getAddress().getPort() + OpenPages.PATH);
        try {
            HttpResponse<Void> response =
                    client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding());
            assertThat(response.statusCode()).isEqualTo(405);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String word(HttpResponse<InputStream> response) {
        try (InputStream body = response.body()) {
            return new String(body.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void open_manyMoreThanThreads_holdNoneAndAreAllTold() {
        try (OpenPages pages = openPages(new Limits(AN_HOUR, 100, 8))) {
            List<HttpResponse<InputStream>> open = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                open.add(open(sessions.login(Login.of("ada"))));
            }
            awaitSize(pages, 40);
            sessions.logins().endAll("ada");
            assertThat(open).allSatisfy(each -> assertThat(word(each)).isEqualTo(OpenPages.CHANGED));
            awaitSize(pages, 0);
        }
    }

    @Test
    void open_longest_endsWithoutAWordSoThatThePageAsksAgain() {
        try (OpenPages pages = openPages(new Limits(Duration.ofMillis(10), 100, 8))) {
            HttpResponse<InputStream> response = open(sessions.login(Login.of("ada")));
            assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
            assertThat(word(response)).isEmpty();
            awaitSize(pages, 0);
        }
    }

    @Test
    void open_oneTooManyOfALogin_takesThePlaceOfTheOldest() {
        try (OpenPages pages = openPages(new Limits(AN_HOUR, 100, 2))) {
            open(sessions.login(Login.of("grace")));
            Grant grant = sessions.login(Login.of("ada"));
            HttpResponse<InputStream> oldest = open(grant);
            HttpResponse<InputStream> second = open(grant);
            HttpResponse<InputStream> third = open(grant);
            assertThat(word(oldest)).isEmpty();
            awaitSize(pages, 3);
            sessions.logout(grant.access());
            assertThat(List.of(second, third))
                    .allSatisfy(each -> assertThat(word(each)).isEqualTo(OpenPages.CHANGED));
        }
    }

    @Test
    void open_noPlaceIsFree_isAskedToComeBackUntilOneIs() {
        try (OpenPages pages = openPages(new Limits(AN_HOUR, 1, 8))) {
            Grant ada = sessions.login(Login.of("ada"));
            Grant grace = sessions.login(Login.of("grace"));
            HttpResponse<InputStream> first = open(ada);
            HttpResponse<InputStream> second = open(grace);
            assertThat(second.statusCode()).isEqualTo(503);
            assertThat(second.headers().allValues("Retry-After")).isNotEmpty();
            sessions.logout(ada.access());
            assertThat(word(first)).isEqualTo(OpenPages.CHANGED);
            assertThat(open(grace).statusCode()).isEqualTo(200);
            awaitSize(pages, 1);
        }
    }

    /** Nobody tells of a login that expires: here it stands for an ending that was missed. */
    @Test
    void hear_aGap_rechecksAllAndEndsThoseThatAreOver() {
        try (OpenPages pages = openPages(new Limits(AN_HOUR, 100, 8))) {
            HttpResponse<InputStream> over = open(sessions.login(Login.of("ada")));
            awaitThread();
            clock.advance(Duration.ofMinutes(31));
            Grant live = sessions.login(Login.of("grace"));
            HttpResponse<InputStream> stays = open(live);
            awaitThread();
            assertThat(pages.size()).isEqualTo(2);
            pages.hear(new Ending.OfSome());
            assertThat(word(over)).isEqualTo(OpenPages.CHANGED);
            awaitSize(pages, 1);
            sessions.logout(live.access());
            assertThat(word(stays)).isEqualTo(OpenPages.CHANGED);
        }
    }

    @Test
    void close_openPages_areEndedWithoutAWord() {
        HttpResponse<InputStream> response;
        try (OpenPages pages = openPages(new Limits(AN_HOUR, 100, 8))) {
            response = open(sessions.login(Login.of("ada")));
            awaitSize(pages, 1);
        }
        assertThat(word(response)).isEmpty();
    }
}
