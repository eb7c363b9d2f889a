package dev.gateline.jdbc;

import dev.gateline.kit.RevocationStoreContract;
import dev.gateline.store.RevocationStore;
import org.junit.jupiter.api.Nested;

class JdbcRevocationStoreTest {

    abstract static class On extends RevocationStoreContract {
        private final TestDatabase database;

        On(TestDatabase database) {
            this.database = database;
        }

        @Override
        protected RevocationStore store() {
            return database.place().empty().revocations();
        }
    }

    @Nested
    class OnH2 extends On {
        OnH2() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    class OnPostgresql extends On {
        OnPostgresql() {
            super(TestDatabase.POSTGRESQL);
        }
    }

    @Nested
    class OnMariadb extends On {
        OnMariadb() {
            super(TestDatabase.MARIADB);
        }
    }
}
