package dev.gateline.jdbc;

import dev.gateline.kit.KeyRingStoreContract;
import dev.gateline.store.KeyRingStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

class JdbcKeyRingStoreTest {

    abstract static class On extends KeyRingStoreContract {
        private final TestDatabase database;
        private final List<JdbcStorage> nodes = new ArrayList<>();

        On(TestDatabase database) {
            this.database = database;
        }

        @BeforeEach
        void empty() {
            nodes.add(database.place().empty());
        }

        @Override
        protected KeyRingStore connect(String name) {
            JdbcStorage node = database.place().storage();
            nodes.add(node);
            return node.keyRing(name);
        }

        @AfterEach
        void closeNodes() {
            nodes.forEach(JdbcStorage::close);
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
