package dev.gateline.vertx;

import dev.gateline.Credential;
import dev.gateline.Login;
import dev.gateline.LoginId;
import dev.gateline.http.BearerCarrier;
import dev.gateline.http.HttpAuth;
import dev.gateline.near.NearStorage;
import dev.gateline.redis.RedisStorage;
import dev.gateline.servers.Await;
import dev.gateline.servers.RedisServer;
import dev.gateline.session.SessionAuthenticator;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/**
 * A server on one event loop whose Redis can be frozen. It knows one login by its copy, and another one not at all. Its
 * {@code main} prints how long pings take.
 */
final class FrozenRedis implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final RedisServer redis = RedisServer.start(RedisServer.Version.V7);
    private final NearStorage storage = storage();
    private final SessionAuthenticator gate =
            SessionAuthenticator.builder(storage).build();
    private final VertxServer server = VertxServer.start(
            HttpAuth.builder().lane(BearerCarrier.create(), gate).build());
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** A login whose row is in the memory of this node. */
    final String known = gate.login(Login.of("ada")).access().reveal();

    /** A login of another node. */
    final String unknown = unknown();

    private NearStorage storage() {
        return NearStorage.builder(
                        RedisStorage.builder(redis.uri()).timeout(LONGEST).build())
                .maxStaleness(LONGEST)
                .build();
    }

    private String unknown() {
        try (NearStorage elsewhere = storage();
                SessionAuthenticator other =
                        SessionAuthenticator.builder(elsewhere).build()) {
            return other.login(Login.of("eve")).access().reveal();
        }
    }

    /** Waits before until the node trusts its memory, because nothing is trusted before the first proof. */
    void freeze() {
        Await.until("the node knows the login from its memory", this::isKnownFromMemory);
        redis.freeze();
    }

    private boolean isKnownFromMemory() {
        LoginId login = gate.authenticate(Credential.of(known))
                .toOptional()
                .orElseThrow()
                .loginId();
        return storage.logins().findInMemory(login).isPresent();
    }

    void thaw() {
        redis.thaw();
    }

    CompletableFuture<HttpResponse<String>> me(String token) {
        return send(HttpRequest.newBuilder().header("Authorization", "Bearer " + token), "/me");
    }

    CompletableFuture<HttpResponse<String>> ping() {
        return send(HttpRequest.newBuilder(), "/public");
    }

    private CompletableFuture<HttpResponse<String>> send(HttpRequest.Builder request, String path) {
        HttpRequest whole =
                request.uri(server.address().resolve(path)).timeout(LONGEST).build();
        return client.sendAsync(whole, BodyHandlers.ofString());
    }

    @Override
    public void close() {
        redis.thaw();
        server.stop();
        gate.close();
        storage.close();
        redis.close();
    }

    /** Prints the times of pings, in microseconds: with a Redis that answers, and with a frozen one. */
    public static void main(String... args) {
        try (FrozenRedis frozen = new FrozenRedis()) {
            frozen.measure(10_000);
            System.out.println("Redis answers:   " + frozen.measure(10_000));
            frozen.freeze();
            CompletableFuture<?> hung = frozen.me(frozen.unknown);
            System.out.println(
                    "Redis is frozen: " + frozen.measure(10_000) + ", a request still waits: " + !hung.isDone());
        }
    }

    private String measure(int pings) {
        long[] micros = new long[pings];
        for (int i = 0; i < pings; i++) {
            long began = System.nanoTime();
            boolean isPublic = i % 2 == 0;
            int status = (isPublic ? ping() : me(known)).join().statusCode();
            micros[i] = (System.nanoTime() - began) / 1_000;
            if (status != 200) {
                throw new IllegalStateException("answered with " + status);
            }
        }
        Arrays.sort(micros);
        return "p50 " + micros[pings / 2] + ", p99 " + micros[pings * 99 / 100] + ", greatest " + micros[pings - 1];
    }
}
