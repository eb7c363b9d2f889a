package dev.gateline.http;

import dev.gateline.Activity;
import dev.gateline.AuthUnavailableException;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginAttempt;
import dev.gateline.LoginId;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * {@link HttpAuth} for event loops: no method blocks its caller, or throws. A call that may ask a store runs on the
 * executor, and its answer is a {@link CompletionStage}. A stage fails with the exception that the method of {@link
 * HttpAuth} or the executor throws, and with an {@link AuthUnavailableException} if the executor takes no more calls.
 * Thread-safe.
 *
 * <pre>{@code
 * AsyncHttpAuth async = new AsyncHttpAuth(auth, Executors.newCachedThreadPool());
 * CollectedExchange exchange = CollectedExchange.of("GET", "/me").build();
 * async.authenticate(exchange).thenAccept(outcome -> outcome.toOptional().ifPresent(System.out::println));
 * }</pre>
 */
public final class AsyncHttpAuth {
    private final HttpAuth auth;
    private final Executor executor;

    /**
     * A facade.
     *
     * @param auth the wrapped authenticator of requests
     * @param executor an executor whose threads may block, such as virtual threads; the caller closes it. At most as
     *     many requests as it has threads can wait for a store at the same time
     */
    public AsyncHttpAuth(HttpAuth auth, Executor executor) {
        this.auth = auth;
        this.executor = executor;
    }

    /** The wrapped {@link HttpAuth}. Its methods {@code refuse} and {@code unavailable} ask no store. */
    public HttpAuth auth() {
        return auth;
    }

    /**
     * Works as {@link HttpAuth#authenticate(Exchange)}.
     *
     * @param exchange the request, whose response may get fresh cookies
     * @return complete at once if {@link HttpAuth#tryAuthenticate} has an answer
     */
    public CompletionStage<Outcome<Identity>> authenticate(CollectedExchange exchange) {
        return authenticate(exchange, Requirement.none(), Activity.USER);
    }

    /**
     * Works as {@link HttpAuth#authenticate(Exchange, Requirement, Activity)}.
     *
     * @param exchange the request, whose response may get fresh cookies
     * @param requirement such as a recent proof
     * @param activity {@link Activity#BACKGROUND} for what a page polls
     * @return complete at once if {@link HttpAuth#tryAuthenticate} has an answer
     */
    public CompletionStage<Outcome<Identity>> authenticate(
            CollectedExchange exchange, Requirement requirement, Activity activity) {
        return known(exchange, requirement, activity)
                .orElseGet(() -> later(() -> auth.authenticate(exchange, requirement, activity)));
    }

    /** Empty if memory has no answer. A carrier or a verifier of the host may throw here, too. */
    private Optional<CompletionStage<Outcome<Identity>>> known(
            CollectedExchange exchange, Requirement requirement, Activity activity) {
        try {
            return auth.tryAuthenticate(exchange, requirement, activity).map(CompletableFuture::completedFuture);
        } catch (Throwable e) {
            return Optional.of(CompletableFuture.failedFuture(e));
        }
    }

    /**
     * Works as {@link HttpAuth#recheck}.
     *
     * @param identity accepted a moment ago
     * @param requirement what the identity must satisfy besides being live
     */
    public CompletionStage<Outcome<Identity>> recheck(Identity identity, Requirement requirement) {
        return later(() -> auth.recheck(identity, requirement));
    }

    /**
     * Works as {@link HttpAuth#checkLogin(Exchange)}.
     *
     * @param exchange the request of the login
     */
    public CompletionStage<Optional<Rejection>> checkLogin(CollectedExchange exchange) {
        return later(() -> auth.checkLogin(exchange));
    }

    /**
     * Works as {@link HttpAuth#checkLogin(Exchange, LoginAttempt)}.
     *
     * @param exchange the request of the login
     * @param attempt by name and client
     */
    public CompletionStage<Optional<Rejection>> checkLogin(CollectedExchange exchange, LoginAttempt attempt) {
        return later(() -> auth.checkLogin(exchange, attempt));
    }

    /**
     * Works as {@link HttpAuth#succeeded}.
     *
     * @param exchange the request, whose response gets the cookie of the device
     * @param attempt as it was given to {@link #checkLogin(CollectedExchange, LoginAttempt)}
     * @return the exchange
     */
    public CompletionStage<CollectedExchange> succeeded(CollectedExchange exchange, LoginAttempt attempt) {
        return later(() -> {
            auth.succeeded(exchange, attempt);
            return exchange;
        });
    }

    /**
     * Works as {@link HttpAuth#login(Exchange, Login)}.
     *
     * @param exchange the request, whose response gets the grant
     * @param login the verified user
     */
    public CompletionStage<Outcome<Issued>> login(CollectedExchange exchange, Login login) {
        return later(() -> auth.login(exchange, login));
    }

    /**
     * Works as {@link HttpAuth#login(Exchange, Login, Lane)}.
     *
     * @param exchange the request, whose response gets the grant
     * @param login the verified user
     * @param lane the lane of the client
     */
    public CompletionStage<Outcome<Issued>> login(CollectedExchange exchange, Login login, Lane lane) {
        return later(() -> auth.login(exchange, login, lane));
    }

    /**
     * Works as {@link HttpAuth#renew}.
     *
     * @param exchange the request, whose response gets the fresh credentials
     */
    public CompletionStage<Outcome<Issued>> renew(CollectedExchange exchange) {
        return later(() -> auth.renew(exchange));
    }

    /**
     * Works as {@link HttpAuth#reauthenticate}. If the response goes out meanwhile, the client does not get the new
     * credential, and has to log in again.
     *
     * @param exchange the request, whose response gets the new credentials
     * @param again the new proof
     */
    public CompletionStage<Outcome<Issued>> reauthenticate(CollectedExchange exchange, Login again) {
        return later(() -> auth.reauthenticate(exchange, again));
    }

    /**
     * Works as {@link HttpAuth#logout}.
     *
     * @param exchange the request, whose response clears the cookies
     */
    public CompletionStage<Outcome<LoginId>> logout(CollectedExchange exchange) {
        return later(() -> auth.logout(exchange));
    }

    private <T> CompletionStage<T> later(Supplier<T> call) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            executor.execute(() -> complete(answer, call));
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(
                    new AuthUnavailableException("the executor of AsyncHttpAuth takes no more calls", e));
        } catch (Throwable e) {
            answer.completeExceptionally(e);
        }
        return answer;
    }

    private static <T> void complete(CompletableFuture<T> answer, Supplier<T> call) {
        try {
            answer.complete(call.get());
        } catch (Throwable e) {
            answer.completeExceptionally(e);
        }
    }
}
