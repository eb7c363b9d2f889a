package dev.gateline.nodes;

import com.zaxxer.hikari.HikariDataSource;
import dev.gateline.store.ChangeFeed;
import dev.gateline.store.LoginStore;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.SharedStorage;

/** A storage with a pool that is closed after it. */
record Pooled(SharedStorage storage, HikariDataSource pool) implements SharedStorage {

    @Override
    public LoginStore logins() {
        return storage.logins();
    }

    @Override
    public RevocationStore revocations() {
        return storage.revocations();
    }

    @Override
    public ChangeFeed feed() {
        return storage.feed();
    }

    @Override
    public void close() {
        storage.close();
        pool.close();
    }
}
