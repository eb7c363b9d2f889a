package dev.gateline.kit;

import dev.gateline.spi.RevocationStore;
import dev.gateline.spi.Storage;

class MemoryRevocationStoreTest extends RevocationStoreContract {
    @Override
    protected RevocationStore store() {
        return Storage.inMemory(1).revocations();
    }
}
