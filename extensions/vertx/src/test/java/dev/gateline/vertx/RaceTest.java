package dev.gateline.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.http.AsyncHttpAuth;
import dev.gateline.http.BearerCarrier;
import dev.gateline.http.HttpAuth;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Storage;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A thread of the executor may have the answer while the event loop still says what shall be done with it. */
@Tag("slow")
class RaceTest {
    private static final int LONGEST_DELAY = 64;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Impatient executor = new Impatient();
    private int lost;

    /** A thread that waits for calls by spinning, and begins each a little later than the one before. */
    @SuppressWarnings("ThreadPriorityCheck") // it yields only for the sake of a machine with one core
    private static final class Impatient implements Executor {
        private final AtomicReference<@Nullable Runnable> next = new AtomicReference<>();
        private final Thread thread = new Thread(this::work);

        @Override
        public void execute(Runnable call) {
            while (!next.compareAndSet(null, call)) {
                Thread.yield();
            }
        }

        private void work() {
            int round = 0;
            while (!Thread.currentThread().isInterrupted()) {
                Runnable call = next.get();
                if (call == null) {
                    Thread.yield();
                    continue;
                }
                for (int i = round++ % LONGEST_DELAY; i > 0; i--) {
                    Thread.onSpinWait();
                }
                call.run();
                next.set(null);
            }
        }
    }

    @AfterEach
    void stop() throws Exception {
        executor.thread.interrupt();
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    /** Runs on the event loop. The window is narrow, so there are as many rounds as a second has. */
    private void race(AsyncHttpAuth auth, RoutingContext context) {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(1)) {
            new VertxAuth(auth, context).known().onSuccess(door -> {
                if (!door.outcome().equals(Outcome.rejected(Rejection.AMBIGUOUS))) {
                    lost++;
                }
            });
        }
        vertx.getOrCreateContext().runOnContext(any -> context.end(lost + " lost"));
    }

    @Test
    void known_executorIsAsFastAsTheEventLoop_theAnswerIsNotLost() throws Exception {
        executor.thread.start();
        AsyncHttpAuth auth = new AsyncHttpAuth(
                HttpAuth.builder()
                        .lane(
                                BearerCarrier.create(),
                                SessionAuthenticator.builder(Storage.inMemory(1))
                                        .build())
                        .build(),
                executor);
        Router router = Router.router(vertx);
        router.route().handler(context -> race(auth, context));
        HttpServer server =
                await(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));

        HttpRequest twoTokens = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + "/"))
                .header("Authorization", "Bearer one")
                .header("Authorization", "Bearer two")
                .timeout(Duration.ofSeconds(60))
                .build();

        assertThat(HttpClient.newHttpClient()
                        .send(twoTokens, BodyHandlers.ofString())
                        .body())
                .isEqualTo("0 lost");
    }
}
