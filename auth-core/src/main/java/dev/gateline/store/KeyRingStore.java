package dev.gateline.store;

import dev.gateline.internal.Secrets;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps the one document of a key ring, so that all nodes sign and verify with the same keys. The document is secret:
 * anybody who can read it can sign.
 *
 * <p>Thread-safe. Any exception counts as an outage.
 */
public interface KeyRingStore {

    /** The tag of a store without a document. */
    long NONE = 0;

    /**
     * Reads the document that was stored last.
     *
     * @return empty before the first {@link #replace}
     */
    Optional<Document> load();

    /**
     * Replaces the document that has a tag, in one atomic step and durably.
     *
     * @param next the next document, of {@link Document#of}
     * @param tag the tag of the document that {@link #load} gave, or {@link #NONE} if there was none
     * @return {@link Written#DONE}, or {@link Written#STALE} if another document is stored
     */
    Written replace(Document next, long tag);

    /**
     * The time by the clock of the server that keeps the document. All dates in a ring are compared with it, so that
     * nodes agree and a node with a wrong clock does no harm.
     *
     * @param here the time by this node's clock, which a store without a server's clock returns
     */
    default Instant now(Instant here) {
        return here;
    }

    /**
     * Adds a listener to changes, for as long as the store is used.
     *
     * @param listener called by any thread, first with {@link Listener#mayHaveChanged()}; must not block
     * @return whether this store reports changes; if not, which is the default, a ring reads it every ten seconds
     */
    default boolean subscribe(Listener listener) {
        return false;
    }

    /**
     * Joins a store and a feed. A change is published before {@link #replace} returns, and the rings over the store
     * hear of it. If the publication fails, the call throws, although the document may have been replaced.
     *
     * @param store the store that does the work
     * @param name the name of the ring in the feed, 1 to 40 visible ASCII characters
     * @param feed the feed that reports changes
     * @throws IllegalArgumentException if the name has another form
     */
    static KeyRingStore announced(KeyRingStore store, String name, ChangeFeed feed) {
        return new AnnouncedKeyRing(store, new Change.OfKeyRing(name), feed);
    }

    /** A listener to changes of the document. */
    interface Listener {

        /** The document was replaced, by any node. */
        void changed();

        /** A change may have been missed. */
        void mayHaveChanged();

        /**
         * All changes that were made before a moment have been reported.
         *
         * @param nanos the moment by {@link System#nanoTime()}
         */
        void freshAsOf(long nanos);
    }

    /**
     * The content of a ring, as text.
     *
     * @param tag a random number that distinguishes the document from every other one that was ever stored, lost ones
     *     included
     * @param text the document, which is secret
     */
    record Document(long tag, String text) {

        /** Creates a document with a new tag. */
        public static Document of(String text) {
            return new Document(Math.max(NONE + 1, Secrets.number()), text);
        }

        /** Does not show the text. */
        @Override
        public String toString() {
            return "Document[redacted]";
        }
    }
}
