package dev.gateline.jdbc;

import dev.gateline.Authenticator;
import dev.gateline.kit.AuthenticatorContract;
import dev.gateline.kit.Fixture;
import dev.gateline.near.NearStorage;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.spi.Storage;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;

class H2SessionContractTest extends AuthenticatorContract {
    private final Connected at = new Connected(Databases.H2);

    @AfterEach
    void close() {
        at.close();
    }

    @Override
    protected Storage storage(int capacity) {
        return NearStorage.builder(at.storage())
                .clock(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))
                .build();
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
