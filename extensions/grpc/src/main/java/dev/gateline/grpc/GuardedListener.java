package dev.gateline.grpc;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.ServerCall;

/** Closes the call with the right status if its method throws an exception of Gateline. */
final class GuardedListener<Q> extends SimpleForwardingServerCallListener<Q> {
    private final GuardedCall<Q, ?> call;

    GuardedListener(ServerCall.Listener<Q> delegate, GuardedCall<Q, ?> call) {
        super(delegate);
        this.call = call;
    }

    @Override
    public void onMessage(Q message) {
        guarded(() -> super.onMessage(message));
    }

    @Override
    public void onHalfClose() {
        guarded(super::onHalfClose);
    }

    @Override
    public void onReady() {
        guarded(super::onReady);
    }

    private void guarded(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException e) {
            if (!call.answers(e)) {
                throw e;
            }
        }
    }
}
