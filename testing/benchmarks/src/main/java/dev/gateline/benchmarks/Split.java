package dev.gateline.benchmarks;

import dev.gateline.store.ChangeFeed;
import dev.gateline.store.LoginStore;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.SharedStorage;

/** The stores of one connection, and the feed of another. */
record Split(SharedStorage stores, ChangeFeed feed) implements SharedStorage {

    @Override
    public LoginStore logins() {
        return stores.logins();
    }

    @Override
    public RevocationStore revocations() {
        return stores.revocations();
    }

    @Override
    public void close() {
        feed.close();
        stores.close();
    }
}
