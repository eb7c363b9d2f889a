package dev.gateline.spi;

import java.util.Optional;

/**
 * Keeps the one document of a key ring, so that all nodes sign and verify with the same keys. What it keeps is secret:
 * whoever can read it can sign.
 *
 * <p>Thread-safe. Any exception is taken as an outage.
 */
public interface KeyRingStore {

    /**
     * What was stored last.
     *
     * @return empty before the first {@link #replace}
     */
    Optional<Document> load();

    /**
     * Puts a document in the place of its previous version, durably.
     *
     * @param next its version is one more than the stored one's, or 1 if there is none
     * @return {@link Written#DONE} or {@link Written#STALE}
     */
    Written replace(Document next);

    /**
     * A version of the ring.
     *
     * @param version from 1
     * @param text secret
     */
    record Document(long version, String text) {

        /** Without the text. */
        @Override
        public String toString() {
            return "Document[version " + version + ", redacted]";
        }
    }
}
