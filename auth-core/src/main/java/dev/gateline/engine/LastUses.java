package dev.gateline.engine;

import dev.gateline.LoginId;
import dev.gateline.store.LoginStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The last uses of logins that are not written to the store yet: one note for each login. A note waits for others, and
 * a thread writes many at a time, after the requests. The wait is random, so that nodes with notes of the same login
 * rarely write at the same moment. The store does not write a note if another node has noted the login lately. A note
 * counts on this node at once. Notes that fail are retried until {@link #close}, and the listener hears of the first
 * failure of a streak. Thread-safe.
 */
final class LastUses implements AutoCloseable {
    private static final long CLOSE_SECONDS = 5;
    private static final int LARGEST_BATCH = 512;

    /** The longest time that a note waits for others. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    /** The number of notes that wait at most. Without its note a login may end too early, but never too late. */
    static final int MOST = 1 << 18;

    /** The number of failures in a row after which the store counts as down. */
    private static final int PATIENCE = 5;

    private final LoginStore store;
    private final Duration interval;
    private final Duration longestWait;
    private final Reporter reporter;
    private final Map<LoginId, Instant> pending = new ConcurrentHashMap<>();
    private final AtomicBoolean writing = new AtomicBoolean();
    private final AtomicBoolean failing = new AtomicBoolean();
    private final Semaphore hurry = new Semaphore(0);
    private final ExecutorService writer;

    /** The number of notes in one write. It shrinks after a failure, until the failing note is found. */
    private volatile int batch = LARGEST_BATCH;

    /**
     * Starts without notes.
     *
     * @param interval the interval in which one note of a login is enough, whichever node has written it
     * @param longestWait the longest time that a note waits for others; the shortest is half of it
     */
    LastUses(LoginStore store, Duration interval, Duration longestWait, Reporter reporter) {
        this(store, interval, longestWait, reporter, oneThread());
    }

    /**
     * Starts without notes.
     *
     * @param writer runs one task after another; once it is closed, the thread that has a task runs it
     */
    LastUses(LoginStore store, Duration interval, Duration longestWait, Reporter reporter, ExecutorService writer) {
        this.store = store;
        this.interval = interval;
        this.longestWait = longestWait;
        this.reporter = reporter;
        this.writer = writer;
    }

    private static ExecutorService oneThread() {
        ThreadPoolExecutor writer = new ThreadPoolExecutor(
                1, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), LastUses::daemon, (task, closed) -> task.run());
        writer.allowCoreThreadTimeOut(true);
        return writer;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "gateline-seen");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Notes a use.
     *
     * @param atOnce whether the note, and all others with it, are written without waiting for more
     */
    void note(LoginId id, Instant seenAt, boolean atOnce) {
        if (pending.size() < MOST || pending.containsKey(id)) {
            pending.merge(id, seenAt, (noted, at) -> at.isAfter(noted) ? at : noted);
        }
        writeSoon();
        if (atOnce) {
            hurry.release();
        }
    }

    private void writeSoon() {
        if (writing.compareAndSet(false, true)) {
            writer.execute(() -> {
                awaitOthers();
                if (!write() && !isClosed()) {
                    writeSoon();
                }
            });
        }
    }

    private void awaitOthers() {
        long longest = longestWait.toNanos();
        long wait = isClosed() ? 0 : ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
        try {
            boolean unused = hurry.tryAcquire(wait, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        hurry.drainPermits();
    }

    /** Whether the listener has heard of a failure, and not all notes could be written since. */
    boolean isFailing() {
        return failing.get();
    }

    /** Whether a note would be written by the thread that makes it. */
    boolean isClosed() {
        return writer.isShutdown();
    }

    /**
     * The last noted use of a login, or {@link Instant#MIN} if no note is left to write. Ask here before you ask the
     * store, because a note leaves this place only after it is in the store, or another one that makes it superfluous.
     */
    Instant of(LoginId id) {
        // without a look whether the map is empty: it counts an entry after it has added it
        return pending.getOrDefault(id, Instant.MIN);
    }

    /** All notes that may not be in the store yet. Ask here before you ask the store, as with {@link #of}. */
    Map<LoginId, Instant> all() {
        return Map.copyOf(pending);
    }

    /**
     * Writes many notes at once. A note that fails is skipped and left for the next time, so one locked row delays no
     * other.
     *
     * @return whether no note has failed
     */
    private boolean write() {
        writing.set(false);
        List<Map.Entry<LoginId, Instant>> notes = new ArrayList<>(pending.entrySet());
        Collections.shuffle(notes);
        int failures = 0;
        boolean all = true;
        for (int from = 0; from < notes.size() && failures < PATIENCE; ) {
            int to = Math.min(from + batch, notes.size());
            boolean written = write(notes.subList(from, to));
            from = to;
            all &= written;
            failures = written ? 0 : failures + 1;
            batch = written ? Math.min(LARGEST_BATCH, batch * 2) : Math.max(1, batch / 4);
        }
        if (all) {
            failing.set(false);
        }
        return all;
    }

    private boolean write(List<Map.Entry<LoginId, Instant>> notes) {
        Map<LoginId, Instant> seenAt = new HashMap<>();
        notes.forEach(note -> seenAt.put(note.getKey(), note.getValue()));
        try {
            Map<LoginId, Instant> unused = store.touchAll(seenAt, interval);
            seenAt.forEach(pending::remove);
            return true;
        } catch (RuntimeException e) {
            if (!failing.getAndSet(true)) {
                RuntimeException unused = reporter.failure("note the use of logins", e);
            }
            return false;
        }
    }

    /** Writes the remaining notes at once. From now on each note is written by the thread that makes it. */
    @Override
    public void close() {
        writer.shutdown();
        hurry.release();
        try {
            if (writer.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                boolean unused = write();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
