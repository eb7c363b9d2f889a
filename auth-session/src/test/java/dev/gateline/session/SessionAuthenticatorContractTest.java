package dev.gateline.session;

import dev.gateline.Authenticator;
import dev.gateline.kit.AuthenticatorContract;
import dev.gateline.kit.CapacityCases;
import dev.gateline.kit.Fixture;

class SessionAuthenticatorContractTest extends AuthenticatorContract implements CapacityCases {
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
