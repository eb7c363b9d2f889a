package dev.gateline.jdkhttp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.gateline.Authenticator;
import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.Outcome;
import dev.gateline.Requirement;
import dev.gateline.http.BearerCarrier;
import dev.gateline.http.CookieCarrier;
import dev.gateline.http.HttpAuth;
import dev.gateline.http.Issued;
import dev.gateline.kit.Faults;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.spi.Storage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdkHttpAuthTest {
    private final Faults faults = new Faults();
    private final Authenticator gate =
            SessionAuthenticator.builder(faults.around(Storage.inMemory(100))).build();
    private final HttpAuth auth = HttpAuth.builder()
            .lane(CookieCarrier.create(), gate)
            .lane(BearerCarrier.create(), gate)
            .origin("https://park.example")
            .build();
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        JdkHttpAuth door = new JdkHttpAuth(auth);
        server.createContext("/me", door.secured((exchange, identity) -> send(exchange, identity.subject())));
        server.createContext(
                "/vault",
                door.secured(
                        Requirement.none().methods("otp"), (exchange, identity) -> send(exchange, identity.subject())));
        server.createContext("/login", door.guarded(exchange -> {
            Outcome<Issued> issued = auth.login(JdkHttpAuth.view(exchange), Login.of("ada"));
            if (issued.rejection().isPresent()) {
                door.refuse(exchange, issued.rejection().get());
            } else {
                send(exchange, issued.toOptional().orElseThrow().body());
            }
        }));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static void send(com.sun.net.httpserver.HttpExchange exchange, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(bytes);
        }
    }

    private HttpResponse<String> send(String method, String path, String... headers) throws Exception {
        URI uri = URI.create("http://localhost:" + server.getAddress().getPort() + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void secured_withoutCredential_is401WithAChallengeForEachLane() throws Exception {
        HttpResponse<String> response = send("GET", "/me");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().allValues("WWW-Authenticate"))
                .containsExactly("Cookie cookie-name=\"__Host-id\"", "Bearer");
    }

    @Test
    void secured_withBearer_isHandled() throws Exception {
        Grant grant = gate.login(Login.of("ada"));

        HttpResponse<String> response =
                send("GET", "/me", "Authorization", "Bearer " + grant.access().reveal());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("ada");
    }

    @Test
    void secured_withEndedLogin_is401AndSaysNoMoreThanInvalid() throws Exception {
        Grant grant = gate.login(Login.of("ada"));
        gate.logout(grant.access());

        HttpResponse<String> response =
                send("GET", "/me", "Authorization", "Bearer " + grant.access().reveal());

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().allValues("WWW-Authenticate")).contains("Bearer error=\"invalid_token\"");
        assertThat(response.body()).isEmpty();
    }

    @Test
    void secured_requirementNotMet_is401WithTheReason() throws Exception {
        Grant grant = gate.login(Login.of("ada"));

        HttpResponse<String> response = send(
                "GET", "/vault", "Authorization", "Bearer " + grant.access().reveal());

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().allValues("WWW-Authenticate"))
                .contains("Bearer error=\"insufficient_user_authentication\"");
    }

    @Test
    void secured_storeDown_is503AndTheCookieStays() throws Exception {
        Grant grant = gate.login(Login.of("ada"));
        String cookie = "__Host-id=" + grant.access().reveal();

        faults.down();
        HttpResponse<String> response = send("GET", "/me", "Cookie", cookie);
        faults.none();

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
        assertThat(send("GET", "/me", "Cookie", cookie).statusCode()).isEqualTo(200);
    }

    @Test
    void guarded_loginFromAnotherSite_is403AndStartsNothing() throws Exception {
        HttpResponse<String> response =
                send("POST", "/login", "Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example");

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
        assertThat(gate.logins().of("ada")).isEmpty();
    }

    @Test
    void guarded_loginFromOurPage_setsTheCookie() throws Exception {
        HttpResponse<String> response = send("POST", "/login", "Origin", "https://park.example");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().allValues("Set-Cookie"))
                .singleElement()
                .satisfies(cookie -> assertThat(cookie)
                        .matches("__Host-id=gs_[\\w-]{22}\\.[\\w-]{64}; Path=/; Secure; HttpOnly; SameSite=Lax"));
        assertThat(response.body()).doesNotContain("gs_");
    }
}
