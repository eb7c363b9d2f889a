package dev.gateline.near;

import dev.gateline.Authenticator;
import dev.gateline.kit.AuthenticatorContract;
import dev.gateline.kit.Fixture;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Storage;

class NearSessionContractTest extends AuthenticatorContract {
    @Override
    protected Storage storage(int capacity) {
        return Near.storage(capacity);
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
