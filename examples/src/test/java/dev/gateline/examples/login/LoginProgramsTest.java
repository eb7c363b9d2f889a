package dev.gateline.examples.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class LoginProgramsTest {
    private static final String SITE = "http://localhost:8080";

    private final HttpClient client = HttpClient.newHttpClient();

    private HttpResponse<String> login(HttpServer server, String password, String origin) throws Exception {
        return client.send(
                HttpRequest.newBuilder(address(server, "/login"))
                        .header("Origin", origin)
                        .POST(BodyPublishers.ofString("user=ada&password=" + password))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> protectedPage(HttpServer server, String name, String value) throws Exception {
        return client.send(
                HttpRequest.newBuilder(address(server, "/protected"))
                        .header(name, value)
                        .build(),
                BodyHandlers.ofString());
    }

    private static URI address(HttpServer server, String path) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + path);
    }

    @Test
    void session_login_opensTheProtectedPage() throws Exception {
        HttpServer server = LoginWithSession.start(0);
        try {
            String cookie = login(server, "lovelace", SITE)
                    .headers()
                    .firstValue("Set-Cookie")
                    .orElseThrow()
                    .replaceAll(";.*", "");

            assertThat(protectedPage(server, "Cookie", cookie).body()).isEqualTo("hello ada\n");
            assertThat(protectedPage(server, "Accept", "*/*").statusCode()).isEqualTo(401);
            assertThat(login(server, "guess", SITE).statusCode()).isEqualTo(401);
            assertThat(login(server, "lovelace", "https://evil.example").statusCode())
                    .isEqualTo(403);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void jwt_login_opensTheProtectedPage() throws Exception {
        HttpServer server = LoginWithJwt.start(0);
        try {
            String token =
                    login(server, "lovelace", SITE).body().replaceAll("(?s).*\"access_token\":\"([^\"]*)\".*", "$1");

            assertThat(protectedPage(server, "Authorization", "Bearer " + token).body())
                    .isEqualTo("hello ada\n");
            assertThat(protectedPage(server, "Accept", "*/*").statusCode()).isEqualTo(401);
            assertThat(login(server, "guess", SITE).statusCode()).isEqualTo(401);
        } finally {
            server.stop(0);
        }
    }

    /** Readers compare the two: nothing but the wiring may differ. */
    @Test
    void programs_withoutTheirWiring_areTheSame() throws IOException {
        assertThat(rest("LoginWithJwt")).isEqualTo(rest("LoginWithSession"));
    }

    private static List<String> rest(String program) throws IOException {
        String text = Files.readString(Path.of("src/main/java/dev/gateline/examples/login/" + program + ".java"));
        String wiring = "(?s)        Authenticator gate =.*?\\.build\\(\\);\n";
        return text.replace(program, "")
                .replaceFirst(wiring, "")
                .lines()
                .filter(line -> !line.startsWith("import ") && !line.startsWith("/**"))
                .filter(line -> !line.contains(".lane("))
                .toList();
    }
}
