package dev.gateline.jdbc;

import dev.gateline.kit.RevocationStoreContract;
import dev.gateline.spi.RevocationStore;
import org.junit.jupiter.api.AfterEach;

class PostgresRevocationStoreTest extends RevocationStoreContract {
    private final Connected at = new Connected(Databases.POSTGRESQL);

    @AfterEach
    void close() {
        at.close();
    }

    @Override
    protected RevocationStore store() {
        return at.storage().revocations();
    }
}
