package dev.gateline.kit;

import dev.gateline.store.Change;
import dev.gateline.store.ChangeFeed;
import dev.gateline.store.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** A feed over a log in memory, with a connection to the log that can be cut. */
class PolledFeed implements ChangeFeed {
    private static final long BETWEEN_LOOKS = TimeUnit.MICROSECONDS.toNanos(100);

    private final List<Change> log;
    private final AtomicBoolean cut;
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::run, "polled-feed");
    private volatile boolean closed;
    private int position;

    /**
     * Starts at the beginning of the log.
     *
     * @param log of all nodes; thread-safe
     * @param cut whether the connection is cut
     */
    PolledFeed(List<Change> log, AtomicBoolean cut) {
        this.log = log;
        this.cut = cut;
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        boolean wasCut = false;
        while (!closed) {
            boolean isCut = cut.get();
            if (isCut) {
                whileCut(subscriptions);
            } else {
                position = wasCut ? afterBreak(position, log, subscriptions) : position;
                poll();
            }
            wasCut = isCut;
            LockSupport.parkNanos(BETWEEN_LOOKS);
        }
    }

    private void poll() {
        long now = System.nanoTime();
        subscriptions.forEach(Subscription::tellGap);
        for (; position < log.size(); position++) {
            Change change = log.get(position);
            subscriptions.forEach(each -> each.tell(change));
        }
        subscriptions.forEach(each -> each.tellFresh(now));
    }

    /** A step of the time in which the connection is cut. */
    void whileCut(List<Subscription> subscribed) {}

    /** The position from which the feed reads on once the connection is back. */
    int afterBreak(int before, List<Change> all, List<Subscription> subscribed) {
        return before;
    }

    @Override
    public void publish(Change change) {
        log.add(change);
    }

    @Override
    public void subscribe(Subscriber subscriber) {
        subscriptions.add(new Subscription(subscriber));
    }

    @Override
    public void close() {
        closed = true;
    }
}
