package dev.gateline.jwt;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Gets small documents over HTTPS: no redirects, a limit on time, and no more bytes taken in than allowed. */
final class RemoteDocument {
    static final int MAX_SIZE = 256 * 1024;

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Duration timeout;
    private final boolean insecureHttp;

    RemoteDocument(Duration timeout, boolean insecureHttp) {
        this.timeout = timeout;
        this.insecureHttp = insecureHttp;
    }

    /**
     * Refuses what is not https, or names a user, whose password would be nowhere safe.
     *
     * @throws IllegalArgumentException naming the address
     */
    void checkAddress(URI address) {
        boolean https = "https".equals(address.getScheme());
        boolean local = "http".equals(address.getScheme()) && LOOPBACK.contains(String.valueOf(address.getHost()));
        boolean plain = address.getRawUserInfo() == null && address.getRawFragment() == null;
        if (address.getHost() == null || !plain || !(https || (insecureHttp && local))) {
            throw new IllegalArgumentException(
                    "address of keys: https, without user and fragment, was " + shown(address));
        }
    }

    /** Without what may be a secret. */
    private static String shown(URI address) {
        return address.toString().replaceFirst("//[^/]*@", "//redacted@").replaceFirst("\\?.*", "?redacted");
    }

    /**
     * Gets it. A client of its own for each fetch: they are minutes apart, and nothing is left to close.
     *
     * @throws IllegalStateException saying what went wrong
     */
    byte[] get(URI address) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(timeout)
                .header("Accept", "application/json, application/jwk-set+json")
                .build();
        CompletableFuture<HttpResponse<byte[]>> answer = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build()
                .sendAsync(request, info -> new Bounded());
        try {
            HttpResponse<byte[]> response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw new IllegalStateException(shown(address) + " answered " + response.statusCode());
            }
            return response.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(shown(address) + ": interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(shown(address) + ": " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException(shown(address) + ": no whole answer within " + timeout, e);
        } finally {
            answer.cancel(true);
        }
    }

    /** Takes in a body of at most {@link #MAX_SIZE} bytes. */
    static final class Bounded implements BodySubscriber<byte[]> {
        private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private Flow.@org.jspecify.annotations.Nullable Subscription subscription;

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
