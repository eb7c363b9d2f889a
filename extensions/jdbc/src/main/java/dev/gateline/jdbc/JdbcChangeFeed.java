package dev.gateline.jdbc;

import dev.gateline.spi.Change;
import dev.gateline.spi.ChangeFeed;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * A table of changes that every node reads on a thread of its own: at an interval, and at once when it is woken. That a read
 * which began at a moment has been delivered proves that all published before it has. Thread-safe.
 */
final class JdbcChangeFeed implements ChangeFeed {
    private static final System.Logger LOG = System.getLogger(JdbcChangeFeed.class.getName());
    private static final long RETENTION = Duration.ofMinutes(10).toNanos();
    private static final long UPKEEP_EVERY = Duration.ofMinutes(1).toNanos();
    private static final long RETRY_MILLIS = 200;

    private final Database database;
    private final Supplier<Dialect> dialect;
    private final long pollMillis;
    private final Runnable upkeep;
    private final PostgresWaker waker;
    private final ChangeLog log;
    private final List<Listening> subscribers = new CopyOnWriteArrayList<>();
    private final Semaphore wake = new Semaphore(0);
    private final Deque<Milestone> milestones = new ArrayDeque<>();
    private volatile boolean closed;
    private volatile boolean started;
    private boolean inGap = true;
    private long readAt;

    /** One who may not have been told of the gap with which all begins. */
    private static final class Listening {
        private final Subscriber subscriber;
        private boolean inGap = true;

        Listening(Subscriber subscriber) {
            this.subscriber = subscriber;
        }
    }

    /** How far the log had been read at a time. */
    private record Milestone(long nanos, long upTo) {}

    JdbcChangeFeed(DataSource source, Database database, Supplier<Dialect> dialect, Duration poll, Runnable upkeep) {
        this.database = database;
        waker = new PostgresWaker(source, this);
        this.dialect = dialect;
        this.upkeep = upkeep;
        pollMillis = poll.toMillis();
        log = new ChangeLog(database);
    }

    @Override
    public void publish(Change change) {
        int unused =
                database.run("tell of a change", on -> on.update(dialect.get().tell(), change.write()));
        wake();
    }

    @Override
    public void subscribe(Subscriber subscriber) {
        subscribers.add(new Listening(subscriber));
        start();
        wake();
    }

    private synchronized void start() {
        if (!started && !closed) {
            started = true;
            Thread thread = new Thread(this::run, "gateline-changes");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Something may be there to read. */
    void wake() {
        wake.release();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        subscribers.clear();
        wake();
    }

    private void run() {
        while (!closed) {
            long wait = pollMillis;
            try {
                read();
            } catch (RuntimeException e) {
                if (!inGap) {
                    LOG.log(System.Logger.Level.WARNING, "changes can't be read; trying again", e);
                }
                inGap = true;
                wait = RETRY_MILLIS;
            }
            pause(wait);
        }
    }

    private void pause(long millis) {
        try {
            boolean woken = wake.tryAcquire(millis, TimeUnit.MILLISECONDS);
            if (woken) {
                wake.drainPermits();
            }
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    private void read() {
        long now = System.nanoTime();
        if (inGap || now - readAt > RETENTION / 2) {
            log.begin();
            milestones.clear();
            subscribers.forEach(it -> it.inGap = true);
            inGap = false;
        }
        if (dialect.get() == Dialect.POSTGRESQL) {
            waker.start();
        }
        List<Listening> hearing = List.copyOf(subscribers);
        for (Listening it : hearing) {
            if (it.inGap) {
                it.subscriber.gap();
                it.inGap = false;
            }
        }
        long asked = System.nanoTime();
        List<Change> changes = log.next(asked);
        for (Listening it : hearing) {
            changes.forEach(it.subscriber::changed);
            it.subscriber.freshAsOf(asked);
        }
        readAt = asked;
        keepUp(asked);
    }

    /** Deletes what all nodes have read, or have to begin anew without: no clock but this one's is asked. */
    private void keepUp(long nanos) {
        Milestone last = milestones.peekLast();
        if (last != null && nanos - last.nanos < UPKEEP_EVERY) {
            return;
        }
        milestones.addLast(new Milestone(nanos, log.seenUpTo()));
        Milestone first = milestones.getFirst();
        if (nanos - first.nanos > RETENTION) {
            milestones.removeFirst();
            int unused = database.run(
                    "purge changes", on -> on.update("DELETE FROM gateline_change WHERE id <= ?", first.upTo));
        }
        upkeep.run();
    }
}
