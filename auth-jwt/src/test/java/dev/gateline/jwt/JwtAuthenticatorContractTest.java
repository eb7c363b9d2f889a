package dev.gateline.jwt;

import dev.gateline.Authenticator;
import dev.gateline.kit.AuthenticatorContract;
import dev.gateline.kit.CapacityCases;
import dev.gateline.kit.Fixture;

class JwtAuthenticatorContractTest extends AuthenticatorContract implements CapacityCases {
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
