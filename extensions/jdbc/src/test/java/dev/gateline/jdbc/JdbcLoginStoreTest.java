package dev.gateline.jdbc;

import dev.gateline.kit.LoginStoreContract;
import dev.gateline.store.LoginStore;
import org.junit.jupiter.api.Nested;

class JdbcLoginStoreTest {

    abstract static class On extends LoginStoreContract {
        private final TestDatabase database;

        On(TestDatabase database) {
            this.database = database;
        }

        @Override
        protected LoginStore store(int capacity) {
            return database.place().empty().logins();
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
