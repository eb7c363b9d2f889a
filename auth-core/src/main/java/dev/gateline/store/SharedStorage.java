package dev.gateline.store;

import java.util.Optional;

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
        return new SharedStorage() {
            @Override
            public LoginStore logins() {
                return logins;
            }

            @Override
            public RevocationStore revocations() {
                return revocations;
            }

            @Override
            public Optional<RateLimitStore> rateLimits() {
                return storage.rateLimits();
            }

            @Override
            public ChangeFeed feed() {
                return feed;
            }

            @Override
            public void close() {
                feed.close();
            }
        };
    }
}
