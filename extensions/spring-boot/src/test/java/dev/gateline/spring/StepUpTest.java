package dev.gateline.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.kit.MutableClock;
import dev.gateline.session.SessionAuthenticator;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Demands by paths and by annotations, in an application that is wired by properties alone. */
@Tag("slow")
class StepUpTest {
    private static final MutableClock CLOCK = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static Server server;

    /** An annotation of an application's own. */
    @RequireLogin(within = "1m")
    @Retention(RetentionPolicy.RUNTIME)
    @interface JustNow {}

    /** The application. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    @RestController
    @RequireLogin(within = "10m")
    static class Vaults {
        @GetMapping("/ten")
        String byTheClass(Identity user) {
            return user.subject();
        }

        @RequireLogin
        @GetMapping("/any")
        String byItsOwn(Identity user) {
            return user.subject();
        }

        @JustNow
        @GetMapping("/one")
        String byAnotherAnnotation(Identity user) {
            return user.subject();
        }

        @RequireLogin(within = "${park.fresh}")
        @GetMapping("/two")
        String byASetting(Identity user) {
            return user.subject();
        }

        @RequireLogin
        @GetMapping("/open/annotated")
        String annotated() {
            return "in";
        }
    }

    @BeforeAll
    static void start() {
        server = Server.start(
                Vaults.class,
                context -> context.registerBean(Clock.class, () -> CLOCK),
                "gateline.origins=https://park.example",
                "gateline.public-paths=/open/**",
                "park.fresh=2m");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<String> get(String path, String token) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.address().resolve(path)).timeout(Duration.ofSeconds(60));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static String login() {
        return server.bean(SessionAuthenticator.class)
                .login(Login.of("ada"))
                .access()
                .reveal();
    }

    @Test
    void proof_asOldAsItsPageAllows_isTakenAndNotASecondMore() throws Exception {
        String token = login();
        assertThat(get("/one", token).body()).isEqualTo("ada");

        CLOCK.advance(Duration.ofMinutes(1));
        assertThat(get("/one", token).body()).isEqualTo("ada");
        CLOCK.advance(Duration.ofSeconds(1));
        HttpResponse<String> refused = get("/one", token);

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate"))
                .contains("Bearer error=\"insufficient_user_authentication\", max_age=\"60\"");
        assertThat(get("/ten", token).body()).isEqualTo("ada");
        CLOCK.advance(Duration.ofMinutes(9));
        assertThat(get("/ten", token).statusCode()).isEqualTo(401);
        assertThat(get("/any", token).body()).isEqualTo("ada");
    }

    @Test
    void annotation_thatNamesASetting_readsIt() throws Exception {
        String token = login();

        CLOCK.advance(Duration.ofMinutes(2));
        assertThat(get("/two", token).body()).isEqualTo("ada");
        CLOCK.advance(Duration.ofSeconds(1));
        assertThat(get("/two", token).statusCode()).isEqualTo(401);
    }

    @Test
    void annotation_thatNamesNoSetting_isToldAtTheStart() {
        assertThatThrownBy(() -> Server.start(Vaults.class, "gateline.origins=https://park.example"))
                .hasStackTraceContaining("@RequireLogin(within) of")
                .hasStackTraceContaining("park.fresh");
    }

    @Test
    void annotation_onAPublicPath_demandsALogin() throws Exception {
        assertThat(get("/open/annotated", "").statusCode()).isEqualTo(401);
        assertThat(get("/open/annotated", login()).body()).isEqualTo("in");
    }

    /** As Java's client would not send them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/open/../any",
                "/open/..;/any",
                "/open/..;a=b/any",
                "/open/%2e%2e/any",
                "/open/%2E%2E;/any",
                "/./open/../any",
                "/any;/open/x",
                "//any",
                "/any/",
                "/any;open",
                "/%61ny"
            })
    void path_thatLeadsOutOfWhatIsPublic_isRefused(String path) throws Exception {
        assertThat(rawStatus(path)).isIn(400, 401);
    }

    @Test
    void path_thatIsPublic_isServedRaw() throws Exception {
        assertThat(rawStatus("/open/nothing")).isEqualTo(404);
    }

    private static int rawStatus(String path) throws Exception {
        URI address = server.address();
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(60_000);
            String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            return Integer.parseInt(answer.readLine().split(" ", -1)[1]);
        }
    }

    /** An application with a mistake. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    @RestController
    static class Mistaken {
        @RequireLogin(within = "five minutes")
        @GetMapping("/")
        String page() {
            return "";
        }
    }

    @Test
    void annotation_thatCanNotBeMet_isToldAtTheStart() {
        assertThatThrownBy(() -> Server.start(Mistaken.class, "gateline.origins=https://park.example"))
                .hasStackTraceContaining("@RequireLogin(within) of")
                .hasStackTraceContaining("five minutes");
    }

    @Test
    void publicPaths_thatAreNoPattern_areToldAtTheStart() {
        assertThatThrownBy(() -> Server.start(
                        Vaults.class,
                        "gateline.origins=https://park.example",
                        "gateline.public-paths=login",
                        "park.fresh=2m"))
                .hasStackTraceContaining("gateline.public-paths");
    }
}
