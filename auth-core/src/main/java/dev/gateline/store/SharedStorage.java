package dev.gateline.store;

/** A storage that several nodes use, and that tells each node of the changes of the others. Thread-safe. */
public interface SharedStorage extends Storage, AutoCloseable {

    /** The feed that reports changes after they are made. */
    ChangeFeed feed();

    /** Stops the feed, and closes the connections that this storage has opened. Idempotent. */
    @Override
    void close();

    /**
     * Joins a storage and a feed. Every change is published before the call returns. If the publication fails, the call
     * throws. As with any outage, the change may have been made, and another node may use its copy until the call is
     * repeated.
     *
     * @param storage the storage that does the work
     * @param feed the feed that reports changes; closed by {@link #close()}
     */
    static SharedStorage of(Storage storage, ChangeFeed feed) {
        LoginStore logins = new AnnouncedLogins(storage.logins(), feed);
        RevocationStore revocations = new AnnouncedRevocations(storage.revocations(), feed);
        return new JoinedStorage(logins, revocations, storage.rateLimits(), feed);
    }

    /**
     * Joins a feed and a storage that publishes its changes by itself, perhaps in the same step as the change. The
     * storage has to publish every replacement of a row and every revocation before the call returns, and to report
     * revocations to {@linkplain RevocationStore#subscribe subscribers}.
     *
     * @param storage the storage that does the work, and publishes
     * @param feed the feed that reports changes; closed by {@link #close()}
     */
    static SharedStorage announcing(Storage storage, ChangeFeed feed) {
        return new JoinedStorage(storage.logins(), storage.revocations(), storage.rateLimits(), feed);
    }
}
