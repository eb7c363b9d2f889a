package dev.gateline.grpc;

import dev.gateline.AuthUnavailableException;
import dev.gateline.Identity;
import dev.gateline.LoginId;
import dev.gateline.LoginRefusedException;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.http.AsyncHttpAuth;
import dev.gateline.http.CollectedExchange;
import dev.gateline.http.CollectedExchangeBuilder;
import dev.gateline.http.HttpAuth;
import dev.gateline.http.Refusal;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The sender of a call that came through a {@link GatelineInterceptor}. It belongs to its call. Thread-safe.
 *
 * <p>A method that starts or renews a login calls the {@link dev.gateline.Authenticator}, and puts the credentials into
 * its own messages.
 */
public final class GrpcAuth {
    static final Context.Key<GrpcAuth> KEY = Context.key("gateline");

    private final HttpAuth auth;
    private final CollectedExchangeBuilder request;
    private final CollectedExchange exchange;
    private volatile Outcome<Identity> outcome = Outcome.rejected(Rejection.MISSING);

    GrpcAuth(HttpAuth auth, ServerCall<?, ?> call, Metadata headers) {
        this.auth = auth;
        this.request = Headers.copy(call, headers);
        this.exchange = request.build();
    }

    /**
     * Returns the object of the current call.
     *
     * @throws IllegalStateException if this thread runs no call that came through a {@link GatelineInterceptor}
     */
    public static GrpcAuth current() {
        return of(Context.current());
    }

    /**
     * Returns the object of a call.
     *
     * @param context of the call
     * @throws IllegalStateException if the call did not come through a {@link GatelineInterceptor}
     */
    public static GrpcAuth of(Context context) {
        return find(context)
                .orElseThrow(() -> new IllegalStateException("intercept this service with GatelineInterceptor; on a"
                        + " thread of your own, run the code with Context.current().wrap(...)"));
    }

    static Optional<GrpcAuth> find(Context context) {
        @Nullable GrpcAuth found = KEY.get(context);
        return Optional.ofNullable(found);
    }

    /** Whether it is of this {@link HttpAuth}, and not of another one of the same server. */
    boolean isOf(HttpAuth wanted) {
        return auth.equals(wanted);
    }

    /** Asks who it is, once for each call. */
    CompletionStage<GrpcAuth> authenticate(AsyncHttpAuth async) {
        return async.authenticate(exchange).thenApply(who -> {
            outcome = who;
            return this;
        });
    }

    /**
     * The identity that sent the call, or the reason why it is not known.
     *
     * @return the outcome for the credential of the call; {@link Rejection#MISSING} if there was none, or after {@link
     *     #logout()}
     */
    public Outcome<Identity> outcome() {
        return outcome;
    }

    /** The identity that sent the call; empty if it is not known. */
    public Optional<Identity> identity() {
        return outcome.toOptional();
    }

    /**
     * The identity that sent the call, if it is still live and satisfies a requirement. A stream may ask again and
     * again. It may ask a store.
     *
     * @param requirement such as a recent proof
     * @throws StatusRuntimeException if not; it closes the call with {@code UNAUTHENTICATED} if the method throws it,
     *     or gives it to {@code onError}
     * @throws AuthUnavailableException if a store that is needed for the answer can't give it
     */
    public Identity require(Requirement requirement) {
        Outcome<Identity> judged = outcome.then(identity -> auth.recheck(identity, requirement));
        return judged.toOptional()
                .orElseThrow(() -> refusal(judged.rejection().orElse(Rejection.MISSING), requirement));
    }

    /**
     * Ends the login of the call, as {@link HttpAuth#logout} does. If the login has ended, the call belongs to a
     * stranger from now on. It asks a store.
     */
    public Outcome<LoginId> logout() {
        Outcome<LoginId> ended = auth.logout(exchange);
        if (ended.toOptional().isPresent()) {
            outcome = Outcome.rejected(Rejection.MISSING);
        }
        return ended;
    }

    /** Adds the lines that the response has to bring, such as fresh cookies. A second call adds nothing. */
    void addTo(Metadata headers) {
        exchange.deliver((name, value) -> Headers.add(headers, name, value));
    }

    RefusedCall refusal(Rejection reason) {
        return refusal(reason, Requirement.none());
    }

    RefusedCall refusal(Rejection reason, Requirement requirement) {
        CollectedExchange answer = request.build();
        Refusal refusal = auth.refuse(reason, answer, requirement);
        return RefusedCall.of(
                refusal.status() == 403
                        ? Status.PERMISSION_DENIED.withDescription("another site has caused this call")
                        : Status.UNAUTHENTICATED.withDescription("a valid credential is needed"),
                answer);
    }

    /** The answer to an exception of Gateline; empty for others. */
    Optional<RefusedCall> answerTo(@Nullable Throwable failure) {
        if (failure instanceof RefusedCall refused) {
            return Optional.of(refused);
        }
        CollectedExchange answer = request.build();
        if (failure instanceof AuthUnavailableException) {
            auth.unavailable(answer);
            return Optional.of(RefusedCall.of(Status.UNAVAILABLE.withDescription("try again later"), answer));
        }
        return failure instanceof LoginRefusedException
                ? Optional.of(RefusedCall.of(
                        Status.RESOURCE_EXHAUSTED.withDescription("the login can't be held now"), answer))
                : Optional.empty();
    }
}
