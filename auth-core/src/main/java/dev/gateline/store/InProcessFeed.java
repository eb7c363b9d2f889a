package dev.gateline.store;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells the subscribers of this process, on the thread that publishes. It is for one node, and for tests with several.
 * Thread-safe.
 */
public final class InProcessFeed implements ChangeFeed {
    private static final long FOR_EVER = Long.MAX_VALUE / 2;

    private final List<Line> all;
    private final List<Line> own = new CopyOnWriteArrayList<>();

    /** A subscription that hears one report at a time, on the thread of the publisher. */
    private static final class Line {
        private final Subscription subscription;
        private final ReentrantLock busy = new ReentrantLock();

        Line(Subscriber subscriber) {
            subscription = new Subscription(subscriber, Duration.ZERO);
        }

        void open() {
            busy.lock();
            try {
                catchUp();
            } finally {
                busy.unlock();
            }
        }

        void tell(Change change) {
            busy.lock();
            try {
                subscription.tell(change);
                catchUp();
            } finally {
                busy.unlock();
            }
        }

        /** A subscriber that failed hears of the gap at once, because nobody would tell it later. */
        private void catchUp() {
            if (subscription.isInGap()) {
                subscription.tellGap();
                subscription.tellFresh(System.nanoTime() + FOR_EVER);
            }
        }
    }

    private InProcessFeed(List<Line> all) {
        this.all = all;
    }

    /** Creates the feed of the first node. */
    InProcessFeed() {
        this(new CopyOnWriteArrayList<>());
    }

    /** Creates the feed of another node, which is connected with this one. */
    public InProcessFeed another() {
        return new InProcessFeed(all);
    }

    @Override
    public void publish(Change change) {
        all.forEach(line -> line.tell(change));
    }

    /** Reports a gap again at the next change if the subscriber has thrown. */
    @Override
    public void subscribe(Subscriber subscriber) {
        Line line = new Line(subscriber);
        own.add(line);
        all.add(line);
        line.open();
    }

    @Override
    public void close() {
        all.removeAll(own);
    }
}
