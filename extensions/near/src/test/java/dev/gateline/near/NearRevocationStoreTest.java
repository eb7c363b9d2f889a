package dev.gateline.near;

import dev.gateline.kit.RevocationStoreContract;
import dev.gateline.store.RevocationStore;

class NearRevocationStoreTest extends RevocationStoreContract {
    private final RevocationStore store = Near.storage(1).revocations();

    @Override
    protected RevocationStore store() {
        return store;
    }
}
