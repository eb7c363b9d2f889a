package dev.gateline.benchmarks;

import dev.gateline.spi.ChangeFeed;
import dev.gateline.spi.LoginStore;
import dev.gateline.spi.RevocationStore;
import dev.gateline.spi.SharedStorage;

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
