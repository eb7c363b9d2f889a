package dev.gateline.jdbc;

import dev.gateline.kit.RevocationStoreContract;
import dev.gateline.spi.RevocationStore;
import org.junit.jupiter.api.AfterEach;

class H2RevocationStoreTest extends RevocationStoreContract {
    private final Connected at = new Connected(Databases.H2);

    @AfterEach
    void close() {
        at.close();
    }

    @Override
    protected RevocationStore store() {
        return at.storage().revocations();
    }
}
