package dev.gateline.jdbc;

import dev.gateline.jdbc.ChangeLog.Entry;
import dev.gateline.store.Change;
import dev.gateline.store.ChangeFeed;
import dev.gateline.store.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells of changes by a table that one thread reads, at an interval and whenever it is woken: by a change of this
 * node's, and on PostgreSQL by a notification of any. All that was committed before the query was sent is in its
 * answer, or was read before, if the server takes writes, as the query also asks: that is the proof of freshness.
 *
 * <p>A thread that waits is woken and never interrupted: H2 closes a file whose reader is.
 */
final class JdbcChangeFeed implements ChangeFeed {
    private static final System.Logger LOG = System.getLogger(JdbcStorage.class.getName());
    private static final Duration USUAL_INTERVAL = Duration.ofMillis(100);

    /** Each poll is also a proof of freshness, which the shortest staleness that a node may ask for needs twice. */
    private static final Duration INTERVAL_BESIDE_NOTIFICATIONS = Duration.ofMillis(300);

    private static final Duration LONGEST_PAUSE_AFTER_FAILURES = Duration.ofSeconds(1);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

    private final Database database;
    private final ChangeLog log;
    private final Upkeep upkeep;
    private final Optional<Duration> interval;
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private final Semaphore wake = new Semaphore(0);
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile boolean closed;
    private volatile @Nullable PostgresListener listener;
    private final Thread thread = new Thread(this::run, "gateline-jdbc-feed");

    // of the thread
    private @Nullable LogPosition position;
    private long provenAt;
    private int failures;

    /**
     * A feed that has not started.
     *
     * @param interval between two polls; empty for the default of the database
     */
    JdbcChangeFeed(Database database, ChangeLog log, Upkeep upkeep, Optional<Duration> interval) {
        this.database = database;
        this.log = log;
        this.upkeep = upkeep;
        this.interval = interval;
        thread.setDaemon(true);
        database.feedServer().onOther(wake::release);
    }

    @Override
    public void publish(Change change) {
        log.append(change);
        wake.release();
        upkeep.afterWrite();
    }

    @Override
    public void publishAll(List<Change> changes) {
        log.appendAll(changes);
        wake.release();
        upkeep.afterWrite();
    }

    @Override
    public void subscribe(Subscriber subscriber) {
        if (closed) {
            throw new IllegalStateException("the feed is closed");
        }
        subscriptions.add(new Subscription(subscriber));
        if (started.compareAndSet(false, true)) {
            thread.start();
        }
        wake.release();
    }

    @Override
    public Duration provenWithin() {
        return interval.orElse(INTERVAL_BESIDE_NOTIFICATIONS);
    }

    private void run() {
        try {
            while (!closed) {
                round();
                boolean unused = wake.tryAcquire(pause().toNanos(), TimeUnit.NANOSECONDS);
                // before the round: who wakes during it wakes for the next one
                wake.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            database.feedServer().forget();
        }
    }

    /** Reads and tells once; whatever fails, the next round begins with a gap. */
    private void round() {
        try {
            LogPosition at = positionOrStart();
            subscriptions.forEach(this::tellGap);
            long sent = System.nanoTime();
            if (!deliver(at, this::tell)) {
                position = null;
                wake.release();
                return;
            }
            provenAt = sent;
            subscriptions.forEach(each -> tellFresh(each, sent));
            goOnAfterFailures();
            listen();
        } catch (RuntimeException e) {
            position = null;
            noteFailure(e);
        }
    }

    private void noteFailure(RuntimeException failure) {
        if (failures++ == 0 && !closed) {
            LOG.log(System.Logger.Level.WARNING, "the change feed is lost: {0}", failure.getMessage());
        }
    }

    private void goOnAfterFailures() {
        if (failures > 0) {
            LOG.log(System.Logger.Level.INFO, "the change feed is back");
        }
        failures = 0;
    }

    /** A position that is too old may have been overtaken by the purge. */
    private LogPosition positionOrStart() {
        LogPosition known = position;
        boolean inTime = System.nanoTime() - provenAt < ChangeLog.RETENTION.toNanos() / 2;
        return known != null && inTime ? known : start();
    }

    /**
     * Entries that are in the log now need not be reported. Entries that are still on their way are reported when they
     * arrive.
     */
    private LogPosition start() {
        Answer<Entry> newest = log.newestSettled();
        database.feedServer().moveTo(newest.server());
        LogPosition fresh = new LogPosition(newest.value());
        if (!deliver(fresh, entry -> {})) {
            throw new IllegalStateException("the changes were purged or the server changed while they were read");
        }
        subscriptions.forEach(Subscription::lose);
        position = fresh;
        return fresh;
    }

    /** Takes what is new. Returns whether server and log are those that were read until now. */
    private boolean deliver(LogPosition at, Consumer<Entry> action) {
        Answer<List<Entry>> page = log.page(at.from());
        if (!isHere(page) || !at.isIn(page.value())) {
            return false;
        }
        deliver(at, page.value(), action);
        while (page.value().size() == ChangeLog.PAGE) {
            page = log.page(page.value().get(ChangeLog.PAGE - 1).id() + 1);
            if (!isHere(page)) {
                return false;
            }
            deliver(at, page.value(), action);
        }
        at.advance(System.nanoTime());
        return true;
    }

    /** Changes that the stores of this node made at another server would be missing in this log. */
    private boolean isHere(Answer<List<Entry>> page) {
        return database.feedServer().isStill(page.server());
    }

    private static void deliver(LogPosition at, List<Entry> page, Consumer<Entry> action) {
        long now = System.nanoTime();
        page.stream().filter(entry -> at.read(entry, now)).forEach(action);
    }

    /** A change that can't be read, of a later version perhaps, could be of anything. */
    private void tell(Entry entry) {
        try {
            Change change = Change.read(entry.what());
            subscriptions.stream().filter(each -> !closed).forEach(each -> each.tell(change));
        } catch (IllegalArgumentException e) {
            subscriptions.forEach(Subscription::lose);
        }
    }

    private void tellGap(Subscription each) {
        if (!closed) {
            each.tellGap();
        }
    }

    private void tellFresh(Subscription each, long nanos) {
        if (!closed) {
            each.tellFresh(nanos);
        }
    }

    private void listen() {
        if (listener == null && database.dialect() == Dialect.POSTGRESQL && PostgresDriver.isThere()) {
            PostgresListener started = new PostgresListener(database, wake::release);
            listener = started;
            started.start();
            if (closed) {
                started.close();
            }
        }
    }

    private Duration pause() {
        if (position == null) {
            Duration doubled = USUAL_INTERVAL.multipliedBy(1L << Math.min(failures, 10));
            return shorter(doubled, LONGEST_PAUSE_AFTER_FAILURES);
        }
        PostgresListener notified = listener;
        Duration usual = notified != null && notified.isUp() ? INTERVAL_BESIDE_NOTIFICATIONS : USUAL_INTERVAL;
        Duration set = interval.orElse(usual);
        boolean hurry =
                subscriptions.stream().anyMatch(Subscription::isInGap) || (notified != null && !notified.isUp());
        return hurry ? shorter(set, USUAL_INTERVAL) : set;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Waits until the threads have stopped, or ten seconds if a subscriber or the database holds them up. */
    @Override
    public void close() {
        closed = true;
        wake.release();
        PostgresListener stopping = listener;
        if (stopping != null) {
            stopping.close();
        }
        if (started.get() && !thread.equals(Thread.currentThread())) {
            try {
                thread.join(LONGEST_CLOSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
