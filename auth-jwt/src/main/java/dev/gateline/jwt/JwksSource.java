package dev.gateline.jwt;

/** The place that a key set is fetched from. Thread-safe. */
interface JwksSource extends AutoCloseable {

    /**
     * Fetches the set.
     *
     * @throws RuntimeException saying why that is not possible
     */
    KeySet fetch();

    /** Ends the HTTP client, unless it is the host's. */
    @Override
    void close();
}
