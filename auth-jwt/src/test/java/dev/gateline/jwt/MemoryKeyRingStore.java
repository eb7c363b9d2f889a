package dev.gateline.jwt;

import dev.gateline.store.KeyRingStore;
import dev.gateline.store.Written;
import java.util.Optional;

/** A ring that nodes in this process share. */
final class MemoryKeyRingStore implements KeyRingStore {
    private Optional<Document> stored = Optional.empty();
    private Optional<RuntimeException> failure = Optional.empty();
    private Runnable beforeReplace = () -> {};

    @Override
    public synchronized Optional<Document> load() {
        failure.ifPresent(thrown -> {
            throw thrown;
        });
        return stored;
    }

    @Override
    public Written replace(Document next, long tag) {
        Runnable once = beforeReplace;
        beforeReplace = () -> {};
        once.run();
        return replaceNow(next, tag);
    }

    private synchronized Written replaceNow(Document next, long tag) {
        if (tag != stored.map(Document::tag).orElse(NONE)) {
            return Written.STALE;
        }
        stored = Optional.of(next);
        return Written.DONE;
    }

    /** Runs between a node's look and its next write. */
    void beforeReplace(Runnable action) {
        beforeReplace = action;
    }

    /** Each look fails from now on, until there is no failure. */
    synchronized void failWith(Optional<RuntimeException> thrown) {
        failure = thrown;
    }

    /** As after a fail-over to a copy that has not heard of all. */
    synchronized void failOverTo(Optional<Document> older) {
        stored = older;
    }
}
