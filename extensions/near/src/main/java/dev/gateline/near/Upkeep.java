package dev.gateline.near;

import dev.gateline.AuthUnavailableException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Work in the store from time to time, on a thread of its own that runs while there is work. The feed's thread does not
 * wait for it. Thread-safe.
 */
final class Upkeep implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(NearStorage.class.getName());
    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1);

    private final Runnable task;
    private final AtomicBoolean queued = new AtomicBoolean();
    private final AtomicBoolean failing = new AtomicBoolean();
    private final LongSupplier nanos;
    private final AtomicLong dueAt;
    private final ThreadPoolExecutor worker;

    /**
     * Starts without work.
     *
     * @param task the work, called at most once a second, also after an exception
     * @param nanos the monotonic clock, in nanoseconds
     */
    Upkeep(Runnable task, LongSupplier nanos) {
        this.task = task;
        this.nanos = nanos;
        dueAt = new AtomicLong(nanos.getAsLong() + INTERVAL);
        worker = new ThreadPoolExecutor(
                1,
                1,
                5,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Upkeep::daemon,
                new ThreadPoolExecutor.DiscardPolicy());
        worker.allowCoreThreadTimeOut(true);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "gateline-near");
        thread.setDaemon(true);
        return thread;
    }

    /** Does the work if it is due. Each proof of freshness calls it. */
    void keep() {
        if (nanos.getAsLong() - dueAt.get() >= 0 && queued.compareAndSet(false, true)) {
            worker.execute(this::run);
        }
    }

    private void run() {
        try {
            task.run();
            if (failing.getAndSet(false)) {
                LOG.log(System.Logger.Level.INFO, "the upkeep of copies works again");
            }
        } catch (RuntimeException | Error e) {
            noteFailure(e);
        } finally {
            dueAt.set(nanos.getAsLong() + INTERVAL);
            queued.set(false);
        }
    }

    private void noteFailure(Throwable failure) {
        if (!failing.getAndSet(true) && !worker.isShutdown()) {
            Object reason = failure instanceof AuthUnavailableException ? failure.getMessage() : failure;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the upkeep of copies has failed, and is tried again each second: {0}",
                    reason);
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
