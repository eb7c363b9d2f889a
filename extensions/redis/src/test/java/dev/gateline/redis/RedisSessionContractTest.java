package dev.gateline.redis;

import dev.gateline.Authenticator;
import dev.gateline.kit.AuthenticatorContract;
import dev.gateline.kit.Fixture;
import dev.gateline.servers.RedisServer.Version;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Storage;
import org.junit.jupiter.api.Nested;

class RedisSessionContractTest {

    abstract static class On extends AuthenticatorContract {
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
    class On7 extends On {
        @Override
        protected Storage storage(int capacity) {
            return TestStorage.on(Version.V7, TestStorage.freshPrefix());
        }
    }

    @Nested
    class OnCluster extends On {
        @Override
        protected Storage storage(int capacity) {
            return TestStorage.onCluster(TestStorage.freshPrefix());
        }
    }
}
