package dev.gateline.kit;

import dev.gateline.store.RevocationStore;
import dev.gateline.store.Storage;

class MemoryRevocationStoreTest extends RevocationStoreContract {
    @Override
    protected RevocationStore store() {
        return Storage.inMemory(1).revocations();
    }
}
