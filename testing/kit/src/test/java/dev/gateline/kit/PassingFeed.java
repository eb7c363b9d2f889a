package dev.gateline.kit;

import dev.gateline.store.Change;
import dev.gateline.store.ChangeFeed;
import java.util.List;

/** Passes everything on. */
class PassingFeed implements ChangeFeed {
    private final ChangeFeed right;

    PassingFeed(ChangeFeed right) {
        this.right = right;
    }

    @Override
    public void publish(Change change) {
        right.publish(change);
    }

    @Override
    public void publishAll(List<Change> changes) {
        changes.forEach(this::publish);
    }

    @Override
    public final void subscribe(Subscriber subscriber) {
        right.subscribe(around(subscriber));
    }

    /** Tells a subscriber in another way. */
    Subscriber around(Subscriber subscriber) {
        return subscriber;
    }

    @Override
    public void close() {
        right.close();
    }

    /** Passes everything on. */
    static class PassingSubscriber implements Subscriber {
        private final Subscriber right;

        PassingSubscriber(Subscriber right) {
            this.right = right;
        }

        @Override
        public void changed(Change change) {
            right.changed(change);
        }

        @Override
        public void gap() {
            right.gap();
        }

        @Override
        public void freshAsOf(long nanos) {
            right.freshAsOf(nanos);
        }
    }
}
