package dev.gateline.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.net.HttpURLConnection;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ByteArrayResource;

/** The code of the guide compiles, its application does what the page says, and the page has every property. */
@Tag("slow")
class GuideTest {
    private static final Path PAGE = Path.of("../../docs/guide/spring-boot.md");
    private static final Path SETTINGS = Path.of("../../docs/guide/spring-boot-settings.md");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern PROPERTY = Pattern.compile("\"name\": \"gateline\\.([a-z.-]+)\",\\s+\"type\"");
    private static final int FORM_LINES = 15;
    private static final int YAML_LINES = 8;

    private static final String IMPORTS = """
            package park;

            import dev.gateline.*;
            import dev.gateline.http.*;
            import dev.gateline.servlet.ServletAuth;
            import dev.gateline.session.*;
            import dev.gateline.spring.*;
            import dev.gateline.spring.test.*;
            import jakarta.servlet.http.HttpServletRequest;
            import java.time.Duration;
            import java.util.Optional;
            import javax.sql.DataSource;
            import static org.assertj.core.api.Assertions.assertThat;
            import org.junit.jupiter.api.Test;
            import org.springframework.beans.factory.annotation.Autowired;
            import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
            import org.springframework.test.web.servlet.assertj.MockMvcTester;
            import org.springframework.boot.SpringApplication;
            import org.springframework.boot.autoconfigure.SpringBootApplication;
            import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
            import org.springframework.context.annotation.*;
            import org.springframework.context.event.EventListener;
            import org.springframework.http.HttpStatus;
            import org.springframework.web.bind.annotation.*;
            import org.springframework.web.server.ResponseStatusException;

            """;

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    @Test
    void code_ofThePage_compiles() throws IOException {
        List<String> snippets = snippets(JAVA);

        assertThat(snippets).hasSizeGreaterThan(3);
        for (String snippet : snippets) {
            assertThat(compile(snippet)).as(snippet).isEmpty();
        }
    }

    @Test
    void application_ofThePage_isShort() throws IOException {
        assertThat(snippets(JAVA).get(0).lines().filter(line -> !line.isBlank()).count())
                .isLessThanOrEqualTo(FORM_LINES);
        assertThat(snippets(YAML).get(0).lines().count()).isLessThanOrEqualTo(YAML_LINES);
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void application_ofThePage_logsInAndOutEverywhere(Strategy strategy) throws Exception {
        assertThat(compile(snippets(JAVA).get(0))).isEmpty();
        URL[] here = {folder.toUri().toURL()};
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(here, getClass().getClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            try (Server server = Server.start(loader.loadClass("park.Park"), properties(strategy))) {
                assertLogsInAndOutEverywhere(server);
            }
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** By one word. */
    private static String[] properties(Strategy strategy) throws IOException {
        String yaml = snippets(YAML).get(0).replace("strategy: session", "strategy: " + strategy);
        YamlPropertiesFactoryBean reader = new YamlPropertiesFactoryBean();
        reader.setResources(new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));
        Properties properties = reader.getObject();
        return properties.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new);
    }

    private void assertLogsInAndOutEverywhere(Server server) throws Exception {
        String phone = token(login(server, "lovelace"));
        String laptop = token(login(server, "lovelace"));
        assertThat(send(server, "GET", "/me", phone).body()).isEqualTo("hello ada");
        assertThat(send(server, "GET", "/me", "").statusCode()).isEqualTo(HttpURLConnection.HTTP_UNAUTHORIZED);
        assertThat(login(server, "byron").statusCode()).isEqualTo(HttpURLConnection.HTTP_UNAUTHORIZED);

        assertThat(send(server, "POST", "/logout-everywhere", phone).statusCode())
                .isEqualTo(HttpURLConnection.HTTP_OK);

        assertThat(send(server, "GET", "/me", laptop).statusCode()).isEqualTo(HttpURLConnection.HTTP_UNAUTHORIZED);
        assertThat(send(server, "GET", "/me", phone).statusCode()).isEqualTo(HttpURLConnection.HTTP_UNAUTHORIZED);
    }

    private HttpResponse<String> login(Server server, String password) throws Exception {
        return send(server, "POST", "/login?name=ada&password=" + password, "");
    }

    private static String token(HttpResponse<String> login) {
        assertThat(login.body()).contains("access_token");
        return login.body().replaceAll(".*\"access_token\":\"([^\"]*)\".*", "$1");
    }

    private HttpResponse<String> send(Server server, String method, String path, String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.address().resolve(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(60));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void table_ofSettings_hasEveryProperty() throws IOException {
        List<String> named = snippets(Pattern.compile("`([a-z.-]+)`"));
        List<String> properties = found(PROPERTY, metadata());

        assertThat(properties).hasSizeGreaterThan(40);
        assertThat(named).containsAll(properties);
    }

    private static String metadata() throws IOException {
        try (InputStream file = GatelineProperties.class
                .getClassLoader()
                .getResourceAsStream("META-INF/spring-configuration-metadata.json")) {
            String all = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return all.substring(all.indexOf("\"properties\": ["));
        }
    }

    private static List<String> snippets(Pattern pattern) throws IOException {
        return found(pattern, Files.readString(PAGE) + Files.readString(SETTINGS));
    }

    private static List<String> found(Pattern pattern, String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    /** Compiles a snippet; returns what the compiler says against it. */
    private String compile(String snippet) throws IOException {
        String name = snippet.replaceAll("(?s).*?\\b(?:class|@interface) (\\w+).*", "$1");
        Path file = Files.writeString(folder.resolve(name + ".java"), IMPORTS + snippet);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        List<String> options = Stream.of(
                        "-proc:none",
                        "-parameters",
                        "-d",
                        folder.toString(),
                        "-cp",
                        System.getProperty("java.class.path"))
                .toList();
        boolean ok = compiler.getTask(
                        said,
                        null,
                        null,
                        options,
                        null,
                        compiler.getStandardFileManager(null, null, null).getJavaFileObjects(file))
                .call();
        return ok ? "" : "does not compile: " + said;
    }
}
