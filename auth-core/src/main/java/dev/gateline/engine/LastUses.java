package dev.gateline.engine;

import dev.gateline.AuthUnavailableException;
import dev.gateline.LoginId;
import dev.gateline.store.LoginStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The last uses of logins that are not written to the store yet: one note for each login. A thread writes many notes at
 * a time, after the requests, and runs while there is a note to write. A note counts on this node at once. Thread-safe.
 */
final class LastUses implements AutoCloseable {
    private static final long CLOSE_SECONDS = 5;
    private static final int LARGEST_BATCH = 512;

    /** The number of failures in a row after which the store counts as down. */
    private static final int PATIENCE = 5;

    private final LoginStore store;
    private final Reporter reporter;
    private final Map<LoginId, Instant> pending = new ConcurrentHashMap<>();
    private final AtomicBoolean writing = new AtomicBoolean();
    private final ThreadPoolExecutor writer;

    /** The number of notes in one write. It shrinks after a failure, until the failing note is found. */
    private volatile int batch = LARGEST_BATCH;

    LastUses(LoginStore store, Reporter reporter) {
        this.store = store;
        this.reporter = reporter;
        writer = new ThreadPoolExecutor(
                1, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), LastUses::daemon, (task, closed) -> task.run());
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

    /** Whether a note would be written by the thread that makes it. */
    boolean isClosed() {
        return writer.isShutdown();
    }

    /**
     * The last noted use of a login, or {@link Instant#MIN} if no note is left to write. Ask here before you ask the
     * store, because a note leaves this place only after it is in the store.
     */
    Instant of(LoginId id) {
        return pending.isEmpty() ? Instant.MIN : pending.getOrDefault(id, Instant.MIN);
    }

    /** All notes that may not be in the store yet. Ask here before you ask the store, as with {@link #of}. */
    Map<LoginId, Instant> all() {
        return Map.copyOf(pending);
    }

    /**
     * Writes many notes at once. A note that fails is skipped and left for the next time, so one locked row delays no
     * other.
     */
    private void write() {
        writing.set(false);
        List<Map.Entry<LoginId, Instant>> notes = new ArrayList<>(pending.entrySet());
        Collections.shuffle(notes);
        int failures = 0;
        for (int from = 0; from < notes.size() && failures < PATIENCE; ) {
            int to = Math.min(from + batch, notes.size());
            boolean written = write(notes.subList(from, to));
            from = to;
            failures = written ? 0 : failures + 1;
            batch = written ? Math.min(LARGEST_BATCH, batch * 2) : Math.max(1, batch / 4);
        }
    }

    private boolean write(List<Map.Entry<LoginId, Instant>> notes) {
        Map<LoginId, Instant> seenAt = new HashMap<>();
        notes.forEach(note -> seenAt.put(note.getKey(), note.getValue()));
        try {
            return reporter.orUnavailable("note the use of logins", () -> {
                store.touchAll(seenAt);
                seenAt.forEach(pending::remove);
                return true;
            });
        } catch (AuthUnavailableException e) {
            // the reporter has told the listener of it
            return false;
        }
    }

    /** Writes the remaining notes. */
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
