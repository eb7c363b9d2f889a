package dev.gateline.near;

import dev.gateline.Authenticator;
import dev.gateline.jwt.Algorithm;
import dev.gateline.jwt.JwtAuthenticator;
import dev.gateline.jwt.KeyRing;
import dev.gateline.kit.AuthenticatorContract;
import dev.gateline.kit.Fixture;
import dev.gateline.store.Storage;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class NearJwtContractTest extends AuthenticatorContract {
    @Override
    protected Storage storage(int capacity) {
        return Near.storage(capacity);
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
