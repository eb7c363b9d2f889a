package dev.gateline.jdbc;

import dev.gateline.AuthUnavailableException;
import dev.gateline.jdbc.ChangeLog.Entry;
import dev.gateline.jdbc.LogReader.Rewound;
import dev.gateline.jdbc.LogReader.Round;
import dev.gateline.store.Change;
import dev.gateline.store.ChangeFeed;
import dev.gateline.store.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A feed over a table of changes, which one thread reads at an interval and whenever it is woken. A change of this node
 * wakes the thread, and on PostgreSQL a notification of any node does. Every change that was committed before a round
 * is read in that round or was read before, if the server takes writes, which each query also asks. That is the proof
 * of freshness.
 *
 * <p>After a failure of the connection the thread reads on from its position, without a gap, if the round proves that
 * the log is still the same ({@link LogReader#goesOn}). Any other failure is a gap. If another run of the server has
 * lost only the end of the log, and each revocation is written in one step with its entry, as on PostgreSQL, the thread
 * reads on at an earlier entry ({@link LogReader#backIn}).
 *
 * <p>The thread is woken and never interrupted, because H2 closes its file if a reader is interrupted. Thread-safe.
 */
final class JdbcChangeFeed implements ChangeFeed {
    private static final System.Logger LOG = System.getLogger(JdbcStorage.class.getName());
    private static final Duration USUAL_INTERVAL = Duration.ofMillis(100);

    /**
     * Each round is also a proof of freshness. The shortest staleness that a node may ask for is more than twice this.
     */
    private static final Duration INTERVAL_BESIDE_NOTIFICATIONS = Duration.ofMillis(300);

    private static final Duration LONGEST_PAUSE_AFTER_FAILURES = Duration.ofSeconds(1);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

    private final Database database;
    private final ChangeLog log;
    private final Upkeep upkeep;
    private final Optional<Duration> interval;
    private final Duration settling;
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private final Semaphore wake = new Semaphore(0);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile @Nullable PostgresListener listener;
    private final Thread thread = new Thread(this::run, "gateline-jdbc-feed");

    // these fields are for the thread
    private final Pace pace;
    private @Nullable LogReader reader;

    /** The last reader that has proven anything, after it was given up. */
    private @Nullable LogReader former;

    private boolean hasFound;
    private long provenAt;
    private int failures;
    private boolean upkeepHasBegun;

    /**
     * Creates a feed that has not started.
     *
     * @param interval the time between two rounds; empty for the default of the database
     * @param settling as for {@link LogReader#backIn}
     */
    JdbcChangeFeed(Database database, ChangeLog log, Upkeep upkeep, Optional<Duration> interval, Duration settling) {
        this.database = database;
        this.log = log;
        this.upkeep = upkeep;
        this.interval = interval;
        this.settling = settling;
        pace = new Pace(provenWithin());
        thread.setDaemon(true);
        database.feedServer().onOther(this::wakeUp);
    }

    @Override
    public void publish(Change change) {
        publishAll(List.of(change));
    }

    @Override
    public void publishAll(List<Change> changes) {
        log.append(changes);
        published();
    }

    /** One permit is enough, and without a subscriber nobody takes one. */
    private void wakeUp() {
        if (wake.availablePermits() == 0) {
            wake.release();
        }
    }

    /** Looks for a change that this node has just appended to the log. */
    void published() {
        wakeUp();
        upkeep.afterWrite();
    }

    @Override
    public void subscribe(Subscriber subscriber) {
        if (isClosed()) {
            throw new IllegalStateException("the feed is closed");
        }
        subscriptions.add(new Subscription(subscriber));
        if (started.compareAndSet(false, true)) {
            thread.start();
        }
        wakeUp();
    }

    @Override
    public Duration provenWithin() {
        return interval.orElse(INTERVAL_BESIDE_NOTIFICATIONS);
    }

    private boolean isClosed() {
        return closing.getCount() == 0;
    }

    private void run() {
        try {
            while (!isClosed()) {
                hasFound = false;
                round();
                // wakes are in vain so soon after a round, because the next round comes at once
                boolean unused = hasFound
                        ? closing.await(Pace.SHORTEST.toMillis(), TimeUnit.MILLISECONDS)
                        : wake.tryAcquire(pause().toNanos(), TimeUnit.NANOSECONDS);
                // before the round, so that a wake during the round is for the next one
                wake.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            database.feedServer().forget();
        }
    }

    /** Reads the log once and reports. */
    private void round() {
        try {
            LogReader before = reader;
            LogReader at = readerOrStart();
            boolean isBack = failures > 0 && at == before;
            subscriptions.forEach(this::tellGap);
            long sent = System.nanoTime();
            Round round = at.read(this::tell);
            if (!round.sameLog() || (isBack && !at.goesOn())) {
                giveUpReader();
                wakeUp();
                return;
            }
            noteFound(round.found() > 0);
            goOnAfterFailures();
            if (round.complete()) {
                provenAt = sent;
                beginUpkeep();
                subscriptions.forEach(each -> tellFresh(each, sent));
            }
            listen();
        } catch (RuntimeException | Error e) {
            if (!isOfConnection(e)) {
                giveUpReader();
            }
            noteFailure(e);
        }
    }

    /** A reader that has proven nothing yet can't say where its log and another one differ. */
    private void giveUpReader() {
        LogReader last = reader;
        if (last != null) {
            former = last.hasLandmarks() ? last : null;
            reader = null;
        }
    }

    /** A server that takes no writes may be the standby of another one meanwhile, whose log differs. */
    private static boolean isOfConnection(Throwable failure) {
        return failure instanceof AuthUnavailableException && !(failure.getCause() instanceof ServerException);
    }

    private void noteFound(boolean found) {
        hasFound = found;
        pace.note(found);
        if (found) {
            log.wakeups().found();
        }
    }

    /** An {@link Error} ends the thread as little as an exception does, because no node would notice. */
    private void noteFailure(Throwable failure) {
        if (failures++ == 0 && !isClosed()) {
            Object reason = failure instanceof AuthUnavailableException ? failure.getMessage() : failure;
            LOG.log(System.Logger.Level.WARNING, "the change feed is lost: {0}", reason);
        }
    }

    private void goOnAfterFailures() {
        if (failures > 0) {
            LOG.log(System.Logger.Level.INFO, "the change feed is back");
        }
        failures = 0;
    }

    /** A user who lacks a right is named in the log at the start, before any table has grown. */
    private void beginUpkeep() {
        if (!upkeepHasBegun) {
            upkeepHasBegun = true;
            upkeep.begin();
        }
    }

    /** A position that is too old may have been overtaken by the purge, however often the server was reached since. */
    private LogReader readerOrStart() {
        LogReader known = reader;
        boolean inTime = System.nanoTime() - provenAt < ChangeLog.RETENTION.toNanos() / 2;
        boolean mayGoOn = failures == 0 || (known != null && known.canGoOn());
        return known != null && inTime && mayGoOn ? known : start();
    }

    private LogReader start() {
        giveUpReader();
        // before the position is taken, so that the position is of this run or of a later one
        String run = log.run();
        LogReader before = former;
        LogReader fresh = before == null ? null : startBack(before, run);
        fresh = fresh == null ? startAtTheEnd(run) : fresh;
        former = null;
        reader = fresh;
        return fresh;
    }

    /** Begins where the log of another run begins to differ, and reports entries after that. */
    private @Nullable LogReader startBack(LogReader before, String run) {
        List<Entry> landmarks = before.landmarks();
        Dialect dialect = database.dialect();
        // otherwise a revocation may be in the table although its entry in the log was lost
        if (dialect == null || !dialect.joinsStatements() || landmarks.isEmpty()) {
            return null;
        }
        Answer<List<Entry>> there = log.numbered(landmarks);
        Rewound back = before.backIn(run, there.value(), settling).orElse(null);
        if (back == null) {
            return null;
        }
        database.feedServer().moveTo(there.server());
        subscriptions.forEach(each -> each.rewind(back.nanos()));
        provenAt = back.nanos();
        return back.reader();
    }

    /**
     * Begins at the end. Entries that are in the log now need not be reported. Entries that are still on their way are
     * reported when they arrive.
     */
    private LogReader startAtTheEnd(String run) {
        long began = System.nanoTime();
        Answer<Entry> newest = log.newestSettled();
        database.feedServer().moveTo(newest.server());
        LogReader fresh = new LogReader(log, database.feedServer(), run, newest.value());
        if (!fresh.read(entry -> {}).sameLog()) {
            throw new IllegalStateException("the changes were purged or the server changed while they were read");
        }
        subscriptions.forEach(Subscription::lose);
        provenAt = began;
        return fresh;
    }

    /** A change that can't be read, perhaps of a later version of Gateline, may be of anything. */
    private void tell(Entry entry) {
        try {
            Change change = Change.read(entry.what());
            subscriptions.stream().filter(each -> !isClosed()).forEach(each -> each.tell(change));
        } catch (IllegalArgumentException e) {
            subscriptions.forEach(Subscription::lose);
        }
    }

    private void tellGap(Subscription each) {
        if (!isClosed()) {
            each.tellGap();
        }
    }

    private void tellFresh(Subscription each, long nanos) {
        if (!isClosed()) {
            each.tellFresh(nanos);
        }
    }

    private void listen() {
        PostgresListener there = listener;
        if (there != null) {
            there.renewIfStuck();
        } else if (database.dialect() == Dialect.POSTGRESQL && PostgresDriver.isThere()) {
            PostgresListener started = new PostgresListener(database, this::wakeUp);
            listener = started;
            started.start();
            if (isClosed()) {
                started.close();
            }
        }
    }

    private Duration pause() {
        if (reader == null || failures > 0) {
            Duration doubled = USUAL_INTERVAL.multipliedBy(1L << Math.min(failures, 10));
            return shorter(doubled, LONGEST_PAUSE_AFTER_FAILURES);
        }
        PostgresListener notified = listener;
        if (notified != null && notified.isUp()) {
            boolean inGap = subscriptions.stream().anyMatch(Subscription::isInGap);
            return inGap ? shorter(pace.pause(), USUAL_INTERVAL) : pace.pause();
        }
        Duration set = interval.orElse(USUAL_INTERVAL);
        boolean hurry = notified != null || subscriptions.stream().anyMatch(Subscription::isInGap);
        return hurry ? shorter(set, USUAL_INTERVAL) : set;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Waits until the threads have stopped, or ten seconds if a subscriber or the database holds them up. */
    @Override
    public void close() {
        closing.countDown();
        wakeUp();
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
