package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gateline.AuthEvent;
import dev.gateline.AuthUnavailableException;
import dev.gateline.kit.MutableClock;
import dev.gateline.kit.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How keys are reached: by which address and client, and what is told if they are not. */
class RemoteKeysReachTest {
    private static final String OAUTH = "/.well-known/oauth-authorization-server";
    private static final String OPENID = "/.well-known/openid-configuration";

    private final MutableClock clock = new MutableClock();
    private final Map<String, String> pages = new ConcurrentHashMap<>();
    private final List<AuthEvent> events = new CopyOnWriteArrayList<>();
    private final KeyRing ring = KeyRing.generate(Algorithm.ES256);
    private final String keyId = ring.active().verification().id();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private String root;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        root = "http://localhost:" + server.getAddress().getPort();
        pages.put("/jwks", ring.jwks());
    }

    private void answer(HttpExchange exchange) throws IOException {
        String page = pages.get(exchange.getRequestURI().getPath());
        byte[] bytes = String.valueOf(page).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(page == null ? 404 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private RemoteKeysBuilder wired(RemoteKeysBuilder builder) {
        return builder.insecureHttpForLocalDevelopment()
                .clock(clock)
                .listener(events::add)
                .executor(Runnable::run);
    }

    private String failureOf(RemoteKeysBuilder builder) {
        List<String> message = new ArrayList<>();
        try (RemoteKeys keys = wired(builder).build()) {
            assertThatThrownBy(() -> keys.find(keyId))
                    .isInstanceOf(AuthUnavailableException.class)
                    .satisfies(e -> message.add(e.getMessage()));
            assertThat(events).as("the event says the same").hasSize(1);
            assertThatThrownBy(() -> keys.find(keyId))
                    .as("so does the next caller, who may not try")
                    .hasMessageContaining("the last try was just now: ")
                    .hasMessageContaining(
                            message.get(0).substring(message.get(0).indexOf("): ") + 3));
        }
        return message.get(0);
    }

    private static String metadata(String issuer, String jwks) {
        return "{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + jwks + "\"}";
    }

    @Test
    void find_firstFetchFails_isNotCalledTooOld() {
        assertThat(failureOf(RemoteKeys.jwks(URI.create(root + "/none"))))
                .contains("none were fetched yet", root + "/none answered 404")
                .doesNotContain("too old");
    }

    @Test
    void find_setTooOld_isCalledThat() {
        RemoteKeys keys = wired(RemoteKeys.jwks(URI.create(root + "/jwks"))).build();
        keys.find(keyId);
        pages.clear();
        clock.advance(Duration.ofHours(2));

        assertThatThrownBy(() -> keys.find(keyId)).hasMessageContaining("the last good set is too old");
    }

    @Test
    void issuer_metadataOfAnotherIssuer_tellsWhichWasFoundAndWanted() {
        pages.put("/tenant" + OPENID, metadata("https://login.example/tenant", root + "/jwks"));

        assertThat(failureOf(RemoteKeys.issuer(root + "/tenant")))
                .contains("no metadata of the issuer " + root + "/tenant: ")
                .contains(root + OAUTH + "/tenant answered 404")
                .contains(root + "/tenant" + OPENID + " names the issuer https://login.example/tenant;");
    }

    @ParameterizedTest
    @CsvSource({"/tenant, /tenant/", "/tenant/, /tenant"})
    void issuer_metadataDiffersByASlash_tellsThat(String wired, String found) {
        pages.put("/tenant" + OPENID, metadata(root + found, root + "/jwks"));

        assertThat(failureOf(RemoteKeys.issuer(root + wired)))
                .contains("names the issuer " + root + found + ", which differs by the slash at its end");
    }

    @Test
    void issuer_metadataIsNone_tellsWhy() {
        pages.put(OAUTH, "<html>");
        pages.put(OPENID, "{\"issuer\":\"" + root + "\"}");

        assertThat(failureOf(RemoteKeys.issuer(root)))
                .contains(root + OAUTH + " is no JSON object; " + root + OPENID + " names no jwks_uri");
    }

    @Test
    void find_nobodyListens_tellsThat() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        assertThat(failureOf(RemoteKeys.jwks(URI.create("http://localhost:" + free + "/jwks"))))
                .contains("could not be reached: no connection");
    }

    private static void answerPlainly(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                client.getInputStream().read(new byte[16_384]);
                client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // The next connection tells, or the test has ended.
            }
        }
    }

    /** Java's client sometimes misses that its handshake has failed and waits for its timeout; hence the repetition. */
    @Test
    void find_serverSpeaksNoTls_tellsThat() throws IOException {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            threads.execute(() -> answerPlainly(plain));
            URI jwks = URI.create("https://localhost:" + plain.getLocalPort() + "/jwks");

            Patience.await("reached", () -> {
                String failure = failureOf(RemoteKeys.jwks(jwks).timeout(Duration.ofSeconds(2)));
                return failure.contains("could not be reached by TLS: ") && failure.contains("httpClient");
            });
        }
    }

    @Test
    void build_httpToAnotherHost_isRefusedNamingWhatLetsIt() {
        URI keycloak = URI.create("http://keycloak:8080/realms/park/protocol/openid-connect/certs");
        RemoteKeysBuilder builder = RemoteKeys.jwks(keycloak).insecureHttpForLocalDevelopment();

        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessageContaining("was " + keycloak)
                .withMessageContaining("insecureHttpFromHostInATrustedNetwork");
        assertThat(builder.insecureHttpFromHostInATrustedNetwork("keycloak").build())
                .isNotNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RemoteKeys.jwks(keycloak)
                        .insecureHttpFromHostInATrustedNetwork("keycloak2")
                        .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"keycloak:8080", "http://keycloak", "keycloak/x", "ada@keycloak", ""})
    void insecureHttp_notOnlyAHost_isRefused(String host) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> RemoteKeys.issuer("https://park.example").insecureHttpFromHostInATrustedNetwork(host));
    }

    @Test
    void issuer_reachedByItsNameInside_isCheckedAllTheSame() {
        String outside = "https://auth.park.example/realms/park";
        pages.put("/inside", metadata(outside, outside + "/certs"));
        RemoteKeysBuilder builder = RemoteKeys.issuer(outside)
                .metadataFrom(URI.create(root + "/inside"))
                .jwksFrom(URI.create(root + "/jwks"));
        assertThat(wired(builder).build().find(keyId)).isPresent();

        pages.put("/inside", metadata("https://other.example", outside + "/certs"));
        assertThat(failureOf(builder)).contains("names the issuer https://other.example");
    }

    @Test
    void issuer_metadataInsideNamesKeysInside_areTaken() {
        String outside = "https://auth.park.example/realms/park";
        pages.put("/inside", metadata(outside, root + "/jwks"));

        assertThat(wired(RemoteKeys.issuer(outside).metadataFrom(URI.create(root + "/inside")))
                        .build()
                        .find(keyId))
                .isPresent();
    }

    @Test
    void build_addressesOfAnIssuerForAnAddressOfKeys_areRefused() {
        URI jwks = URI.create("https://park.example/jwks");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RemoteKeys.jwks(jwks).metadataFrom(jwks).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RemoteKeys.jwks(jwks).jwksFrom(jwks).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RemoteKeys.issuer("https://park.example")
                        .jwksFrom(URI.create("http://inside.example/jwks"))
                        .build());
    }

    private static Set<String> selectors() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.endsWith("SelectorManager"))
                .collect(Collectors.toSet());
    }

    @Test
    void fetch_manyTimes_isDoneByOneClient() {
        Set<String> before = selectors();
        Set<String> seen = new HashSet<>();
        try (RemoteKeys keys =
                wired(RemoteKeys.jwks(URI.create(root + "/jwks"))).build()) {
            for (int i = 0; i < 10; i++) {
                assertThat(keys.find(keyId)).isPresent();
                seen.addAll(selectors());
                clock.advance(Duration.ofMinutes(5));
            }
        }
        seen.removeAll(before);
        assertThat(seen).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void httpClient_ofTheHost_isUsedAndNotClosed() {
        AtomicInteger used = new AtomicInteger();
        HttpClient client = HttpClient.newBuilder()
                .executor(task -> {
                    used.incrementAndGet();
                    threads.execute(task);
                })
                .build();
        for (int i = 1; i <= 2; i++) {
            int before = used.get();
            try (RemoteKeys keys = wired(RemoteKeys.jwks(URI.create(root + "/jwks")))
                    .httpClient(client)
                    .build()) {
                assertThat(keys.find(keyId)).isPresent();
            }
            assertThat(used.get()).isGreaterThan(before);
        }
    }

    @Test
    void httpClient_thatFollowsRedirects_isRefused() {
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RemoteKeys.issuer("https://park.example")
                        .httpClient(client)
                        .build())
                .withMessageContaining("redirects");
    }

    @Test
    void find_closed_isAnOutage() {
        RemoteKeys keys = wired(RemoteKeys.jwks(URI.create(root + "/jwks"))).build();
        keys.find(keyId);
        keys.close();
        keys.close();

        assertThatThrownBy(() -> keys.find(keyId))
                .isInstanceOf(AuthUnavailableException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void find_manyWithAnUnknownKeyDuringAFetch_someWaitAndTheOthersAreToldAtOnce() throws Exception {
        List<Runnable> fetches = new CopyOnWriteArrayList<>();
        RemoteKeys keys = wired(RemoteKeys.jwks(URI.create(root + "/jwks")))
                .timeout(Duration.ofMinutes(1))
                .executor(fetch -> {
                    if (fetches.isEmpty()) {
                        fetch.run();
                    }
                    fetches.add(fetch);
                })
                .build();
        keys.find(keyId);
        clock.advance(Duration.ofSeconds(30));
        List<Thread> waiting = new ArrayList<>();
        List<Boolean> found = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 32; i++) {
            Thread caller = new Thread(() -> found.add(keys.find("unknown").isPresent()));
            waiting.add(caller);
            caller.start();
        }
        Patience.await(
                "all wait", () -> waiting.stream().allMatch(caller -> caller.getState() == Thread.State.TIMED_WAITING));

        assertThatThrownBy(() -> keys.find("unknown"))
                .isInstanceOf(AuthUnavailableException.class)
                .hasMessageContaining("32 callers wait");
        assertThat(keys.find(keyId)).as("a known key").isPresent();

        fetches.get(1).run();
        for (Thread caller : waiting) {
            caller.join(20_000);
        }
        assertThat(found).hasSize(32).doesNotContain(true);
        assertThat(keys.find("unknown")).as("nobody waits now").isEmpty();
    }
}
