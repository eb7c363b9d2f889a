package dev.gateline.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells the subscribers of this process, on the thread that publishes: they are always as fresh as can be. For one
 * node, and for tests with several. Thread-safe.
 */
public final class InProcessFeed implements ChangeFeed {
    private static final long FOR_EVER = Long.MAX_VALUE / 2;

    private final List<Line> all;
    private final List<Line> own = new CopyOnWriteArrayList<>();

    /** To one subscriber, who hears one thing at a time. */
    private static final class Line {
        private final Subscriber subscriber;
        private final ReentrantLock busy = new ReentrantLock();
        private boolean inGap = true;

        Line(Subscriber subscriber) {
            this.subscriber = subscriber;
        }

        void open() {
            busy.lock();
            try {
                inGap = false;
                subscriber.gap();
                subscriber.freshAsOf(System.nanoTime() + FOR_EVER);
            } catch (RuntimeException e) {
                inGap = true;
            } finally {
                busy.unlock();
            }
        }

        void tell(Change change) {
            busy.lock();
            try {
                if (inGap) {
                    open();
                } else {
                    subscriber.changed(change);
                }
            } finally {
                busy.unlock();
            }
        }
    }

    private InProcessFeed(List<Line> all) {
        this.all = all;
    }

    /** The feed of the first node. */
    InProcessFeed() {
        this(new CopyOnWriteArrayList<>());
    }

    /** The feed of another node, connected with this one. */
    public InProcessFeed another() {
        return new InProcessFeed(all);
    }

    @Override
    public void publish(Change change) {
        all.forEach(line -> line.tell(change));
    }

    /** A gap that throws is told again at the next change. */
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
