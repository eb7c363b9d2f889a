package dev.gateline.store;

import dev.gateline.internal.Secrets;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps the one document of a key ring, so that all nodes sign and verify with the same keys. What it keeps is secret:
 * whoever can read it can sign.
 *
 * <p>Thread-safe. Any exception is taken as an outage.
 */
public interface KeyRingStore {

    /** The tag where no document is stored. */
    long NONE = 0;

    /**
     * What was stored last.
     *
     * @return empty before the first {@link #replace}
     */
    Optional<Document> load();

    /**
     * Puts a document in the place of the one that has a tag, in one atomic step and durably.
     *
     * @param next of {@link Document#of}
     * @param tag of the document that {@link #load} gave, or {@link #NONE} if there was none
     * @return {@link Written#DONE}, or {@link Written#STALE} if another document is stored
     */
    Written replace(Document next, long tag);

    /**
     * What time it is by the clock of the server that keeps the document. All dates in a ring are judged by it, so that
     * nodes agree, and a node whose own clock is wrong does no harm.
     *
     * @param here the time by this node's clock; the answer of a store that has no other
     */
    default Instant now(Instant here) {
        return here;
    }

    /**
     * Has a listener told of changes from now on, for as long as the store is used.
     *
     * @param listener called by any thread, first of all with {@link Listener#mayHaveChanged()}; must not block
     * @return whether this store tells; one that does not, which is the default, is looked at every ten seconds
     */
    default boolean subscribe(Listener listener) {
        return false;
    }

    /**
     * A store and a feed as one: a change is published before {@link #replace} returns, and rings over it hear of it.
     * If the publication fails, the call throws, though the document may have been replaced.
     *
     * @param store does the work
     * @param name 1 to 40 visible ASCII characters, of the ring among those that the feed tells of
     * @param feed tells
     * @throws IllegalArgumentException if the name is anything else
     */
    static KeyRingStore announced(KeyRingStore store, String name, ChangeFeed feed) {
        return new AnnouncedKeyRing(store, new Change.OfKeyRing(name), feed);
    }

    /** Hears that the document has changed. */
    interface Listener {

        /** The document was replaced, by any node. */
        void changed();

        /** A change may have been missed. */
        void mayHaveChanged();

        /**
         * All changes that were made before a moment have been told of.
         *
         * @param nanos by {@link System#nanoTime()}
         */
        void freshAsOf(long nanos);
    }

    /**
     * What a ring consists of, as text.
     *
     * @param tag tells it from every other document that was ever stored, those that a store has lost among them: it is
     *     random, not counted
     * @param text secret
     */
    record Document(long tag, String text) {

        /** A document with a new tag. */
        public static Document of(String text) {
            return new Document(Math.max(NONE + 1, Secrets.number()), text);
        }

        /** Without the text. */
        @Override
        public String toString() {
            return "Document[redacted]";
        }
    }
}
