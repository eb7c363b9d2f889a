package dev.gateline.jdbc;

import dev.gateline.kit.ChangeFeedContract;
import dev.gateline.store.ChangeFeed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

class JdbcChangeFeedTest {

    abstract static class On extends ChangeFeedContract {
        private final TestDatabase database;

        On(TestDatabase database) {
            this.database = database;
        }

        @BeforeEach
        void empty() {
            database.place().empty();
        }

        @Override
        protected ChangeFeed connect() {
            return database.place().storage().feed();
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
