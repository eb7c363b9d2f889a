package dev.gateline.jdbc;

import dev.gateline.kit.LoginStoreContract;
import dev.gateline.spi.LoginStore;
import org.junit.jupiter.api.AfterEach;

class H2LoginStoreTest extends LoginStoreContract {
    private final Connected at = new Connected(Databases.H2);

    @AfterEach
    void close() {
        at.close();
    }

    @Override
    protected LoginStore store(int capacity) {
        return at.storage().logins();
    }
}
