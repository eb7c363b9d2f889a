package dev.gateline.jwt;

import dev.gateline.store.KeyRingStore;
import dev.gateline.store.KeyRingStore.Document;
import dev.gateline.store.Written;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and writes a ring in its store. Exceptions of the store are passed on. Thread-safe. */
final class StoredRing {
    private final KeyRingStore store;
    private final SignatureProvider provider;
    private volatile @Nullable Parsed lastParsed;

    private record Parsed(String text, RingKeys ring) {}

    /**
     * A ring that was read.
     *
     * @param ring the ring; {@link RingKeys#NONE} if there is no document
     * @param tag the tag of the document
     */
    record Read(RingKeys ring, long tag) {}

    /**
     * Begins without having read anything.
     *
     * @param provider the provider of the signatures of the keys that are read
     */
    StoredRing(KeyRingStore store, SignatureProvider provider) {
        this.store = store;
        this.provider = provider;
    }

    /**
     * The time by the store's clock, or by the one here if the store has none; in milliseconds, as the document has it.
     */
    Instant now(Instant here) {
        return store.now(here).truncatedTo(ChronoUnit.MILLIS);
    }

    Read read(Instant now) {
        Optional<Document> document = store.load();
        return new Read(
                document.map(found -> parse(found.text(), now)).orElse(RingKeys.NONE),
                document.map(Document::tag).orElse(KeyRingStore.NONE));
    }

    /**
     * Parses each text once, because that takes milliseconds. The keys of a document made by hand also count as
     * published when the text was first read.
     */
    private RingKeys parse(String text, Instant now) {
        Parsed last = lastParsed;
        if (last == null || !last.text().equals(text)) {
            last = new Parsed(text, RingDocument.read(text, now).with(provider));
            lastParsed = last;
        }
        return last.ring();
    }

    /**
     * Writes a ring, and says whether it did. If somebody else has written since the ring was read, nothing is written.
     */
    boolean replace(RingKeys next, long tag) {
        return store.replace(Document.of(RingDocument.write(next)), tag) == Written.DONE;
    }
}
