package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gateline.AuthEvent;
import dev.gateline.AuthUnavailableException;
import dev.gateline.Login;
import dev.gateline.kit.MutableClock;
import dev.gateline.kit.Patience;
import dev.gateline.store.Storage;
import io.jsonwebtoken.security.Jwks;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class RemoteKeysTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    private final MutableClock clock = new MutableClock();
    private final AtomicInteger requests = new AtomicInteger();
    private final Map<String, Handler> pages = new ConcurrentHashMap<>();
    private final List<AuthEvent> events = new CopyOnWriteArrayList<>();
    private final KeyRing ring = KeyRing.generate(Algorithm.ES256);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private String root;

    private interface Handler {
        void handle(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            pages.getOrDefault(exchange.getRequestURI().getPath(), status(404)).handle(exchange);
            exchange.close();
        });
        server.start();
        root = "http://localhost:" + server.getAddress().getPort();
        serve(ring.jwks());
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(String jwks) {
        pages.put("/jwks", text(jwks));
    }

    private static Handler text(String body) {
        return exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    private static Handler status(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    /** Fetches on the caller's thread, so that what follows sees the result. */
    private RemoteKeysBuilder builder() {
        return wired(RemoteKeys.jwks(URI.create(root + "/jwks"))).executor(Runnable::run);
    }

    private RemoteKeysBuilder wired(RemoteKeysBuilder builder) {
        return builder.insecureHttpForLocalDevelopment().clock(clock).listener(events::add);
    }

    private String active() {
        return ring.active().verification().id();
    }

    @Test
    void find_manyUnknownKeysOneAfterTheOther_neverCountAsWaiting() {
        RemoteKeys keys = builder().build();
        keys.find(active());

        for (int i = 0; i < 2 * RemoteKeys.MOST_WAITING; i++) {
            clock.advance(Duration.ofMinutes(1));
            assertThat(keys.find("unknown" + i)).isEmpty();
        }
    }

    @Test
    void find_firstUse_fetchesAndFinds() {
        RemoteKeys keys = builder().build();
        assertThat(requests).hasValue(0);

        assertThat(keys.find(active())).isPresent();
        assertThat(keys.find(active())).contains(ring.active().verification());

        assertThat(requests).hasValue(1);
    }

    @Test
    void verifier_tokensBeforeAndAfterARotation_areAccepted() {
        JwtAuthenticator issuer = JwtAuthenticator.builder(Storage.inMemory(10), ring)
                .issuer("https://park.example")
                .audience("park-api")
                .absoluteTimeout(Duration.ofHours(1))
                .clock(clock)
                .build();
        JwtVerifier verifier = JwtVerifier.builder(builder().build())
                .issuer("https://park.example")
                .audience("park-api")
                .tokensLiveUntilTheyExpire()
                .clock(clock)
                .build();
        var before = issuer.login(Login.of("ada")).access();
        assertThat(verifier.authenticate(before).toOptional()).isPresent();
        ring.rotateNow();
        serve(ring.jwks());
        var after = issuer.login(Login.of("ada")).access();
        clock.advance(Duration.ofSeconds(30));

        assertThat(verifier.authenticate(after).toOptional()).isPresent();
        assertThat(verifier.authenticate(before).toOptional()).isPresent();
    }

    /** The key may be new. A client must not throw its token away because the issuer could not be asked. */
    @Test
    void find_unknownKeySoonAfterAFetchThatFailed_isAnOutage() {
        RemoteKeys keys = builder().build();
        keys.find(active());
        clock.advance(Duration.ofSeconds(30));
        ring.rotateNow();
        pages.put("/jwks", status(500));

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> keys.find(active()))
                    .isInstanceOf(AuthUnavailableException.class)
                    .hasMessageContaining("500");
        }
        assertThat(requests).hasValue(2);

        serve(ring.jwks());
        clock.advance(Duration.ofSeconds(30));
        assertThat(keys.find(active())).isPresent();
        assertThat(keys.find("unknown")).isEmpty();
        assertThat(requests).hasValue(3);
    }

    @Test
    void find_unknownKeySoonAfterAFetchThatFailedWithoutAWord_isAnOutage() {
        AtomicBoolean full = new AtomicBoolean();
        RemoteKeys keys = builder()
                .executor(task -> {
                    if (full.get()) {
                        throw new RejectedExecutionException("");
                    }
                    task.run();
                })
                .build();
        keys.find(active());
        clock.advance(Duration.ofSeconds(30));
        full.set(true);

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> keys.find("new"))
                    .isInstanceOf(AuthUnavailableException.class)
                    .hasMessageContaining("RejectedExecutionException");
        }
    }

    @Test
    void find_10000UnknownKeys_fetchOnceAnInterval() {
        RemoteKeys keys = builder().build();
        keys.find(active());

        for (int i = 0; i < 10_000; i++) {
            keys.find("unknown-" + i);
        }
        assertThat(requests).as("the first fetch was just now").hasValue(1);

        clock.advance(Duration.ofSeconds(30).minusMillis(1));
        keys.find("unknown");
        assertThat(requests).hasValue(1);
        clock.advance(Duration.ofMillis(1));
        for (int i = 0; i < 10_000; i++) {
            keys.find("unknown-" + i);
        }
        assertThat(requests).hasValue(2);
        assertThat(keys.find(active())).isPresent();
    }

    @Test
    void find_64ThreadsAtFirstUse_shareOneFetch() throws Exception {
        RemoteKeys keys = wired(RemoteKeys.jwks(URI.create(root + "/jwks"))).build();
        CyclicBarrier start = new CyclicBarrier(64);
        List<Future<Boolean>> found = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            found.add(threads.submit(() -> {
                start.await(20, TimeUnit.SECONDS);
                return keys.find(active()).isPresent();
            }));
        }

        for (Future<Boolean> each : found) {
            assertThat(each.get(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(requests).hasValue(1);
    }

    /** The executor holds the third fetch back, as an issuer does that drops what it gets. */
    @Test
    void find_issuerHangsAfterAFailure_goodOldSetIsNotWaitedFor() throws Exception {
        List<Runnable> fetches = new ArrayList<>();
        RemoteKeys keys = builder()
                .timeout(Duration.ofMinutes(1))
                .executor(fetch -> {
                    fetches.add(fetch);
                    if (fetches.size() < 3) {
                        fetch.run();
                    }
                })
                .build();
        keys.find(active());
        clock.advance(Duration.ofMinutes(6));
        pages.put("/jwks", status(500));
        assertThat(keys.find(active())).isPresent();
        clock.advance(Duration.ofMinutes(1));

        for (int i = 0; i < 2; i++) {
            Future<Boolean> found = threads.submit(() -> keys.find(active()).isPresent());
            Patience.await("an answer before the timeout", found::isDone);
            assertThat(found.get()).isTrue();
        }
        assertThat(fetches).hasSize(3);
        serve(ring.jwks());
        fetches.get(2).run();
        clock.advance(Duration.ofSeconds(1));
        assertThat(keys.findInMemory(active())).isPresent();
    }

    @Test
    void find_issuerHangsAndNoSetIsGood_fewWaitAndTheOthersAreTold() throws Exception {
        AtomicInteger fetches = new AtomicInteger();
        RemoteKeys keys = builder()
                .timeout(Duration.ofMinutes(1))
                .executor(fetch -> {
                    if (fetches.incrementAndGet() == 1) {
                        fetch.run();
                    }
                })
                .build();
        pages.put("/jwks", status(500));
        assertThatExceptionOfType(AuthUnavailableException.class).isThrownBy(() -> keys.find(active()));
        clock.advance(Duration.ofMinutes(1));
        List<Thread> waiting = Stream.generate(() -> new Thread(() -> keys.find("any")))
                .limit(RemoteKeys.MOST_WAITING)
                .toList();
        waiting.forEach(thread -> {
            thread.setUncaughtExceptionHandler((any, interrupted) -> {});
            thread.start();
        });
        waiting.forEach(thread -> Patience.await("waits", () -> thread.getState() == Thread.State.TIMED_WAITING));

        assertThatExceptionOfType(AuthUnavailableException.class)
                .isThrownBy(() -> keys.find(active()))
                .withMessageContaining("32 callers wait");
        for (Thread thread : waiting) {
            thread.interrupt();
            thread.join();
        }
    }

    @Test
    void close_duringTheMetadata_asksForNothingMore() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        pages.put("/.well-known/oauth-authorization-server", exchange -> {
            asked.countDown();
            try {
                answered.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            text("{\"issuer\":\"" + root + "\",\"jwks_uri\":\"" + root + "/jwks\"}")
                    .handle(exchange);
        });
        RemoteKeys keys = wired(RemoteKeys.issuer(root)).executor(threads).build();
        Future<?> finding = threads.submit(() -> keys.find(active()));
        asked.await();
        Future<?> closing = threads.submit(keys::close);
        Patience.await("closed", () -> isClosed(keys));
        answered.countDown();
        closing.get();

        assertThatExceptionOfType(ExecutionException.class).isThrownBy(finding::get);
        assertThat(requests).hasValue(1);
    }

    private static boolean isClosed(RemoteKeys keys) {
        try {
            keys.find("any");
            return false;
        } catch (AuthUnavailableException e) {
            return String.valueOf(e.getMessage()).contains("closed");
        }
    }

    @Test
    void find_newKeyWhileItIsFetched_waitsForTheSameFetch() throws Exception {
        List<Runnable> waiting = new CopyOnWriteArrayList<>();
        RemoteKeys keys = builder()
                .executor(fetch -> {
                    if (requests.get() == 0) {
                        fetch.run();
                    } else {
                        waiting.add(fetch);
                    }
                })
                .build();
        keys.find(active());
        ring.rotateNow();
        serve(ring.jwks());
        clock.advance(Duration.ofSeconds(30));
        List<Boolean> found = new CopyOnWriteArrayList<>();
        List<Thread> callers = new ArrayList<>();

        for (int i = 0; i < 4; i++) {
            Thread caller = new Thread(() -> found.add(keys.find(active()).isPresent()));
            callers.add(caller);
            caller.start();
            Patience.await(
                    "the caller waits", () -> caller.getState() == Thread.State.TIMED_WAITING || !caller.isAlive());
        }
        assertThat(waiting).hasSize(1);
        waiting.get(0).run();
        for (Thread caller : callers) {
            caller.join(20_000);
        }

        assertThat(found).containsExactly(true, true, true, true);
        assertThat(requests).hasValue(2);
    }

    @Test
    void find_setGettingOld_isFetchedAheadWithoutWaiting() throws Exception {
        List<Runnable> waiting = new CopyOnWriteArrayList<>();
        RemoteKeys keys = builder()
                .executor(fetch -> {
                    if (requests.get() == 0) {
                        fetch.run();
                    } else {
                        waiting.add(fetch);
                    }
                })
                .build();
        keys.find(active());
        clock.advance(Duration.ofSeconds(225).minusMillis(1));
        keys.find(active());
        assertThat(waiting).isEmpty();

        clock.advance(Duration.ofMillis(1));
        assertThat(keys.find(active())).isPresent();
        assertThat(keys.find(active())).isPresent();

        assertThat(waiting).as("one fetch, and nobody waits for it").hasSize(1);
        assertThat(requests).hasValue(1);
        waiting.get(0).run();
        assertThat(requests).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>maintenance</html>",
                "{}",
                "[]",
                "{\"keys\":{}}",
                "{\"keys\":[],\"keys\":[]}",
                "{\"keys\":[]} "
            })
    void find_fetchedSetIsNone_theLastGoodOneStays(String body) {
        boolean emptySet = body.equals("{\"keys\":[]} ");
        RemoteKeys keys = builder().build();
        keys.find(active());
        serve(body);
        clock.advance(Duration.ofMinutes(5));
        keys.find(active());

        assertThat(keys.find(active()).isPresent()).isEqualTo(!emptySet);
        assertThat(events.isEmpty()).isEqualTo(emptySet);
    }

    @Test
    void find_twoKeysOfOneName_neitherIsTakenAndTheOthersAre() {
        String rsa = SigningKey.generate(Algorithm.RS256).verification().jwk();
        String id = rsa.replaceAll(".*\"kid\":\"([^\"]*)\".*", "$1");
        String key = ring.jwks().substring("{\"keys\":[".length(), ring.jwks().length() - 2);
        serve("{\"keys\":[" + key + "," + key + "," + rsa + "," + rsa.replace("RS256", "PS256") + "]}");
        RemoteKeys keys = builder().build();

        assertThat(keys.find(active())).as("the same key twice").isPresent();
        assertThat(keys.find(id)).isEmpty();
        assertThat(keys.find("")).isEmpty();
    }

    @Test
    void find_keyForOthersWithALongCertificate_doesNotSpoilTheSet() {
        String key = ring.jwks().substring("{\"keys\":[".length(), ring.jwks().length() - 2);
        serve("{\"keys\":[" + key + ",{\"kty\":\"RSA\",\"use\":\"enc\",\"x5c\":[\"" + "A".repeat(9_000) + "\"]}]}");

        assertThat(builder().build().find(active())).isPresent();
    }

    @Test
    void find_afterALongPause_waitsForTheNewSet() {
        RemoteKeys keys = builder().build();
        String stolen = active();
        keys.find(stolen);
        serve("{\"keys\":[]}");
        clock.advance(Duration.ofMinutes(64));

        assertThat(keys.find(stolen)).isEmpty();
    }

    @Test
    void findInMemory_setThatIsMissingOrDue_isEmptyAndFetchesNothing() {
        RemoteKeys keys = builder().build();
        assertThat(keys.findInMemory(active())).isEmpty();
        assertThat(requests).hasValue(0);

        keys.find(active());
        assertThat(keys.findInMemory(active())).contains(ring.active().verification());
        assertThat(keys.findInMemory("unknown")).isEmpty();
        clock.advance(Duration.ofMinutes(64));

        assertThat(keys.findInMemory(active())).isEmpty();
        assertThat(requests).hasValue(1);
        keys.close();
    }

    @Test
    void find_clockPutBack_isFetchedAgain() {
        RemoteKeys keys = builder().build();
        String stolen = active();
        keys.find(stolen);
        serve("{\"keys\":[]}");
        clock.advance(Duration.ofDays(-1));

        assertThat(keys.find(stolen)).isEmpty();
    }

    @Test
    void find_issuerAway_isServedStaleForABoundedTimeAndIsThenAnOutage() {
        RemoteKeys keys = builder().build();
        keys.find(active());
        pages.put("/jwks", status(500));

        clock.advance(Duration.ofMinutes(65).minusMillis(1));
        assertThat(keys.find(active())).isPresent();
        clock.advance(Duration.ofMillis(1));
        assertThatThrownBy(() -> keys.find(active())).isInstanceOf(AuthUnavailableException.class);

        serve(ring.jwks());
        clock.advance(Duration.ofSeconds(30));
        assertThat(keys.find(active())).isPresent();
    }

    @Test
    void find_neverFetched_isAnOutageAndTriedOnceAnInterval() {
        pages.put("/jwks", status(503));
        RemoteKeys keys = builder().build();

        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> keys.find(active())).isInstanceOf(AuthUnavailableException.class);
        }

        assertThat(requests).hasValue(1);
        assertThat(events).hasSize(1);
    }

    @Test
    void find_noThreadLeftToFetch_isAnOutageAndTriedAgain() {
        AtomicInteger tries = new AtomicInteger();
        RemoteKeys keys = builder()
                .executor(fetch -> {
                    if (tries.incrementAndGet() == 1) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    fetch.run();
                })
                .build();
        assertThatThrownBy(() -> keys.find(active())).isInstanceOf(AuthUnavailableException.class);
        assertThat(events.toString()).contains("native thread");

        clock.advance(Duration.ofSeconds(30));
        assertThat(keys.find(active())).isPresent();
    }

    @Test
    void find_issuerAwayAndSetOld_isTriedOnceAnInterval() {
        RemoteKeys keys = builder().build();
        keys.find(active());
        pages.put("/jwks", status(500));
        clock.advance(Duration.ofMinutes(5));

        for (int i = 0; i < 100; i++) {
            assertThat(keys.find(active())).isPresent();
        }
        assertThat(requests).hasValue(2);
    }

    @Test
    void find_fetchLongerThanTheInterval_isNotJoinedByAnother() {
        List<Runnable> waiting = new ArrayList<>();
        RemoteKeys keys = builder()
                .timeout(Duration.ofSeconds(1))
                .executor(fetch -> {
                    if (requests.get() == 0) {
                        fetch.run();
                    } else {
                        waiting.add(fetch);
                    }
                })
                .build();
        keys.find(active());
        clock.advance(Duration.ofMinutes(5));
        keys.find(active());
        clock.advance(Duration.ofSeconds(30));

        assertThat(keys.find(active())).isPresent();
        assertThat(waiting).hasSize(1);
    }

    @Test
    void find_spansOfTheHost_areHeld() {
        RemoteKeys keys = builder()
                .refreshEvery(Duration.ofMinutes(2))
                .unknownKeyInterval(Duration.ofSeconds(10))
                .staleFor(Duration.ofMinutes(1))
                .build();
        keys.find(active());
        clock.advance(Duration.ofSeconds(10).minusMillis(1));
        keys.find("unknown");
        assertThat(requests).hasValue(1);
        clock.advance(Duration.ofMillis(1));
        keys.find("unknown");
        assertThat(requests).hasValue(2);

        pages.put("/jwks", status(500));
        clock.advance(Duration.ofSeconds(90).minusMillis(1));
        keys.find(active());
        assertThat(requests).hasValue(2);
        clock.advance(Duration.ofMillis(1));
        keys.find(active());
        assertThat(requests).hasValue(3);
        clock.advance(Duration.ofSeconds(90).minusMillis(1));
        assertThat(keys.find(active())).isPresent();
        clock.advance(Duration.ofMillis(1));
        assertThatThrownBy(() -> keys.find(active())).isInstanceOf(AuthUnavailableException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void find_interrupted_isAnOutageAndTheThreadStaysInterrupted(boolean fetchesItself) {
        RemoteKeys keys =
                builder().executor(fetchesItself ? Runnable::run : fetch -> {}).build();

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> keys.find(active())).isInstanceOf(AuthUnavailableException.class);

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void find_fetchNeverEnds_waitsNoLongerThanTheTimeout() {
        RemoteKeys keys =
                builder().timeout(Duration.ofMillis(200)).executor(fetch -> {}).build();
        long start = System.nanoTime();

        assertThatThrownBy(() -> keys.find(active())).isInstanceOf(AuthUnavailableException.class);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(200), TEN_SECONDS);
    }

    @Test
    void find_byDefault_fetchesOnADaemonThread() {
        List<Boolean> daemons = new CopyOnWriteArrayList<>();
        pages.put("/jwks", exchange -> {
            Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("gateline-remote-keys"))
                    .forEach(thread -> daemons.add(thread.isDaemon()));
            text(ring.jwks()).handle(exchange);
        });

        assertThat(wired(RemoteKeys.jwks(URI.create(root + "/jwks"))).build().find(active()))
                .isPresent();
        assertThat(daemons).isNotEmpty().doesNotContain(false);
    }

    @Test
    void find_keyGoneFromTheSet_isGoneAtOnce() {
        RemoteKeys keys = builder().build();
        String old = active();
        keys.find(old);
        ring.remove(old);
        serve(ring.jwks());
        clock.advance(Duration.ofMinutes(5));
        keys.find(active());

        assertThat(keys.find(old)).isEmpty();
    }

    @Test
    void fetch_tooLarge_isCutOff() {
        pages.put("/jwks", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] megabyte = new byte[1024 * 1024];
            try (OutputStream body = exchange.getResponseBody()) {
                for (int i = 0; i < 100; i++) {
                    body.write(megabyte);
                }
            }
        });

        assertThatThrownBy(() -> builder().build().find(active())).isInstanceOf(AuthUnavailableException.class);
        assertThat(events.toString()).contains("bytes");
    }

    @Test
    void fetch_asLargeAsAllowed_isTakenAndAByteMoreIsNot() {
        String largest = ring.jwks() + " ".repeat(256 * 1024 - ring.jwks().length());
        serve(largest + " ");
        RemoteKeys keys = builder().build();
        assertThatThrownBy(() -> keys.find(active())).isInstanceOf(AuthUnavailableException.class);
        assertThat(events.toString()).contains("more than 262144 bytes");

        serve(largest);
        clock.advance(Duration.ofSeconds(30));
        assertThat(keys.find(active())).isPresent();
    }

    @Test
    void fetch_bodyWithoutEnd_isHungUpOn() throws Exception {
        CountDownLatch hungUp = new CountDownLatch(1);
        pages.put("/jwks", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            write(exchange, new byte[64 * 1024], 0, hungUp);
        });

        assertThatThrownBy(() -> builder().build().find(active())).isInstanceOf(AuthUnavailableException.class);
        assertThat(events.toString()).contains("more than 262144 bytes");
        assertThat(hungUp.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void fetch_drippingBody_endsAtTheTimeoutAndIsHungUpOn() throws Exception {
        CountDownLatch hungUp = new CountDownLatch(1);
        pages.put("/jwks", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            write(exchange, new byte[] {' '}, 20, hungUp);
        });
        RemoteKeys keys = builder().timeout(Duration.ofMillis(500)).build();
        long start = System.nanoTime();

        assertThatThrownBy(() -> keys.find(active())).isInstanceOf(AuthUnavailableException.class);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TEN_SECONDS);
        assertThat(events.toString()).contains("PT0.5S");
        assertThat(hungUp.await(10, TimeUnit.SECONDS)).isTrue();
    }

    /** Writes until the other side hangs up, for 20 s at most. */
    private static void write(HttpExchange exchange, byte[] part, long everyMillis, CountDownLatch hungUp) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        try {
            while (System.nanoTime() < deadline && !hungUp.await(everyMillis, TimeUnit.MILLISECONDS)) {
                exchange.getResponseBody().write(part);
                exchange.getResponseBody().flush();
            }
        } catch (IOException e) {
            hungUp.countDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 203, 206, 404, 500})
    void fetch_statusNot200_isAFailureWhateverTheBody(int status) {
        pages.put("/jwks", exchange -> {
            byte[] bytes = ring.jwks().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        });

        assertThatThrownBy(() -> builder().build().find(active())).isInstanceOf(AuthUnavailableException.class);
        assertThat(events.toString()).contains("answered " + status);
    }

    @Test
    void fetch_redirect_isNotFollowed() {
        pages.put("/jwks", exchange -> {
            exchange.getResponseHeaders().add("Location", root + "/elsewhere");
            exchange.sendResponseHeaders(302, -1);
        });
        pages.put("/elsewhere", text(ring.jwks()));

        assertThatThrownBy(() -> builder().build().find(active())).isInstanceOf(AuthUnavailableException.class);
        assertThat(requests).hasValue(1);
    }

    @Test
    void fetch_slowServer_endsAtTheTimeout() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        pages.put("/jwks", exchange -> {
            try {
                never.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        assertThatThrownBy(
                        () -> builder().timeout(Duration.ofMillis(200)).build().find(active()))
                .isInstanceOf(AuthUnavailableException.class);
        never.countDown();
    }

    @Test
    void set_mixedKeys_onlyUsableOnesAreTaken() {
        SigningKey rsa = SigningKey.generate(Algorithm.RS256);
        String es = member(ring.active());
        String usable = member(rsa);
        serve("{\"keys\":["
                + String.join(
                        ",",
                        es,
                        usable,
                        "{\"kty\":\"oct\",\"kid\":\"secret\",\"alg\":\"HS256\",\"k\":\"" + "A".repeat(43) + "\"}",
                        usable.replace("\"sig\"", "\"enc\"")
                                .replace(rsa.verification().id(), "for-encryption"),
                        usable.replace("\"RS256\"", "\"RSA-OAEP\"")
                                .replace(rsa.verification().id(), "oaep"),
                        usable.replace("\"RS256\"", "\"HS256\"")
                                .replace(rsa.verification().id(), "confused"),
                        "{\"kty\":\"EC\",\"crv\":\"secp256k1\",\"kid\":\"k1\",\"x\":\"AA\",\"y\":\"AA\"}",
                        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"off-curve\",\"x\":\"" + "A".repeat(43)
                                + "\",\"y\":\"" + "A".repeat(43) + "\"}",
                        "{\"kty\":\"new\",\"kid\":\"new\"}",
                        "{}")
                + "]}");
        RemoteKeys keys = builder().build();

        assertThat(keys.find(active())).isPresent();
        assertThat(keys.find(rsa.verification().id())).isPresent();
        for (String kid : List.of("secret", "for-encryption", "oaep", "confused", "k1", "off-curve", "new", "")) {
            assertThat(keys.find(kid)).as(kid).isEmpty();
        }
    }

    @Test
    void set_withoutAlgOrWithTheNameOfRfc9864_isTakenForTheCurves() {
        SigningKey ed = SigningKey.generate(Algorithm.EdDSA);
        SigningKey rsa = SigningKey.generate(Algorithm.RS256);
        serve("{\"keys\":[" + member(ed).replace("\"EdDSA\"", "\"Ed25519\"") + ","
                + member(rsa).replace("\"alg\":\"RS256\",", "").replace(",\"alg\":\"RS256\"", "") + "]}");
        RemoteKeys keys = builder().build();

        VerificationKey found = keys.find(ed.verification().id()).orElseThrow();
        assertThat(found.algorithm()).isEqualTo(Algorithm.EdDSA);
        assertThat(found.isFor("Ed25519") && found.isFor("EdDSA")).isTrue();
        assertThat(found.isFor("Ed448") || found.isFor("RS256") || found.isFor(""))
                .isFalse();
        assertThat(keys.find(rsa.verification().id()).orElseThrow().algorithm()).isEqualTo(Algorithm.RS256);
    }

    @Test
    void set_ofASingleKey_isForTokensWithoutAKeyIdToo() {
        RemoteKeys keys = builder().build();

        assertThat(keys.find("")).isEqualTo(keys.find(active())).isPresent();
    }

    @Test
    void set_twoKeysOneWithoutAName_noneIsForTokensWithoutAKeyId() {
        SigningKey other = SigningKey.generate(Algorithm.EdDSA);
        serve(setOf(member(ring.active()), without(member(other), "kid")));
        RemoteKeys keys = builder().build();

        assertThat(keys.find(active())).isPresent();
        assertThat(keys.find("")).isEmpty();
    }

    @Test
    void set_ofASingleKeyWithoutAName_isForTokensWithoutAKeyId() {
        serve(setOf(without(member(ring.active()), "kid")));

        assertThat(builder().build().find("")).isPresent();
    }

    @Test
    void set_nameNotATextOrTooLong_namesNoKey() {
        String key = without(member(ring.active()), "kid");
        String longest = "k".repeat(255);
        serve(setOf(with("\"kid\":5", key), with("\"kid\":\"" + longest + "k\"", key), named(ring.active(), longest)));
        RemoteKeys keys = builder().build();

        assertThat(keys.find(longest)).isPresent();
        assertThat(keys.find("5")).isEmpty();
        assertThat(keys.find(longest + "k")).isEmpty();
    }

    @Test
    void set_keysWithPrivateMembers_arePassedOver() {
        List<String> members = List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");
        List<String> set = new ArrayList<>(List.of(member(ring.active())));
        SigningKey rsa = SigningKey.generate(Algorithm.RS256);
        members.forEach(name -> set.add(with("\"" + name + "\":\"AQAB\"", named(rsa, "rsa-" + name))));
        members.forEach(name -> set.add(with("\"" + name + "\":\"AQAB\"", named(ring.active(), "ec-" + name))));
        serve(setOf(set));
        RemoteKeys keys = builder().build();

        assertThat(keys.find(active())).isPresent();
        for (String name : members) {
            assertThat(keys.find("rsa-" + name)).as(name).isEmpty();
            assertThat(keys.find("ec-" + name)).as(name).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"use\":\"enc\"",
                "\"use\":\"tls\"",
                "\"use\":\"SIG\"",
                "\"use\":[\"sig\"]",
                "\"key_ops\":[\"sign\"]",
                "\"key_ops\":[\"encrypt\",\"wrapKey\"]",
                "\"key_ops\":\"encrypt\""
            })
    void set_keyForSomethingElse_isPassedOver(String purpose) {
        serve(setOf(member(ring.active()), with(purpose, without(named(ring.active(), "other"), "use"))));
        RemoteKeys keys = builder().build();

        assertThat(keys.find(active())).isPresent();
        assertThat(keys.find("other")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"x5c\":[\"?\"]", "\"x5t\":\"?\"", "\"key_ops\":[\"verify\"]", "\"ext\":true"})
    void set_keyWithOtherMembers_isTaken(String member) {
        serve(setOf(with(member, without(named(ring.active(), "some"), "use"))));

        assertThat(builder().build().find("some")).isPresent();
    }

    @Test
    void set_algorithmNotOfTheKey_isPassedOver() {
        SigningKey rsa = SigningKey.generate(Algorithm.RS256);
        SigningKey ed = SigningKey.generate(Algorithm.EdDSA);
        List<String> set = new ArrayList<>(List.of(member(ring.active())));
        List<String> names = List.of("none", "RS1", "ES256K", "HS256", "HS512", "P-256", "es256", "ES384", "Ed448", "");
        for (String alg : names) {
            set.add(with("\"alg\":\"" + alg + "\"", without(named(rsa, "rsa-" + alg), "alg")));
            set.add(with("\"alg\":\"" + alg + "\"", without(named(ring.active(), "ec-" + alg), "alg")));
            set.add(with("\"alg\":\"" + alg + "\"", without(named(ed, "ed-" + alg), "alg")));
        }
        set.add(with("\"alg\":\"RS256\"", without(named(ring.active(), "ec-RS256"), "alg")));
        set.add(with("\"alg\":\"ES256\"", without(named(rsa, "rsa-ES256"), "alg")));
        set.add(with("\"alg\":\"ES256\"", without(named(ed, "ed-ES256"), "alg")));
        set.add(with("\"alg\":\"EdDSA\"", without(named(ring.active(), "ec-EdDSA"), "alg")));
        serve(setOf(set));
        RemoteKeys keys = builder().build();

        assertThat(keys.find(active())).isPresent();
        for (String alg : List.of("RS256", "ES256", "EdDSA")) {
            assertThat(keys.find("ec-" + alg)).as(alg).isEmpty();
            assertThat(keys.find("rsa-" + alg)).as(alg).isEmpty();
            assertThat(keys.find("ed-" + alg)).as(alg).isEmpty();
        }
        for (String alg : names) {
            assertThat(keys.find("ec-" + alg)).as(alg).isEmpty();
            assertThat(keys.find("rsa-" + alg)).as(alg).isEmpty();
            assertThat(keys.find("ed-" + alg)).as(alg).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"alg\":\"HS256\"", "\"alg\":\"RS256\"", "\"use\":\"sig\""})
    void set_symmetricKey_isPassedOver(String more) {
        String oct = "{\"kty\":\"oct\",\"kid\":\"secret\",\"k\":\"" + "A".repeat(43) + "\"}";
        serve(setOf(member(ring.active()), more.isEmpty() ? oct : with(more, oct)));
        RemoteKeys keys = builder().build();

        assertThat(keys.find(active())).isPresent();
        assertThat(keys.find("secret")).isEmpty();
    }

    @Test
    void set_weakRsaKey_isPassedOver() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        RSAPublicKey weak = (RSAPublicKey) generator.generateKeyPair().getPublic();
        String modulus = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(weak.getModulus().toByteArray());
        String jwk = "{\"kty\":\"RSA\",\"kid\":\"weak\",\"e\":\"AQAB\",\"n\":\"" + modulus + "\"}";
        serve(setOf(member(ring.active()), jwk));
        RemoteKeys keys = builder().build();

        assertThat(keys.find(active())).isPresent();
        assertThat(keys.find("weak")).isEmpty();
    }

    @Test
    void set_withoutAlg_takesTheAlgorithmOfTheCurve() {
        VerificationKey ed448 = VerificationKey.of(
                Algorithm.EdDSA, Jwks.CRV.Ed448.keyPair().build().getPublic());
        List<VerificationKey> all = new ArrayList<>(List.of(ed448));
        for (Algorithm algorithm : List.of(Algorithm.ES256, Algorithm.ES384, Algorithm.ES512, Algorithm.EdDSA)) {
            all.add(SigningKey.generate(algorithm).verification());
        }
        serve(setOf(all.stream().map(key -> without(key.jwk(), "alg")).toList()));
        RemoteKeys keys = builder().build();

        for (VerificationKey key : all) {
            assertThat(keys.find(key.id())).contains(key);
        }
    }

    @Test
    void set_ofHundredsOfKeys_isTaken() {
        List<String> set = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            set.add(named(ring.active(), "k" + i));
        }
        serve(setOf(set));

        assertThat(builder().build().find("k499")).isPresent();
    }

    @Test
    void set_keysThatCannotBeUsed_areToldOnceEach() {
        String enc = with("\"use\":\"enc\"", without(named(ring.active(), "for-enc"), "use"));
        String secret = "{\"kty\":\"oct\",\"kid\":\"secret\",\"k\":\"" + "A".repeat(43) + "\"}";
        serve(setOf(member(ring.active()), enc));
        RemoteKeys keys = builder().build();
        AuthEvent told = new AuthEvent.KeyPassedOver(clock.instant(), "for-enc", "its use is not sig but enc");
        for (int i = 0; i < 3; i++) {
            keys.find(active());
            clock.advance(Duration.ofMinutes(5));
        }
        assertThat(events).containsExactly(told);

        serve(setOf(member(ring.active()), enc, secret, "null"));
        keys.find(active());

        assertThat(events).hasSize(3);
        assertThat(events.get(1).toString()).contains("secret", "secret key: k").doesNotContain("AAAA");
        assertThat(events.get(2).toString()).contains("not a JSON object");
    }

    @Test
    void set_ofTooManyValues_isRefused() {
        serve(with("\"more\":[1" + ",1".repeat(100_000) + "]", ring.jwks()));

        assertThatThrownBy(() -> builder().build().find(active())).isInstanceOf(AuthUnavailableException.class);
    }

    private static String setOf(String... keys) {
        return setOf(List.of(keys));
    }

    private static String setOf(List<String> keys) {
        return "{\"keys\":[" + String.join(",", keys) + "]}";
    }

    private static String with(String member, String jwk) {
        return "{" + member + "," + jwk.substring(1);
    }

    private static String without(String jwk, String member) {
        return jwk.replaceFirst("\"" + member + "\":\"[^\"]*\",|,\"" + member + "\":\"[^\"]*\"(?=})", "");
    }

    private static String named(SigningKey key, String kid) {
        return member(key).replace(key.verification().id(), kid);
    }

    private static String member(SigningKey key) {
        return key.verification().jwk();
    }

    @Test
    void issuer_metadataOfRfc8414_leadsToTheKeys() {
        String issuer = root + "/tenant";
        pages.put(
                "/.well-known/oauth-authorization-server/tenant",
                text("{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + root + "/jwks\"}"));

        assertThat(wired(RemoteKeys.issuer(issuer))
                        .executor(Runnable::run)
                        .build()
                        .find(active()))
                .isPresent();
    }

    @Test
    void issuer_metadataOfOpenIdConnect_leadsToTheKeys() {
        String issuer = root + "/tenant";
        pages.put(
                "/tenant/.well-known/openid-configuration",
                text("{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + root + "/jwks\"}"));

        assertThat(wired(RemoteKeys.issuer(issuer))
                        .executor(Runnable::run)
                        .build()
                        .find(active()))
                .isPresent();
    }

    @Test
    void issuer_metadataOfAnother_isRefused() {
        String issuer = root + "/tenant";
        for (String other : List.of(issuer + "/", root, issuer.toUpperCase(java.util.Locale.ROOT))) {
            pages.put(
                    "/.well-known/oauth-authorization-server/tenant",
                    text("{\"issuer\":\"" + other + "\",\"jwks_uri\":\"" + root + "/jwks\"}"));
            RemoteKeys keys =
                    wired(RemoteKeys.issuer(issuer)).executor(Runnable::run).build();
            assertThatThrownBy(() -> keys.find(active())).isInstanceOf(AuthUnavailableException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"issuer\":null,", "\"issuer\":[\"ISSUER\"],"})
    void issuer_metadataWithoutAnIssuer_isRefused(String member) {
        pages.put(
                "/.well-known/oauth-authorization-server",
                text("{" + member.replace("ISSUER", root) + "\"jwks_uri\":\"" + root + "/jwks\"}"));
        RemoteKeys keys = wired(RemoteKeys.issuer(root)).executor(Runnable::run).build();

        assertThatThrownBy(() -> keys.find(active())).isInstanceOf(AuthUnavailableException.class);
    }

    @Test
    void issuer_firstMetadataWithoutKeys_theSecondIsTaken() {
        pages.put("/.well-known/oauth-authorization-server", text("{\"issuer\":\"" + root + "\",\"jwks_uri\":5}"));
        pages.put("/.well-known/openid-configuration", text(metadata(root, "/jwks")));

        assertThat(wired(RemoteKeys.issuer(root))
                        .executor(Runnable::run)
                        .build()
                        .find(active()))
                .isPresent();
    }

    @Test
    void issuer_bothMetadata_thatOfRfc8414IsTaken() {
        pages.put("/.well-known/oauth-authorization-server", text(metadata(root, "/jwks")));
        pages.put("/.well-known/openid-configuration", text(metadata(root, "/elsewhere")));

        assertThat(wired(RemoteKeys.issuer(root))
                        .executor(Runnable::run)
                        .build()
                        .find(active()))
                .isPresent();
        assertThat(requests).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/.well-known/oauth-authorization-server/tenant", "/tenant/.well-known/openid-configuration"})
    void issuer_withASlashAtTheEnd_isFoundWithoutIt(String place) {
        String issuer = root + "/tenant/";
        pages.put(place, text(metadata(issuer, "/jwks")));

        assertThat(wired(RemoteKeys.issuer(issuer))
                        .executor(Runnable::run)
                        .build()
                        .find(active()))
                .isPresent();
    }

    @Test
    void issuer_metadataOfTooManyValues_isRefused() {
        String place = "/.well-known/oauth-authorization-server";
        pages.put(place, text(with("\"more\":[1" + ",1".repeat(2_000) + "]", metadata(root, "/jwks"))));
        RemoteKeys keys = wired(RemoteKeys.issuer(root)).executor(Runnable::run).build();
        assertThatThrownBy(() -> keys.find(active())).isInstanceOf(AuthUnavailableException.class);

        pages.put(place, text(with("\"more\":[1" + ",1".repeat(1_000) + "]", metadata(root, "/jwks"))));
        clock.advance(Duration.ofSeconds(30));
        assertThat(keys.find(active())).isPresent();
    }

    private String metadata(String issuer, String jwks) {
        return "{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + root + jwks + "\"}";
    }

    @Test
    void issuer_metadataThatLeadsOffHttps_isRefused() {
        pages.put(
                "/.well-known/oauth-authorization-server",
                text("{\"issuer\":\"" + root + "\",\"jwks_uri\":\"http://keys.example/jwks\"}"));
        RemoteKeys keys = wired(RemoteKeys.issuer(root)).executor(Runnable::run).build();

        assertThatThrownBy(() -> keys.find(active())).isInstanceOf(AuthUnavailableException.class);
        assertThat(events.toString()).contains("https");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://keys.example/jwks",
                "ftp://keys.example/jwks",
                "file:///etc/keys",
                "/jwks",
                "https:/jwks",
                "https://keys.example/jwks#1"
            })
    void build_addressNotHttps_isRefused(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RemoteKeys.jwks(URI.create(address)).build())
                .withMessageContaining("https")
                .withMessageContaining(address);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RemoteKeys.jwks(URI.create(address))
                        .insecureHttpForLocalDevelopment()
                        .build());
    }

    @Test
    void build_addressNamesAUser_isRefusedWithoutIt() {
        URI address = URI.create("https://ada:pass-word@keys.example/jwks?key=pass-word");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RemoteKeys.jwks(address).build())
                .withMessageContaining("keys.example/jwks")
                .withMessageNotContaining("pass-word");
    }

    @Test
    void find_issuerAwayAndASecretInTheAddress_noEventHasIt() {
        pages.put("/jwks", status(500));
        RemoteKeys keys = wired(RemoteKeys.jwks(URI.create(root + "/jwks?key=pass-word")))
                .executor(Runnable::run)
                .build();

        assertThatThrownBy(() -> keys.find(active()))
                .isInstanceOf(AuthUnavailableException.class)
                .hasMessageNotContaining("pass-word");
        assertThat(events.toString()).contains(root + "/jwks").doesNotContain("pass-word");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost/jwks", "http://127.0.0.1/jwks", "http://[::1]/jwks"})
    void build_httpOnThisMachine_isForThoseWhoSaySo(String address) {
        RemoteKeysBuilder builder = RemoteKeys.jwks(URI.create(address));

        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining("https");
        assertThat(builder.insecureHttpForLocalDevelopment().build()).isNotNull();
    }

    @Test
    void build_spansAtTheirBounds_areTakenAndBeyondAreNot() {
        Duration tick = Duration.ofMillis(1);
        Duration hour = Duration.ofHours(1);
        Duration day = Duration.ofDays(1);
        Duration minute = Duration.ofMinutes(1);
        Duration tenth = Duration.ofMillis(100);
        assertThat(builder()
                        .timeout(tenth)
                        .unknownKeyInterval(SECOND)
                        .refreshEvery(SECOND)
                        .staleFor(Duration.ZERO)
                        .build())
                .isNotNull();
        assertThat(builder()
                        .timeout(minute)
                        .unknownKeyInterval(hour)
                        .refreshEvery(day)
                        .staleFor(day)
                        .build())
                .isNotNull();

        for (RemoteKeysBuilder broken : List.of(
                builder().timeout(tenth.minus(tick)),
                builder().timeout(minute.plus(tick)),
                builder().unknownKeyInterval(SECOND.minus(tick)),
                builder().unknownKeyInterval(hour.plus(tick)).refreshEvery(day),
                builder().refreshEvery(Duration.ofSeconds(30).minus(tick)),
                builder().refreshEvery(day.plus(tick)),
                builder().staleFor(tick.negated()),
                builder().staleFor(day.plus(tick)))) {
            assertThatIllegalArgumentException().isThrownBy(broken::build);
        }
    }

    @Test
    void build_brokenRules_areNamedWithTheirValues() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().timeout(Duration.ZERO).build())
                .withMessageContaining("timeout")
                .withMessageContaining("PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().staleFor(Duration.ofHours(25)).build())
                .withMessageContaining("PT25H");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().refreshEvery(SECOND).build())
                .withMessageContaining("refresh every");
    }

    @Test
    void find_setOfUnusableKeysOnly_leavesTheLastGoodSetForABoundedTime() {
        RemoteKeys keys = builder()
                .refreshEvery(Duration.ofMinutes(5))
                .staleFor(Duration.ofHours(1))
                .build();
        String id = active();
        assertThat(keys.find(id)).isPresent();

        serve("{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\",\"kid\":\"odd\"},null]}");
        clock.advance(Duration.ofMinutes(6));
        assertThat(keys.find(id)).isPresent();
        clock.advance(Duration.ofMinutes(6));
        assertThat(keys.find(id)).isPresent();
        assertThat(events).filteredOn(AuthEvent.KeyPassedOver.class::isInstance).hasSize(2);
        assertThat(events)
                .filteredOn(AuthEvent.StoreUnavailable.class::isInstance)
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(event -> assertThat(event.toString()).contains("no key that can be used"));

        clock.advance(Duration.ofHours(1));
        assertThatThrownBy(() -> keys.find(id)).isInstanceOf(AuthUnavailableException.class);
    }

    @Test
    void find_setWithoutKeys_isBelievedAtOnce() {
        RemoteKeys keys = builder().refreshEvery(Duration.ofMinutes(5)).build();
        String id = active();
        assertThat(keys.find(id)).isPresent();

        serve("{\"keys\":[]}");
        clock.advance(Duration.ofMinutes(6));
        assertThat(keys.find(id)).isEmpty();
    }
}
