package dev.gateline.near;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Activity;
import dev.gateline.Authenticator;
import dev.gateline.Grant;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.Outcome;
import dev.gateline.Requirement;
import dev.gateline.http.AsyncHttpAuth;
import dev.gateline.http.BearerCarrier;
import dev.gateline.http.CollectedExchange;
import dev.gateline.http.CookieCarrier;
import dev.gateline.http.HttpAuth;
import dev.gateline.jwt.Algorithm;
import dev.gateline.jwt.JwtAuthenticator;
import dev.gateline.jwt.KeyRing;
import dev.gateline.kit.MutableClock;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.ChangeFeed;
import dev.gateline.store.LoginStore;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.SharedStorage;
import dev.gateline.store.Storage;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node whose store hangs: memory answers for the logins that it knows, and no call waits. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MemoryAnswersTest {
    private final MutableClock clock = new MutableClock();
    private final CountDownLatch thawed = new CountDownLatch(1);
    private volatile boolean frozen;
    private final NearStorage storage = NearStorage.builder(
                    SharedStorage.of(freezing(Storage.inMemory(10)), ChangeFeed.inProcess()))
            .clock(clock)
            .build();
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    enum Strategy {
        SESSION,
        JWT
    }

    private Authenticator gate(Strategy strategy) {
        return switch (strategy) {
            case SESSION -> SessionAuthenticator.builder(storage).clock(clock).build();
            case JWT ->
                JwtAuthenticator.builder(storage, KeyRing.generate(Algorithm.ES256))
                        .issuer("https://park.example")
                        .audience("park")
                        .clock(clock)
                        .build();
        };
    }

    private Storage freezing(Storage storage) {
        return Storage.of(
                freezing(LoginStore.class, storage.logins()), freezing(RevocationStore.class, storage.revocations()));
    }

    private <T> T freezing(Class<T> type, T store) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            if (frozen) {
                assertThat(thawed.await(60, TimeUnit.SECONDS)).isTrue();
            }
            return method.invoke(store, args);
        }));
    }

    @AfterEach
    void thaw() {
        thawed.countDown();
        storage.close();
    }

    private AsyncHttpAuth async(Authenticator gate) {
        HttpAuth auth = HttpAuth.builder()
                .lane(CookieCarrier.create(), gate)
                .lane(BearerCarrier.create(), gate)
                .origin("https://park.example")
                .build();
        return new AsyncHttpAuth(auth, tasks::add);
    }

    private static CollectedExchange program(Grant grant) {
        return CollectedExchange.of("GET", "/me")
                .header("Authorization", "Bearer " + grant.access().reveal())
                .build();
    }

    private static Optional<Identity> tried(Authenticator gate, Grant grant) {
        return gate.tryAuthenticate(grant.access(), Requirement.none(), Activity.USER);
    }

    @ParameterizedTest
    @EnumSource
    void authenticate_knownLoginWhileTheStoreHangs_isAnsweredAtOnceAndStartsNoTask(Strategy strategy) {
        Authenticator gate = gate(strategy);
        Grant grant = gate.login(Login.of("ada"));
        AsyncHttpAuth async = async(gate);
        frozen = true;
        clock.advance(Duration.ofMinutes(2));

        CompletableFuture<Outcome<Identity>> answer =
                async.authenticate(program(grant)).toCompletableFuture();

        assertThat(answer).isCompleted();
        assertThat(answer.join().map(Identity::subject)).isEqualTo(Outcome.accepted("ada"));
        assertThat(tasks).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void authenticate_unknownLoginWhileTheStoreHangs_isATaskOfTheExecutor(Strategy strategy) {
        Authenticator elsewhere = gate(strategy);
        Grant grant = elsewhere.login(Login.of("ada"));
        storage.logins().delete(grant.loginId());
        AsyncHttpAuth async = async(gate(strategy));
        frozen = true;

        assertThat(async.authenticate(program(grant)).toCompletableFuture()).isNotDone();

        assertThat(tasks).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void tryAuthenticate_storageThatAsksTheStoreAlways_hasNoAnswer(Strategy strategy) {
        try (NearStorage authoritative = NearStorage.builder(
                        SharedStorage.of(Storage.inMemory(10), ChangeFeed.inProcess()))
                .authoritative()
                .clock(clock)
                .build()) {
            Authenticator gate = strategy == Strategy.SESSION
                    ? SessionAuthenticator.builder(authoritative).clock(clock).build()
                    : JwtAuthenticator.builder(authoritative, KeyRing.generate(Algorithm.ES256))
                            .issuer("https://park.example")
                            .audience("park")
                            .clock(clock)
                            .build();

            assertThat(tried(gate, gate.login(Login.of("ada")))).isEmpty();
        }
    }

    /** Its last uses are written by the threads of the requests then. */
    @Test
    void tryAuthenticate_sessionsThatAreClosed_hasNoAnswer() {
        Authenticator gate = gate(Strategy.SESSION);
        Grant grant = gate.login(Login.of("ada"));
        assertThat(tried(gate, grant)).isPresent();

        gate.close();

        assertThat(tried(gate, grant)).isEmpty();
    }

    @Test
    void authenticate_rotationOfACookieIsDue_isATaskOfTheExecutor() {
        Authenticator gate = gate(Strategy.SESSION);
        Grant grant = gate.login(Login.of("ada"));
        AsyncHttpAuth async = async(gate);
        CollectedExchange browser = CollectedExchange.of("GET", "/me")
                .header("Sec-Fetch-Site", "same-origin")
                .header("Cookie", "__Host-Http-id=" + grant.access().reveal())
                .build();

        assertThat(async.authenticate(browser).toCompletableFuture()).isCompleted();
        clock.advance(Duration.ofMinutes(20));
        assertThat(async.authenticate(browser).toCompletableFuture()).isNotDone();
    }
}
