package dev.gateline.kit;

import dev.gateline.spi.LoginStore;
import dev.gateline.spi.Storage;

class MemoryLoginStoreTest extends BoundedLoginStoreContract {
    @Override
    protected LoginStore store(int capacity) {
        return Storage.inMemory(capacity).logins();
    }
}
