package dev.gateline.jdkhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.gateline.AuthUnavailableException;
import dev.gateline.Authenticator;
import dev.gateline.Grant;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginRefusedException;
import dev.gateline.Requirement;
import dev.gateline.http.BearerCarrier;
import dev.gateline.http.CookieCarrier;
import dev.gateline.http.HttpAuth;
import dev.gateline.kit.Faults;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Storage;
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
        server.createContext(
                "/login",
                door.guarded(
                        exchange -> door.answer(exchange, auth.login(JdkHttpAuth.view(exchange), Login.of("ada")))));
        server.createContext(
                "/home",
                door.open((exchange, who) ->
                        send(exchange, who.fold(Identity::subject, reason -> "a stranger: " + reason.name()))));
        server.createContext("/full", door.guarded(exchange -> {
            throw new LoginRefusedException("the store is full");
        }));
        server.createContext("/late", door.guarded(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try {
                auth.login(JdkHttpAuth.view(exchange), Login.of("ada"));
            } catch (IllegalStateException e) {
                exchange.getResponseBody().write("refused".getBytes(StandardCharsets.UTF_8));
            }
            exchange.close();
        }));
        server.createContext("/half", door.guarded(exchange -> {
            exchange.sendResponseHeaders(200, 5);
            throw new AuthUnavailableException("too late");
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
                .containsExactly("Cookie cookie-name=\"__Host-Http-id\"", "Bearer");
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
        assertThat(response.body()).isEqualTo("{\"title\":\"Unauthorized\",\"status\":401}");
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
        String cookie = "__Host-Http-id=" + grant.access().reveal();

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
                        .matches("__Host-Http-id=gs_[\\w-]{22}\\.[\\w-]{64}; Path=/; Secure; HttpOnly; SameSite=Lax"));
        assertThat(response.body()).doesNotContain("gs_");
    }

    @Test
    void open_deadCookie_isAStrangerWhoCanLogIn() throws Exception {
        Grant grant = gate.login(Login.of("ada"));
        String cookie = "__Host-Http-id=" + grant.access().reveal();
        assertThat(send("GET", "/home", "Cookie", cookie).body()).isEqualTo("ada");
        gate.logout(grant.access());

        HttpResponse<String> response = send("GET", "/home", "Cookie", cookie);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).startsWith("a stranger: ");
        assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
        assertThat(send("GET", "/me", "Cookie", cookie).statusCode()).isEqualTo(401);
        HttpResponse<String> login = send("POST", "/login", "Cookie", cookie, "Origin", "https://park.example");
        assertThat(login.headers().allValues("Set-Cookie")).hasSize(1);
    }

    @Test
    void open_requestOfAnotherSite_is403() throws Exception {
        Grant grant = gate.login(Login.of("ada"));

        HttpResponse<String> response = send(
                "POST", "/home", "Cookie", "__Host-Http-id=" + grant.access().reveal(), "Sec-Fetch-Site", "cross-site");

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(send("POST", "/home", "Sec-Fetch-Site", "cross-site").statusCode())
                .isEqualTo(200);
    }

    @Test
    void open_storeDown_is503() throws Exception {
        Grant grant = gate.login(Login.of("ada"));

        faults.down();
        HttpResponse<String> response = send(
                "GET", "/home", "Cookie", "__Host-Http-id=" + grant.access().reveal());
        faults.none();

        assertThat(response.statusCode()).isEqualTo(503);
    }

    @Test
    void secured_cookiesLargerThanAreRead_is431() throws Exception {
        HttpResponse<String> response = send("GET", "/me", "Cookie", "a=" + "x".repeat(17_000));

        assertThat(response.statusCode()).isEqualTo(431);
        assertThat(response.headers().allValues("WWW-Authenticate")).isEmpty();
    }

    @Test
    void guarded_loginThatCannotBeHeld_is503() throws Exception {
        HttpResponse<String> response = send("POST", "/full");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).isEmpty();
    }

    @Test
    void login_responseAlreadySent_isRefusedAndStartsNothing() throws Exception {
        HttpResponse<String> response = send("POST", "/late", "Origin", "https://park.example");

        assertThat(response.body()).isEqualTo("refused");
        assertThat(gate.logins().of("ada")).isEmpty();
    }

    @Test
    void guarded_outageAfterTheHeaders_closesTheConnection() {
        assertThatThrownBy(() -> send("GET", "/half")).isInstanceOf(IOException.class);
    }
}
