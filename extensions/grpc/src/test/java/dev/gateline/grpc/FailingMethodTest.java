package dev.gateline.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gateline.Authenticator;
import dev.gateline.http.BearerCarrier;
import dev.gateline.http.HttpAuth;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Storage;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A method that throws has its call closed, as by gRPC itself, wherever the method runs. */
class FailingMethodTest {
    private final Authenticator gate =
            SessionAuthenticator.builder(Storage.inMemory(10)).build();
    private final ExecutorService blocking = Executors.newSingleThreadExecutor();
    private final CountDownLatch intercepted = new CountDownLatch(1);
    private final CountDownLatch halfClosed = new CountDownLatch(1);

    /** Whether the question had come before the method had started. */
    private volatile boolean held;

    @AfterEach
    void stop() {
        blocking.shutdownNow();
        gate.close();
    }

    private static final class BrokenStart implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            throw new NoClassDefFoundError("a class of the service");
        }
    }

    private static final class ClosedStart implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            call.close(Status.ALREADY_EXISTS, new Metadata());
            throw new IllegalStateException("after the call was closed");
        }
    }

    /** Starts the method, and returns after the whole question has come. */
    private final class SlowStart implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            ServerCall.Listener<Q> started = next.startCall(call, headers);
            held = await(halfClosed);
            return started;
        }
    }

    /** Sees events before Gateline has handed them on. */
    private final class Watching implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            ServerCall.Listener<Q> holding = next.startCall(call, headers);
            intercepted.countDown();
            return new SimpleForwardingServerCallListener<>(holding) {
                @Override
                public void onHalfClose() {
                    super.onHalfClose();
                    halfClosed.countDown();
                }
            };
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Runs a task after the call's own thread has left Gateline, so that the method starts on another thread. */
    private void runElsewhere(Runnable task) {
        blocking.execute(() -> {
            assertThat(await(intercepted)).isTrue();
            task.run();
        });
    }

    private Status.Code call(String method, ServerInterceptor inner, boolean elsewhere) throws Exception {
        HttpAuth auth = HttpAuth.builder().lane(BearerCarrier.create(), gate).build();
        GatelineInterceptor open = GatelineInterceptor.open(auth);
        GrpcServer server = GrpcServer.start(GrpcServer.builder()
                .addService(ServerInterceptors.intercept(Gates.service("open"), inner))
                .intercept(elsewhere ? open.askingOn(this::runElsewhere) : open)
                .intercept(new Watching()));
        try {
            return catchThrowableOfType(
                            StatusRuntimeException.class,
                            () -> server.call(method, "authorization", "Bearer of-nobody"))
                    .getStatus()
                    .getCode();
        } finally {
            server.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void start_anError_isUnknown(boolean elsewhere) throws Exception {
        assertThat(call("open/who", new BrokenStart(), elsewhere)).isEqualTo(Status.Code.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void start_closesTheCallAndThrows_keepsItsStatus(boolean elsewhere) throws Exception {
        assertThat(call("open/who", new ClosedStart(), elsewhere)).isEqualTo(Status.Code.ALREADY_EXISTS);
    }

    @Test
    void question_heldUntilTheMethodHasStarted_isUnknownIfTheMethodThrows() throws Exception {
        assertThat(call("open/elsewhere", new SlowStart(), true)).isEqualTo(Status.Code.UNKNOWN);
        assertThat(held).isTrue();
    }

    @Test
    void question_heldUntilTheMethodHasStarted_isUnavailableInAnOutage() throws Exception {
        assertThat(call("open/down", new SlowStart(), true)).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(held).isTrue();
    }
}
