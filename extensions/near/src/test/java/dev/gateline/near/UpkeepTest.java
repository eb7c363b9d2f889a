package dev.gateline.near;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.kit.Patience;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class UpkeepTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger runs = new AtomicInteger();

    private Upkeep counting() {
        return new Upkeep(runs::incrementAndGet, nanos::get);
    }

    private void awaitRuns(Upkeep upkeep, int count) {
        Patience.await(count + " runs", () -> {
            upkeep.keep();
            return runs.get() >= count;
        });
    }

    @Test
    void keep_workIsNotDue_doesNothing() {
        try (Upkeep upkeep = counting()) {
            for (long at : new long[] {0, SECOND - 1}) {
                nanos.set(at);
                upkeep.keep();
            }
            nanos.set(SECOND);
            awaitRuns(upkeep, 1);
        }

        assertThat(runs).hasValue(1);
    }

    @Test
    void close_duringWork_interruptsItWithoutALineInTheLog() {
        CompletableFuture<Thread> worker = new CompletableFuture<>();
        Runnable endless = () -> {
            worker.complete(Thread.currentThread());
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted", e);
            }
        };
        try (Logs logs = new Logs()) {
            Upkeep upkeep = new Upkeep(endless, nanos::get);
            nanos.set(SECOND);
            upkeep.keep();
            Thread thread = worker.join();
            assertThat(thread.isDaemon()).isTrue();

            upkeep.close();
            upkeep.keep();

            Patience.await("the end of the thread", () -> !thread.isAlive());
            assertThat(logs.lines()).isEmpty();
        }
    }

    @Test
    @Tag("slow")
    void keep_taskFails_isLoggedOnceForAStreakAndTriedAgain() {
        Runnable failsThreeTimes = () -> {
            if (runs.incrementAndGet() < 4) {
                throw new StackOverflowError("as it was told to");
            }
        };
        try (Logs logs = new Logs();
                Upkeep upkeep = new Upkeep(failsThreeTimes, () -> nanos.getAndAdd(SECOND))) {
            awaitRuns(upkeep, 6);

            assertThat(logs.lines())
                    .satisfiesExactly(
                            first -> assertThat(first)
                                    .startsWith("WARNING the upkeep of copies has failed")
                                    .contains("StackOverflowError: as it was told to"),
                            second -> assertThat(second).isEqualTo("INFO the upkeep of copies works again"));
        }
    }
}
