package dev.gateline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.Activity;
import dev.gateline.AuthEvent;
import dev.gateline.AuthUnavailableException;
import dev.gateline.FakeAuthenticator;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginAttempt;
import dev.gateline.LoginThrottle;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.internal.Secrets;
import dev.gateline.store.Storage;
import dev.gateline.throttle.StoredLoginThrottle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiFunction;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AsyncHttpAuthTest {
    private static final Login ADA = Login.of("ada");

    private final FakeAuthenticator gate = new FakeAuthenticator("gs_");
    private final HttpAuth auth = HttpAuth.builder()
            .lane(CookieCarrier.create(), gate)
            .origin("https://park.example")
            .build();
    private final Queue<Runnable> queue = new ArrayDeque<>();
    private final AsyncHttpAuth async = new AsyncHttpAuth(auth, queue::add);

    private static CollectedExchange browser() {
        return CollectedExchange.of("POST", "/me")
                .header("Sec-Fetch-Site", "same-origin")
                .header("Cookie", "__Host-Http-id=gs_ok")
                .build();
    }

    static List<BiFunction<AsyncHttpAuth, CollectedExchange, CompletionStage<?>>> calls() {
        Requirement none = Requirement.none();
        return List.of(
                AsyncHttpAuth::authenticate,
                (async, exchange) -> async.authenticate(exchange, none, Activity.BACKGROUND),
                (async, exchange) -> async.login(exchange, ADA),
                (async, exchange) -> async.login(exchange, ADA, Lane.COOKIES),
                AsyncHttpAuth::renew,
                (async, exchange) -> async.reauthenticate(exchange, ADA),
                AsyncHttpAuth::logout);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void call_thatMayAskAStore_asksOnTheExecutorOnly(
            BiFunction<AsyncHttpAuth, CollectedExchange, CompletionStage<?>> call) {
        CompletableFuture<?> answer = call.apply(async, browser()).toCompletableFuture();

        assertThat(gate.calls).isEmpty();
        assertThat(answer).isNotDone();
        queue.remove().run();
        assertThat(gate.calls).isNotEmpty();
        assertThat(((Outcome<?>) answer.join()).rejection()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void call_storeOutOfReach_failsWithTheOutageItself(
            BiFunction<AsyncHttpAuth, CollectedExchange, CompletionStage<?>> call) {
        gate.down = true;
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();

        call.apply(async, browser()).whenComplete((value, failure) -> thrown.complete(failure));
        queue.remove().run();

        assertThat(thrown.join()).isInstanceOf(AuthUnavailableException.class);
    }

    @Test
    void checkLoginSucceededAndRecheck_anyRequest_answerOnTheExecutor() {
        LoginThrottle throttle = StoredLoginThrottle.builder(
                        Storage.inMemory(1), new SecretKeySpec(Secrets.bytes(32), "HmacSHA256"))
                .build();
        HttpAuth wired = HttpAuth.builder()
                .lane(CookieCarrier.create(), gate)
                .origin("https://park.example")
                .throttle(throttle)
                .build();
        AsyncHttpAuth throttled = new AsyncHttpAuth(wired, queue::add);
        CollectedExchange elsewhere = CollectedExchange.of("POST", "/login")
                .header("Sec-Fetch-Site", "cross-site")
                .build();
        CollectedExchange page = browser();
        LoginAttempt attempt = LoginAttempt.of("ada");
        Identity stranger = wired.authenticate(browser()).toOptional().orElseThrow();

        assertThat(throttled.auth()).isSameAs(wired);
        assertThat(later(throttled.checkLogin(elsewhere))).contains(Rejection.CROSS_ORIGIN);
        assertThat(later(throttled.checkLogin(elsewhere, attempt))).contains(Rejection.CROSS_ORIGIN);
        assertThat(later(throttled.checkLogin(page, attempt))).isEmpty();
        assertThat(later(throttled.succeeded(page, attempt))).isSameAs(page);
        List<String> cookies = new ArrayList<>();
        page.deliver((name, value) -> cookies.add(value));
        assertThat(cookies).anyMatch(value -> value.startsWith("__Host-Http-id-device="));
        assertThat(later(throttled.recheck(stranger, Requirement.none())))
                .isEqualTo(Outcome.rejected(Rejection.UNKNOWN));
    }

    private <T> T later(CompletionStage<T> answer) {
        assertThat(answer.toCompletableFuture()).isNotDone();
        queue.remove().run();
        return answer.toCompletableFuture().join();
    }

    @Test
    void authenticate_noCredential_isAnsweredAtOnce() {
        CollectedExchange stranger = CollectedExchange.of("GET", "/").build();

        CompletableFuture<Outcome<Identity>> answer =
                async.authenticate(stranger).toCompletableFuture();

        assertThat(answer.getNow(null)).isEqualTo(Outcome.rejected(Rejection.MISSING));
        assertThat(queue).isEmpty();
    }

    @Test
    void authenticate_memoryKnows_startsNoTask() {
        gate.remembers = true;

        CompletableFuture<Outcome<Identity>> answer =
                async.authenticate(browser()).toCompletableFuture();

        assertThat(answer.getNow(null).map(Identity::subject)).isEqualTo(Outcome.accepted("ada"));
        assertThat(queue).isEmpty();
    }

    @Test
    void authenticate_memoryKnowsAndARenewalIsDue_asksOnTheExecutor() {
        gate.remembers = true;
        gate.renewalIsDue = true;

        assertThat(async.authenticate(browser()).toCompletableFuture()).isNotDone();
        assertThat(queue).hasSize(1);
    }

    /** The listener of a host may wait for anything. */
    @Test
    void authenticate_fromAnotherSite_tellsTheListenerOnTheExecutor() {
        List<AuthEvent> events = new ArrayList<>();
        HttpAuth told = HttpAuth.builder()
                .lane(CookieCarrier.create(), gate)
                .origin("https://park.example")
                .listener(events::add)
                .build();
        CollectedExchange foreign = CollectedExchange.of("POST", "/me")
                .header("Sec-Fetch-Site", "cross-site")
                .header("Cookie", "__Host-Http-id=gs_ok")
                .build();

        CompletionStage<?> unused = new AsyncHttpAuth(told, queue::add).authenticate(foreign);

        assertThat(events).isEmpty();
        queue.remove().run();
        assertThat(events).hasSize(1);
    }

    @Test
    void call_executorTakesNoMore_isAnOutage() {
        AsyncHttpAuth full = new AsyncHttpAuth(auth, task -> {
            throw new RejectedExecutionException("full");
        });

        CompletableFuture<?> answer = full.authenticate(browser()).toCompletableFuture();

        assertThatThrownBy(answer::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(AuthUnavailableException.class);
    }

    /** An executor may fail by itself, for example because the system gives no more threads. */
    @Test
    void call_executorThatFails_failsTheStage() {
        AsyncHttpAuth broken = new AsyncHttpAuth(auth, task -> {
            throw new OutOfMemoryError("unable to create a thread");
        });

        CompletableFuture<?> answer = broken.authenticate(browser()).toCompletableFuture();

        assertThat(answer).isDone();
        assertThatThrownBy(answer::join).hasCauseInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void authenticate_memoryThatThrows_failsTheStage() {
        gate.remembers = true;
        gate.down = true;

        CompletableFuture<?> answer = async.authenticate(browser()).toCompletableFuture();

        assertThat(answer).isDone();
        assertThatThrownBy(answer::join).hasCauseInstanceOf(AuthUnavailableException.class);
        assertThat(queue).isEmpty();
    }
}
