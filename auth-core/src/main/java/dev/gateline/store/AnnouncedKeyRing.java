package dev.gateline.store;

import java.time.Instant;
import java.util.Optional;

/** A key ring store that publishes each change of the document before the call returns. Thread-safe. */
record AnnouncedKeyRing(KeyRingStore store, Change.OfKeyRing change, ChangeFeed feed) implements KeyRingStore {

    @Override
    public Optional<Document> load() {
        return store.load();
    }

    @Override
    public Written replace(Document next, long tag) {
        Written written = store.replace(next, tag);
        if (written == Written.DONE) {
            feed.publish(change);
        }
        return written;
    }

    @Override
    public Instant now(Instant here) {
        return store.now(here);
    }

    @Override
    public boolean subscribe(Listener listener) {
        feed.subscribe(new ChangeFeed.Subscriber() {
            @Override
            public void changed(Change heard) {
                if (heard.equals(change)) {
                    listener.changed();
                }
            }

            @Override
            public void gap() {
                listener.mayHaveChanged();
            }

            @Override
            public void freshAsOf(long nanos) {
                listener.freshAsOf(nanos);
            }
        });
        return true;
    }
}
