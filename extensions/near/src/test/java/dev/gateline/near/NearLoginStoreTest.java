package dev.gateline.near;

import dev.gateline.kit.LoginStoreContract;
import dev.gateline.store.LoginStore;

class NearLoginStoreTest extends LoginStoreContract {
    @Override
    protected LoginStore store(int capacity) {
        return Near.storage(capacity).logins();
    }
}
