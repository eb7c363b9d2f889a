package dev.gateline.spi;

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
