package dev.gateline.jwt;

import java.io.ByteArrayOutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Gets small documents over HTTPS with one client. It follows no redirects, and limits the time and the number of
 * bytes. Thread-safe.
 */
final class RemoteDocument {
    static final int MAX_SIZE = 256 * 1024;

    private static final System.Logger LOG = System.getLogger(RemoteDocument.class.getName());

    private final Duration timeout;
    private final @Nullable HttpClient hosts;
    private @Nullable HttpClient own;
    private boolean closed;

    /**
     * Creates a reader, which starts nothing yet.
     *
     * @param hosts the host's client, which the host closes; null for a client of this object
     */
    RemoteDocument(Duration timeout, @Nullable HttpClient hosts) {
        this.timeout = timeout;
        this.hosts = hosts;
    }

    /**
     * Refuses a client that follows redirects. An answer counts only from the wired address, and a secret must go
     * nowhere else.
     *
     * @throws IllegalArgumentException if the client would go on to another address
     */
    static void checkFollowsNoRedirects(HttpClient client) {
        if (client.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException("http client: follows no redirects, was " + client.followRedirects()
                    + "; answers come from the address that was wired");
        }
    }

    private synchronized HttpClient client() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        if (hosts != null) {
            return hosts;
        }
        if (own == null) {
            own = HttpClient.newBuilder()
                    .connectTimeout(timeout)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
        }
        return own;
    }

    /**
     * Closes the client. Before Java 21 a client can't be closed, and its threads end some seconds after nobody holds
     * it.
     */
    void close() {
        if (takeOwn() instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                LOG.log(System.Logger.Level.WARNING, "an HTTP client for keys could not be closed", e);
            }
        }
    }

    private synchronized @Nullable HttpClient takeOwn() {
        HttpClient client = own;
        own = null;
        closed = true;
        return client;
    }

    /**
     * Gets a document.
     *
     * @param address the address, which has been checked
     * @throws IllegalStateException if that fails; the message says why
     */
    byte[] get(URI address) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(timeout)
                .header("Accept", "application/json, application/jwk-set+json")
                .build();
        CompletableFuture<HttpResponse<byte[]>> answer = client().sendAsync(request, info -> new Bounded());
        try {
            HttpResponse<byte[]> response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw failure(address, "answered " + response.statusCode(), null);
            }
            return response.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(address, "was interrupted", e);
        } catch (ExecutionException e) {
            throw failure(address, reason(e), e);
        } catch (TimeoutException e) {
            throw failure(address, "gave no whole answer within " + timeout, e);
        } finally {
            answer.cancel(true);
        }
    }

    private static IllegalStateException failure(URI address, String reason, @Nullable Throwable cause) {
        return new IllegalStateException(TrustedAddresses.shown(address) + " " + reason, cause);
    }

    private String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return "could not be reached by TLS: " + cause.getMessage()
                        + "; another trust store or key is the host's client's (httpClient)";
            }
            if (cause instanceof UnresolvedAddressException) {
                return "could not be reached: the host is unknown";
            }
            if (cause instanceof HttpTimeoutException) {
                return "gave no answer within " + timeout;
            }
        }
        boolean isRefused = failure.getCause() instanceof ConnectException;
        return isRefused ? "could not be reached: no connection" : "failed: " + failure.getCause();
    }

    /** Reads a body of at most {@link #MAX_SIZE} bytes. */
    static final class Bounded implements BodySubscriber<byte[]> {
        private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private Flow.@Nullable Subscription subscription;

        @Override
        public CompletionStage<byte[]> getBody() {
            return whole;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription = subscription;
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                byte[] part = new byte[Math.min(buffer.remaining(), MAX_SIZE + 1 - bytes.size())];
                buffer.get(part);
                bytes.writeBytes(part);
            }
            if (bytes.size() > MAX_SIZE && subscription != null) {
                subscription.cancel();
                whole.completeExceptionally(new IllegalStateException("more than " + MAX_SIZE + " bytes"));
            }
        }

        @Override
        public void onError(Throwable failure) {
            whole.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            whole.complete(bytes.toByteArray());
        }
    }
}
