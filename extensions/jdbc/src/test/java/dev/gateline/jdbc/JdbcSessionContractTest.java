package dev.gateline.jdbc;

import dev.gateline.Authenticator;
import dev.gateline.kit.AuthenticatorContract;
import dev.gateline.kit.Fixture;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Storage;
import org.junit.jupiter.api.Nested;

class JdbcSessionContractTest {

    abstract static class On extends AuthenticatorContract {
        private final TestDatabase database;
        private int places;

        On(TestDatabase database) {
            this.database = database;
        }

        @Override
        protected Storage storage(int capacity) {
            return database.place(places++ == 0 ? "gateline" : "elsewhere").empty();
        }

        @Override
        protected Authenticator authenticator(Fixture.Wiring wiring) {
            return SessionAuthenticator.builder(wiring.storage())
                    .idleTimeout(Fixture.IDLE)
                    .absoluteTimeout(Fixture.ABSOLUTE)
                    .grace(Fixture.GRACE)
                    .clock(wiring.clock())
                    .listener(wiring.listener())
                    .renewals(wiring.renewals())
                    .remembered(Fixture.REMEMBERED)
                    .shortened(wiring.shortened())
                    .limit(wiring.limit())
                    .build();
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
