package dev.gateline.store;

import dev.gateline.internal.Rules;

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
        checkIsWhole(storage);
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
        checkIsWhole(storage);
        return new JoinedStorage(storage.logins(), storage.revocations(), storage.rateLimits(), feed);
    }

    /** The epochs of shards differ, so one node-wide copy of all of them would mix them up. */
    private static void checkIsWhole(Storage storage) {
        Rules.require(
                !(storage instanceof ShardedStorage),
                "shared storage: not a sharded storage; make each of its shards a shared storage");
    }
}
