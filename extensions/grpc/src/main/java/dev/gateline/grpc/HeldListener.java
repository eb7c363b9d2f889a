package dev.gateline.grpc;

import io.grpc.ServerCall;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Holds the events of a call back, in order, until the sender of the call is known and its method has started. Messages
 * are among them if the method requests some while it starts. Thread-safe.
 */
final class HeldListener<Q> extends ServerCall.Listener<Q> {
    private final Queue<Consumer<ServerCall.Listener<Q>>> held = new ArrayDeque<>();
    private Optional<ServerCall.Listener<Q>> opened = Optional.empty();

    /**
     * Hands the events on from now on. A held event that throws stops none of the others, as in gRPC.
     *
     * @param failed gets the exception of a held event; later events throw theirs at gRPC
     */
    void open(ServerCall.Listener<Q> target, Consumer<Throwable> failed) {
        for (Optional<Consumer<ServerCall.Listener<Q>>> next = next(target); next.isPresent(); next = next(target)) {
            try {
                next.get().accept(target);
            } catch (Throwable e) {
                failed.accept(e);
            }
        }
    }

    /** An event that is held; after the last one the listener is open. */
    private synchronized Optional<Consumer<ServerCall.Listener<Q>>> next(ServerCall.Listener<Q> target) {
        opened = held.isEmpty() ? Optional.of(target) : opened;
        return Optional.ofNullable(held.poll());
    }

    private void on(Consumer<ServerCall.Listener<Q>> event) {
        heldUnlessOpen(event).ifPresent(event);
    }

    private synchronized Optional<ServerCall.Listener<Q>> heldUnlessOpen(Consumer<ServerCall.Listener<Q>> event) {
        if (opened.isEmpty()) {
            held.add(event);
        }
        return opened;
    }

    @Override
    public void onMessage(Q message) {
        on(listener -> listener.onMessage(message));
    }

    @Override
    public void onHalfClose() {
        on(ServerCall.Listener::onHalfClose);
    }

    @Override
    public void onCancel() {
        on(ServerCall.Listener::onCancel);
    }

    @Override
    public void onComplete() {
        on(ServerCall.Listener::onComplete);
    }

    @Override
    public void onReady() {
        on(ServerCall.Listener::onReady);
    }
}
