package dev.gateline.jdbc;

import dev.gateline.kit.LoginStoreContract;
import dev.gateline.spi.LoginStore;
import org.junit.jupiter.api.AfterEach;

class PostgresLoginStoreTest extends LoginStoreContract {
    private final Connected at = new Connected(Databases.POSTGRESQL);

    @AfterEach
    void close() {
        at.close();
    }

    @Override
    protected LoginStore store(int capacity) {
        return at.storage().logins();
    }
}
