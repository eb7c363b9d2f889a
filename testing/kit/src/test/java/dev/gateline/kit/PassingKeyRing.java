package dev.gateline.kit;

import dev.gateline.store.KeyRingStore;
import dev.gateline.store.Written;
import java.time.Instant;
import java.util.Optional;

/** Passes everything on. */
class PassingKeyRing implements KeyRingStore {
    private final KeyRingStore right;

    PassingKeyRing(KeyRingStore right) {
        this.right = right;
    }

    @Override
    public Optional<Document> load() {
        return right.load();
    }

    @Override
    public Written replace(Document next, long tag) {
        return right.replace(next, tag);
    }

    @Override
    public Instant now(Instant here) {
        return right.now(here);
    }

    @Override
    public boolean subscribe(Listener listener) {
        return right.subscribe(listener);
    }
}
