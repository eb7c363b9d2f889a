package dev.gateline.nodes;

import dev.gateline.store.Change;
import dev.gateline.store.ChangeFeed;
import dev.gateline.store.SharedStorage;
import dev.gateline.store.Storage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Tells everything at the latest possible moment, in any order, some of it twice, and old news again and again. */
record ShuffledFeed(ChangeFeed feed) implements ChangeFeed {

    static SharedStorage in(SharedStorage storage) {
        return SharedStorage.of(Storage.of(storage.logins(), storage.revocations()), new ShuffledFeed(storage.feed()));
    }

    @Override
    public void publish(Change change) {
        // the storage around has announced it
    }

    @Override
    public void subscribe(Subscriber subscriber) {
        feed.subscribe(new Shuffling(subscriber));
    }

    @Override
    public void close() {
        feed.close();
    }

    private static final class Shuffling implements Subscriber {
        private final Subscriber subscriber;
        private final Random random = new Random(1);
        private final List<Change> waiting = new ArrayList<>();
        private final List<Change> old = new ArrayList<>();

        Shuffling(Subscriber subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void changed(Change change) {
            waiting.add(change);
            if (random.nextBoolean()) {
                waiting.add(change);
            }
            old.add(change);
        }

        @Override
        public void gap() {
            waiting.clear();
            subscriber.gap();
        }

        @Override
        public void freshAsOf(long nanos) {
            for (int i = 0; i < 5 && !old.isEmpty(); i++) {
                waiting.add(old.get(random.nextInt(old.size())));
            }
            Collections.shuffle(waiting, random);
            waiting.forEach(subscriber::changed);
            waiting.clear();
            subscriber.freshAsOf(nanos);
        }
    }
}
