package dev.gateline.spi;

import dev.gateline.AuthUnavailableException;
import dev.gateline.LoginId;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Notes of when logins were used, on their way to the store: one a login at a time, written behind the requests. What has
 * been noted here counts here at once. Its thread is there while there is something to write. Thread-safe.
 */
final class SeenNotes implements AutoCloseable {
    private static final long CLOSE_SECONDS = 5;

    private final LoginStore store;
    private final Reporter reporter;
    private final Map<LoginId, Instant> pending = new ConcurrentHashMap<>();
    private final AtomicBoolean writing = new AtomicBoolean();
    private final ThreadPoolExecutor writer;

    SeenNotes(LoginStore store, Reporter reporter) {
        this.store = store;
        this.reporter = reporter;
        writer = new ThreadPoolExecutor(
                1,
                1,
                5,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                SeenNotes::daemon,
                (task, closed) -> task.run());
        writer.allowCoreThreadTimeOut(true);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "gateline-seen");
        thread.setDaemon(true);
        return thread;
    }

    void note(LoginId id, Instant seenAt) {
        pending.merge(id, seenAt, (noted, at) -> at.isAfter(noted) ? at : noted);
        if (writing.compareAndSet(false, true)) {
            writer.execute(this::write);
        }
    }

    /**
     * When a login was last noted, or long ago if that is in the store. To be asked for before the store is: a note goes from
     * here only once it is there.
     */
    Instant of(LoginId id) {
        return pending.isEmpty() ? Instant.MIN : pending.getOrDefault(id, Instant.MIN);
    }

    /** All that may not be in the store yet, to be asked for as {@link #of}. */
    Map<LoginId, Instant> all() {
        return Map.copyOf(pending);
    }

    private void write() {
        writing.set(false);
        try {
            pending.forEach((id, seenAt) -> {
                Written unused = reporter.ask("note the use of a login", () -> store.touch(id, seenAt));
                pending.remove(id, seenAt);
            });
        } catch (AuthUnavailableException e) {
            // has been reported; the next note tries again
        }
    }

    /** Writes what is left. */
    @Override
    public void close() {
        writer.shutdown();
        try {
            if (writer.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                write();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
