package dev.gateline.jwt;

/** The place that a key set is fetched from. Thread-safe. */
interface JwksSource extends AutoCloseable {

    /**
     * Fetches the set.
     *
     * @throws RuntimeException if that is not possible; the message says why
     */
    KeySet fetch();

    /** Ends the HTTP client, unless it is the host's. */
    @Override
    void close();
}
