package dev.gateline.spi;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Tells the subscribers of this process, on the thread that publishes: they are always as fresh as can be. Thread-safe. */
final class InProcessFeed implements ChangeFeed {
    private static final long FOR_EVER = Long.MAX_VALUE / 2;

    private final List<Line> lines = new CopyOnWriteArrayList<>();

    /** To one subscriber, who hears one thing at a time. */
    private record Line(Subscriber subscriber, Lock busy) {
        void say(Runnable what) {
            busy.lock();
            try {
                what.run();
            } finally {
                busy.unlock();
            }
        }
    }

    @Override
    public void publish(Change change) {
        lines.forEach(line -> line.say(() -> line.subscriber.changed(change)));
    }

    @Override
    public void subscribe(Subscriber subscriber) {
        Line line = new Line(subscriber, new ReentrantLock());
        line.say(() -> {
            lines.add(line);
            subscriber.gap();
            subscriber.freshAsOf(System.nanoTime() + FOR_EVER);
        });
    }

    @Override
    public void close() {
        lines.clear();
    }
}
