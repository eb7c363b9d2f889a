package dev.gateline.grpc;

import dev.gateline.http.CollectedExchange;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.Serial;
import java.util.Optional;

/** A refusal by Gateline. A type of its own, because an exception of another service must not reach the client. */
final class RefusedCall extends StatusRuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private RefusedCall(Status status, Metadata trailers) {
        super(status, trailers);
    }

    /**
     * A refusal.
     *
     * @param answer has the header lines that tell the client how to go on, as over HTTP
     */
    static RefusedCall of(Status status, CollectedExchange answer) {
        Metadata trailers = new Metadata();
        answer.deliver((name, value) -> Headers.add(trailers, name, value));
        return new RefusedCall(status, trailers);
    }

    /** The metadata that the client gets behind the status. */
    Metadata trailers() {
        return Optional.ofNullable(getTrailers()).orElseGet(Metadata::new);
    }
}
