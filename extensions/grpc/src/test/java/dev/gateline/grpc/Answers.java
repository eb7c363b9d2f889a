package dev.gateline.grpc;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Keeps what a call answers. */
final class Answers implements StreamObserver<String> {
    private final BlockingQueue<String> messages = new ArrayBlockingQueue<>(100);
    private final CompletableFuture<StatusRuntimeException> failure = new CompletableFuture<>();

    String next() {
        try {
            String next = messages.poll(60, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no message came; failure: " + failure);
            }
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    StatusRuntimeException failure() {
        try {
            return failure.get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    boolean isEmpty() {
        return messages.isEmpty() && !failure.isDone();
    }

    @Override
    public void onNext(String message) {
        messages.add(message);
    }

    @Override
    public void onError(Throwable error) {
        failure.complete((StatusRuntimeException) error);
    }

    @Override
    public void onCompleted() {}
}
