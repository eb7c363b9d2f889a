package dev.gateline.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Rejection;
import dev.gateline.http.BearerCarrier;
import dev.gateline.http.Exchange;
import dev.gateline.http.HttpAuth;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The code in the README and in Javadoc compiles, the README's programs print what it says, and tables name real tests.
 */
@Tag("slow")
class DocumentationTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern README_JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern COMMENT = Pattern.compile("^ *(\\*|/\\*|//)");
    private static final Pattern DONE = Pattern.compile(". \\| (met|offered|in part) \\|");
    private static final Pattern NAMED_TEST = Pattern.compile("`([A-Z]\\w+\\.[a-z]\\w+)`");
    private static final Pattern JAVADOC_JAVA = Pattern.compile("<pre>\\{@code\n(.*?)\\}</pre>", Pattern.DOTALL);

    private static final Map<String, Path> SOURCES = sourcesByName();

    /** The requirements of chapters V7 and V9 of ASVS 5.0. */
    private static final String WHOLE =
            "7.1.1 7.1.2 7.1.3 7.2.1 7.2.2 7.2.3 7.2.4 7.3.1 7.3.2 7.4.1 7.4.2 7.4.3 7.4.4 7.4.5"
                    + " 7.5.1 7.5.2 7.5.3 7.6.1 7.6.2 9.1.1 9.1.2 9.1.3 9.2.1 9.2.2 9.2.3 9.2.4";

    /** The imports and variables that the fragments may use. */
    private static final String SURROUNDINGS = """
            import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
            import com.sun.net.httpserver.*;
            import dev.gateline.*;
            import dev.gateline.Authenticator;
            import dev.gateline.http.*;
            import dev.gateline.grpc.*;
            import dev.gateline.jaxrs.*;
            import dev.gateline.jdbc.*;
            import dev.gateline.jdkhttp.*;
            import dev.gateline.jwt.*;
            import dev.gateline.kit.*;
            import dev.gateline.micrometer.*;
            import dev.gateline.near.*;
            import dev.gateline.redis.*;
            import dev.gateline.servlet.*;
            import dev.gateline.session.*;
            import dev.gateline.store.ShardedStorage;
            import dev.gateline.store.SharedStorage;
            import dev.gateline.store.Storage;
            import dev.gateline.throttle.StoredLoginThrottle;
            import io.micrometer.core.instrument.MeterRegistry;
            import io.micrometer.core.instrument.Tags;
            import io.micrometer.observation.ObservationRegistry;
            import dev.gateline.vertx.*;
            import io.grpc.BindableService;
            import io.grpc.Server;
            import io.grpc.ServerBuilder;
            import io.grpc.ServerInterceptors;
            import io.javalin.Javalin;
            import io.javalin.http.ExceptionHandler;
            import io.javalin.http.Handler;
            import io.javalin.security.RouteRole;
            import io.vertx.core.Vertx;
            import io.vertx.ext.auth.authorization.RoleBasedAuthorization;
            import io.vertx.ext.web.Router;
            import io.vertx.ext.web.handler.AuthorizationHandler;
            import java.net.URI;
            import java.nio.file.Path;
            import jakarta.annotation.security.*;
            import jakarta.servlet.*;
            import jakarta.servlet.http.*;
            import jakarta.ws.rs.*;
            import jakarta.ws.rs.core.*;
            import jakarta.ws.rs.ext.Provider;
            import java.time.Duration;
            import java.util.EnumSet;
            import java.util.List;
            import java.util.Map;
            import java.util.Optional;
            import java.util.concurrent.*;
            import java.util.stream.Stream;
            import javax.crypto.SecretKey;
            import javax.sql.DataSource;
            import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

            abstract class Fragment {
                Authenticator gate;
                HttpAuth auth;
                Storage storage;
                Identity identity;
                Identity visitor;
                Issued issued;
                HttpAuth visit;
                Exchange exchange;
                MeterRegistry registry;
                NearStorage north;
                NearStorage south;
                ObservationRegistry observations;
                HttpServer server;
                ServletContext context;
                HttpServletRequest request;
                BindableService gates;
                BindableService news;
                String refreshToken;
                Vertx vertx;
                Router router;
                DataSource dataSource;
                SecretKey throttleKey;
                String compromisedKeyId;
                String tenant;
                String clientId;
                String appClientId;
                String pool;
                String projectId;
                Credential secret;
                JwtAuthenticator own;
                JwtVerifier staff;
                JwtVerifier customers;
                IntrospectionVerifier partners;
                List<OpenStream> streams;

                interface OpenStream {
                    Identity identity();

                    void close();
                }

                abstract void send(HttpExchange exchange, String text) throws java.io.IOException;

                abstract String checkedUser(HttpExchange exchange);

                abstract String typedName(HttpExchange exchange);

                abstract String clientAddress(HttpExchange exchange);

                abstract boolean isPasswordRight(HttpExchange exchange);

                void fragment(%s) throws Exception {
                    %s
                }
            }
            """;

    @TempDir
    Path folder;

    @Test
    void readme_programs_printWhatItSays() throws Exception {
        List<String> programs = snippets(README_JAVA, read("README.md")).stream()
                .filter(code -> code.contains("class Park"))
                .toList();

        assertThat(programs).hasSize(2);
        assertThat(run(programs.get(0))).containsExactly("hello ada", "no: UNKNOWN");
        assertThat(run(programs.get(1))).containsExactly("hello ada", "no: REVOKED");
    }

    @Test
    void readme_programs_differInTheWiringOnly() throws IOException {
        List<List<String>> afterTheWiring = snippets(README_JAVA, read("README.md")).stream()
                .filter(code -> code.contains("class Park"))
                .map(code -> code.substring(code.indexOf("Grant grant")))
                .map(code -> code.lines().toList())
                .toList();

        assertThat(afterTheWiring.get(0)).hasSizeGreaterThan(6).isEqualTo(afterTheWiring.get(1));
    }

    @Test
    void pages_fragments_compile() throws IOException {
        List<String> fragments = new ArrayList<>();
        for (Path page : pages()) {
            snippets(README_JAVA, Files.readString(page)).stream()
                    .filter(code -> !code.contains("class Park"))
                    .forEach(fragments::add);
        }

        assertThat(fragments).hasSizeGreaterThan(10);
        assertThat(compile(fragments.stream().map(DocumentationTest::around).toList()))
                .isEmpty();
    }

    /** Two of the types that fragments use are named Path. */
    private static String around(String fragment) {
        String surroundings = fragment.contains("@Path(")
                ? SURROUNDINGS.replace("import java.nio.file.Path;", "import jakarta.ws.rs.Path;")
                : SURROUNDINGS;
        return surroundings.formatted("", fragment);
    }

    @Test
    void javadoc_fragments_compile() throws IOException {
        List<String> fragments = new ArrayList<>();
        for (Path source : sources()) {
            fragments.addAll(snippets(JAVADOC_JAVA, Files.readString(source)).stream()
                    .map(code -> code.replaceAll("(?m)^ *\\* ?", ""))
                    .toList());
        }

        assertThat(fragments).hasSizeGreaterThanOrEqualTo(2);
        assertThat(compile(fragments.stream()
                        .map(fragment -> SURROUNDINGS.formatted("HttpAuth auth", fragment))
                        .toList()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/threats", "docs/standards.md", "docs/operations"})
    void tables_testsThatTheyName_exist(String tables) throws IOException {
        String text = texts(ROOT.resolve(tables));
        List<String> named = snippets(NAMED_TEST, text);

        assertThat(named).isNotEmpty();
        for (String test : named) {
            String[] parts = test.split("\\.", 2);
            assertThat(source(parts[0])).as(test).contains(" " + parts[1] + "(");
        }
    }

    /** Each attack names its tests; a botnet with one guess for each account is the only one that is left to hosts. */
    @Test
    void threats_rows_nameATest() throws IOException {
        List<String> rows = texts(ROOT.resolve("docs/threats"))
                .lines()
                .filter(line -> line.startsWith("| ") && !line.contains("| ---") && !line.endsWith("| held by |"))
                .toList();

        assertThat(rows).hasSizeGreaterThan(200);
        assertThat(rows)
                .filteredOn(row -> !row.contains("Test") && !row.contains("Contract") && !row.contains("Cases"))
                .hasSize(1);
    }

    @Test
    void standards_rowsOfWhatGatelineDoes_nameATest() throws IOException {
        List<String> rows = read("docs/standards.md")
                .lines()
                .filter(line -> DONE.matcher(line).find())
                .toList();

        assertThat(rows).hasSizeGreaterThan(60);
        assertThat(rows).allMatch(row -> NAMED_TEST.matcher(row).find());
    }

    @Test
    void standards_chaptersThatAreWhole_haveEveryRow() throws IOException {
        String standards = read("docs/standards.md");

        for (String row : WHOLE.split(" ", -1)) {
            assertThat(standards).as(row).contains("\n| " + row + " |");
        }
    }

    /** The page of errors has each rejection, with the status that clients get. */
    @Test
    void errors_rejections_haveTheirStatus() throws IOException {
        String errors = read("docs/errors.md");
        HttpAuth auth = HttpAuth.builder()
                .lane(
                        BearerCarrier.create(),
                        SessionAuthenticator.builder(Storage.inMemory(1)).build())
                .build();

        for (Rejection rejection : Rejection.values()) {
            int status = auth.refuse(rejection, new Nothing()).status();
            assertThat(errors).contains("\n| `" + rejection + "` | " + status + " | ");
        }
    }

    /** A request without anything. */
    private static final class Nothing implements Exchange {
        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String path() {
            return "/";
        }

        @Override
        public List<String> headers(String name) {
            return List.of();
        }

        @Override
        public void addHeader(String name, String value) {}
    }

    @Test
    void comments_lines_haveAtMost120Columns() throws IOException {
        for (Path source : sources()) {
            assertThat(Files.readAllLines(source))
                    .as(source.toString())
                    .noneMatch(line -> COMMENT.matcher(line).find() && line.length() > 120);
        }
    }

    private static String source(String name) throws IOException {
        Path file = SOURCES.get(name + ".java");
        if (file == null) {
            throw new AssertionError("no " + name);
        }
        return Files.readString(file);
    }

    /** All source files of the repository by their names. */
    private static Map<String, Path> sourcesByName() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString(), Function.identity(), (one, other) -> one));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(String file) throws IOException {
        return Files.readString(ROOT.resolve(file));
    }

    /** The text of a page, or of all pages in a folder. */
    private static String texts(Path place) throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }

    private static List<Path> pages() throws IOException {
        Stream<Path> single = Stream.of(
                        "README.md",
                        "docs/resource-server.md",
                        "docs/providers.md",
                        "docs/migrating-from-spring-resource-server.md")
                .map(ROOT::resolve);
        try (Stream<Path> guide = Files.list(ROOT.resolve("docs/guide"))) {
            return Stream.concat(
                            single,
                            guide.filter(DocumentationTest::isCompiledHere).sorted())
                    .toList();
        }
    }

    /** Pages for Spring, Helidon and Micronaut are compiled where these are, by tests of their own. */
    private static boolean isCompiledHere(Path page) {
        return !page.getFileName().toString().matches("(spring-(boot|security)|helidon|micronaut)\\.md");
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("src/main/java"))
                    .toList();
        }
    }

    private static List<String> snippets(Pattern pattern, String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    /** Compiles fragments together, each in a package of its own. Returns the complaints of the compiler. */
    private String compile(List<String> fragments) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String fragment : fragments) {
            String name = "fragment" + files.size();
            Path place = Files.createDirectory(folder.resolve(name));
            files.add(Files.writeString(place.resolve("Fragment.java"), "package " + name + "; " + fragment));
        }
        return compile(files.toArray(Path[]::new));
    }

    private String compile(Path... files) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        List<String> options =
                List.of("-proc:none", "-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
        boolean ok = compiler.getTask(
                        said,
                        null,
                        null,
                        options,
                        null,
                        compiler.getStandardFileManager(null, null, null).getJavaFileObjects(files))
                .call();
        return ok ? "" : "does not compile: " + said;
    }

    /** Compiles and runs a program; returns the lines that it prints. */
    private List<String> run(String program) throws Exception {
        assertThat(compile(Files.writeString(folder.resolve("Park.java"), program)))
                .isEmpty();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream console = System.out;
        URL[] here = {folder.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(here, getClass().getClassLoader());
                PrintStream capture = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(capture);
            loader.loadClass("Park").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(console);
        }
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
