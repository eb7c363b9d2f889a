package dev.gateline.grpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A call whose response brings the header lines of Gateline, and which Gateline's exceptions close. */
final class GuardedCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private static final System.Logger LOG = System.getLogger(GuardedCall.class.getName());

    private final GrpcAuth door;
    private volatile boolean closed;

    GuardedCall(ServerCall<Q, A> call, GrpcAuth door) {
        super(call);
        this.door = door;
    }

    /** Starts the method, for which the sender of the call is known. */
    ServerCall.Listener<Q> start(Context context, Metadata headers, ServerCallHandler<Q, A> next) {
        try {
            Context known = context.withValue(GrpcAuth.KEY, door);
            return new GuardedListener<>(Contexts.interceptCall(known, this, headers, next), this);
        } catch (Throwable e) {
            return fail(e);
        }
    }

    /**
     * Closes the call, unless its method has. A failure that is not Gateline's is logged, as gRPC does, and not told.
     * It throws nothing, because its caller may be a stage whose failure nobody sees.
     *
     * @return a listener that does nothing
     */
    ServerCall.Listener<Q> fail(Throwable failure) {
        try {
            if (!answers(failure)) {
                log(causeOf(failure));
                closeOnce(Status.UNKNOWN, new Metadata());
            }
        } catch (Throwable e) {
            log(e);
        }
        return new ServerCall.Listener<>() {};
    }

    private static @Nullable Throwable causeOf(@Nullable Throwable failure) {
        return failure instanceof CompletionException ? failure.getCause() : failure;
    }

    private void log(@Nullable Throwable failure) {
        LOG.log(Level.ERROR, "a call of " + getMethodDescriptor().getFullMethodName() + " failed", failure);
    }

    private void closeOnce(Status status, Metadata trailers) {
        if (!closed) {
            close(status, trailers);
        }
    }

    /** Whether a failure is Gateline's; the call is closed then. */
    boolean answers(@Nullable Throwable failure) {
        Optional<RefusedCall> answer = door.answerTo(causeOf(failure));
        answer.ifPresent(refused -> closeOnce(refused.getStatus(), refused.trailers()));
        return answer.isPresent();
    }

    @Override
    public void sendHeaders(Metadata headers) {
        door.addTo(headers);
        super.sendHeaders(headers);
    }

    /** A method that gives an exception of Gateline to {@code onError} closes the call with it as the cause. */
    @Override
    public void close(Status status, Metadata trailers) {
        Optional<RefusedCall> ours =
                status.getCode() == Status.Code.UNKNOWN ? door.answerTo(causeOf(status.getCause())) : Optional.empty();
        ours.ifPresent(answer -> trailers.merge(answer.trailers()));
        door.addTo(trailers);
        closed = true;
        super.close(ours.map(RefusedCall::getStatus).orElse(status), trailers);
    }
}
