package dev.gateline.jdbc;

import dev.gateline.Authenticator;
import dev.gateline.jwt.Algorithm;
import dev.gateline.jwt.JwtAuthenticator;
import dev.gateline.jwt.KeyRing;
import dev.gateline.kit.AuthenticatorContract;
import dev.gateline.kit.Fixture;
import dev.gateline.store.Storage;
import org.junit.jupiter.api.Nested;

class JdbcJwtContractTest {

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
            KeyRing keys = KeyRing.generate(Algorithm.HS256);
            return JwtAuthenticator.builder(wiring.storage(), keys)
                    .issuer("https://park.example")
                    .audience("park-api")
                    .absoluteTimeout(Fixture.ABSOLUTE)
                    .idleTimeout(Fixture.IDLE)
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
