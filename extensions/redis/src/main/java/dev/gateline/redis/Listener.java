package dev.gateline.redis;

import dev.gateline.store.Change;
import dev.gateline.store.ChangeFeed.Subscriber;
import java.util.concurrent.TimeUnit;

/**
 * A subscriber, and whether it has missed something: then it hears of nothing else before it has taken that in. For one
 * thread.
 */
final class Listener {
    private static final System.Logger LOG = System.getLogger(RedisStorage.class.getName());
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

    private final Subscriber subscriber;
    private boolean hasMissed = true;
    private boolean hasFailed;
    private long failedAt;

    Listener(Subscriber subscriber) {
        this.subscriber = subscriber;
    }

    void mayHaveMissed() {
        hasMissed = true;
    }

    /** Tells of a gap, if there is one. */
    void catchUp() {
        boolean again = !hasFailed || System.nanoTime() - failedAt > PAUSE;
        if (hasMissed && again) {
            hasMissed = false;
            tell(subscriber::gap);
        }
    }

    void changed(Change change) {
        if (!hasMissed) {
            tell(() -> subscriber.changed(change));
        }
    }

    void freshAsOf(long nanos) {
        if (!hasMissed) {
            tell(() -> subscriber.freshAsOf(nanos));
        }
    }

    private void tell(Runnable what) {
        try {
            what.run();
            hasFailed = false;
        } catch (RuntimeException | Error e) {
            hasMissed = true;
            hasFailed = true;
            failedAt = System.nanoTime();
            LOG.log(System.Logger.Level.DEBUG, "a subscriber failed to handle a change", e);
        }
    }
}
