package dev.gateline.redis;

import dev.gateline.servers.Await;
import dev.gateline.store.Change;
import dev.gateline.store.ChangeFeed;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The messages that a node has heard. Thread-safe. */
final class Heard implements ChangeFeed.Subscriber {
    private final List<Change> changes = new CopyOnWriteArrayList<>();
    private final AtomicInteger gaps = new AtomicInteger();
    private volatile long fresh = System.nanoTime();

    /** Listens, and waits until it can be relied upon. */
    static Heard on(RedisStorage node) {
        Heard heard = new Heard();
        node.feed().subscribe(heard);
        return heard.awaitFresh();
    }

    @Override
    public void changed(Change change) {
        changes.add(change);
    }

    @Override
    public void gap() {
        gaps.incrementAndGet();
    }

    @Override
    public void freshAsOf(long nanos) {
        fresh = nanos;
    }

    List<Change> changes() {
        return changes;
    }

    int gaps() {
        return gaps.get();
    }

    boolean isFreshSince(long nanos) {
        return fresh - nanos > 0;
    }

    Heard awaitFresh() {
        long now = System.nanoTime();
        Await.until("fresh", () -> isFreshSince(now));
        return this;
    }
}
