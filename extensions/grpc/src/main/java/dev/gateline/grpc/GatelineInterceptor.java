package dev.gateline.grpc;

import dev.gateline.AuthUnavailableException;
import dev.gateline.Identity;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.http.AsyncHttpAuth;
import dev.gateline.http.HttpAuth;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Authenticates each call by its metadata {@code authorization: Bearer …}. Behind the interceptor {@link GrpcAuth} has
 * the identity. A call without a good credential is closed with {@code UNAUTHENTICATED}. An outage closes it with
 * {@code UNAVAILABLE}, and the client keeps its credential. Thread-safe.
 *
 * <p>An {@link AuthUnavailableException} that a method throws also becomes {@code UNAVAILABLE}, and a {@link
 * dev.gateline.LoginRefusedException} becomes {@code RESOURCE_EXHAUSTED}. A method that throws anything else while it
 * starts has its call closed with {@code UNKNOWN}, on whichever thread it starts.
 *
 * <pre>{@code
 * Server server = ServerBuilder.forPort(8443)
 *         .addService(ServerInterceptors.intercept(gates, GatelineInterceptor.secured(auth)))
 *         .addService(news)
 *         .intercept(GatelineInterceptor.open(auth))
 *         .build();
 * }</pre>
 */
public final class GatelineInterceptor implements ServerInterceptor {
    private final AsyncHttpAuth auth;
    private final Optional<Requirement> demanded;

    private GatelineInterceptor(AsyncHttpAuth auth, Optional<Requirement> demanded) {
        this.auth = auth;
        this.demanded = demanded;
    }

    /**
     * Creates the interceptor for a whole server. It refuses only calls that another site made a browser send, so a
     * client with a dead token is a stranger and can log in.
     *
     * @param auth the {@link HttpAuth} to adapt
     */
    public static GatelineInterceptor open(HttpAuth auth) {
        return new GatelineInterceptor(onCallThreads(auth), Optional.empty());
    }

    /**
     * Creates an interceptor that lets only authenticated calls through.
     *
     * @param auth the {@link HttpAuth} to adapt
     */
    public static GatelineInterceptor secured(HttpAuth auth) {
        return secured(auth, Requirement.none());
    }

    /**
     * Creates an interceptor that lets only authenticated calls through that satisfy a requirement.
     *
     * @param auth the {@link HttpAuth} to adapt
     * @param requirement such as a recent proof
     */
    public static GatelineInterceptor secured(HttpAuth auth, Requirement requirement) {
        return new GatelineInterceptor(onCallThreads(auth), Optional.of(requirement));
    }

    /** The threads of a server may block, unless the server was built with {@code directExecutor()}. */
    private static AsyncHttpAuth onCallThreads(HttpAuth auth) {
        return new AsyncHttpAuth(auth, Runnable::run);
    }

    /**
     * Returns the same interceptor, which asks stores on other threads. It is for a server with {@code
     * directExecutor()}, whose threads must not block, or with a small pool of threads. Meanwhile a call waits, and
     * holds no thread of the server.
     *
     * @param executor whose threads may block; stays the caller's to close; default: the thread of the call
     */
    public GatelineInterceptor askingOn(Executor executor) {
        return new GatelineInterceptor(new AsyncHttpAuth(auth.auth(), executor), demanded);
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Context context = Context.current();
        Optional<GrpcAuth> earlier = GrpcAuth.find(context);
        GrpcAuth door = earlier.orElseGet(() -> new GrpcAuth(auth.auth(), call, headers));
        if (!door.isOf(auth.auth())) {
            throw new IllegalStateException("one HttpAuth for each service: an interceptor of another has judged this"
                    + " call before; join them as lanes of one HttpAuth, or intercept other services");
        }
        GuardedCall<Q, A> guarded = new GuardedCall<>(call, door);
        HeldListener<Q> listener = new HeldListener<>();
        CompletionStage<GrpcAuth> known =
                earlier.isPresent() ? CompletableFuture.completedFuture(door) : door.authenticate(auth);
        known.thenCompose(this::refusal)
                .whenComplete((refused, failure) -> listener.open(
                        failure == null && refused.isEmpty()
                                ? guarded.start(context, headers, next)
                                : guarded.fail(failure == null ? refused.get() : failure),
                        guarded::fail));
        return listener;
    }

    /** Empty if the call may go on. */
    private CompletionStage<Optional<RefusedCall>> refusal(GrpcAuth door) {
        Optional<Rejection> atOnce = HttpAuth.refusedAtOnce(door.outcome());
        if (atOnce.isPresent() || demanded.isEmpty()) {
            return CompletableFuture.completedFuture(atOnce.map(door::refusal));
        }
        Requirement requirement = demanded.get();
        Optional<Identity> user = door.identity();
        CompletionStage<Outcome<Identity>> judged = user.isEmpty() || requirement.equals(Requirement.none())
                ? CompletableFuture.completedFuture(door.outcome())
                : auth.recheck(user.get(), requirement);
        return judged.thenApply(outcome -> outcome.rejection().map(reason -> door.refusal(reason, requirement)));
    }
}
