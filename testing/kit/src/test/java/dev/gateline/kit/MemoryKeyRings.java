package dev.gateline.kit;

import dev.gateline.store.ChangeFeed;
import dev.gateline.store.InProcessFeed;
import dev.gateline.store.KeyRingStore;
import dev.gateline.store.Written;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Shared stores of key rings by name, whose server is this process. */
final class MemoryKeyRings implements Function<String, KeyRingStore> {
    private final Map<String, KeyRingStore> rings = new ConcurrentHashMap<>();
    private final InProcessFeed feed = ChangeFeed.inProcess();

    @Override
    public KeyRingStore apply(String name) {
        return KeyRingStore.announced(rings.computeIfAbsent(name, first -> new Ring()), name, feed.another());
    }

    private static final class Ring implements KeyRingStore {
        private final AtomicReference<Optional<Document>> stored = new AtomicReference<>(Optional.empty());

        @Override
        public Optional<Document> load() {
            return stored.get();
        }

        @Override
        public Written replace(Document next, long tag) {
            Optional<Document> before = stored.get();
            boolean same = before.map(Document::tag).orElse(NONE) == tag;
            return same && stored.compareAndSet(before, Optional.of(next)) ? Written.DONE : Written.STALE;
        }

        @Override
        public Instant now(Instant here) {
            return Instant.now();
        }
    }
}
