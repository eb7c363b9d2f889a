package dev.gateline.jwt;

import dev.gateline.spi.KeyRingStore;
import dev.gateline.spi.Written;
import java.util.Optional;

/** A ring that nodes in this process share. */
final class MemoryKeyRingStore implements KeyRingStore {
    private Optional<Document> stored = Optional.empty();

    @Override
    public synchronized Optional<Document> load() {
        return stored;
    }

    @Override
    public synchronized Written replace(Document next) {
        if (next.version() != stored.map(Document::version).orElse(0L) + 1) {
            return Written.STALE;
        }
        stored = Optional.of(next);
        return Written.DONE;
    }

    /** As after a fail-over to a copy that has not heard of all. */
    synchronized void failOverTo(Optional<Document> older) {
        stored = older;
    }
}
