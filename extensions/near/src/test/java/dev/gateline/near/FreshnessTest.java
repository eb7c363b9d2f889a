package dev.gateline.near;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.AuthEvent;
import dev.gateline.AuthEvent.FeedLost;
import dev.gateline.AuthEvent.FeedRegained;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FreshnessTest {
    private final List<Class<? extends AuthEvent>> told = new CopyOnWriteArrayList<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final Freshness freshness = new Freshness(Duration.ofMinutes(1), false, Clock.systemUTC(), this::slowly);

    /** One for each task: the common pool may have a single thread. */
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private void slowly(AuthEvent event) {
        if (event instanceof FeedLost) {
            begun.countDown();
            try {
                assertThat(goOn.await(1, TimeUnit.MINUTES)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        told.add(event.getClass());
    }

    @Test
    void events_ofDifferentThreads_areAllTold() {
        goOn.countDown();
        Freshness here = freshness;
        for (Runnable change : List.<Runnable>of(
                () -> here.proveAsOf(longAgo()),
                () -> assertThat(here.isTrusted()).isFalse(),
                () -> here.proveAsOf(System.nanoTime()),
                here::forget,
                () -> assertThat(here.isTrusted()).isFalse())) {
            assertThat(CompletableFuture.runAsync(change, task -> new Thread(task).start()))
                    .succeedsWithin(1, TimeUnit.MINUTES);
        }

        assertThat(told).containsExactly(FeedLost.class, FeedRegained.class, FeedLost.class);
    }

    private static long longAgo() {
        return System.nanoTime() - Duration.ofMinutes(2).toNanos();
    }

    /** The thread of the feed proves freshness, and a listener may send a mail. */
    @Test
    void proof_whileAListenerIsSlow_doesNotWaitAndIsToldAfterwards() throws Exception {
        freshness.proveAsOf(longAgo());
        CompletableFuture<Boolean> request = CompletableFuture.supplyAsync(freshness::isTrusted, threads);
        assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();

        CompletableFuture<Void> heartbeat =
                CompletableFuture.runAsync(() -> freshness.proveAsOf(System.nanoTime()), threads);
        assertThat(heartbeat).succeedsWithin(1, TimeUnit.MINUTES);
        assertThat(freshness.isTrusted()).isTrue();
        assertThat(told).isEmpty();
        goOn.countDown();

        assertThat(request.get(1, TimeUnit.MINUTES)).isFalse();
        assertThat(told).containsExactly(FeedLost.class, FeedRegained.class);
    }
}
