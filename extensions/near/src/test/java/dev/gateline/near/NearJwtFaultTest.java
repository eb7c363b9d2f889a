package dev.gateline.near;

import dev.gateline.Authenticator;
import dev.gateline.jwt.Algorithm;
import dev.gateline.jwt.JwtAuthenticator;
import dev.gateline.jwt.KeyRing;
import dev.gateline.kit.FaultContract;
import dev.gateline.kit.Fixture;
import dev.gateline.store.SharedStorage;
import dev.gateline.store.Storage;
import java.time.Clock;
import org.junit.jupiter.api.Tag;

@Tag("slow")
@Tag("once")
class NearJwtFaultTest extends FaultContract {
    private final KeyRing keys = KeyRing.generate(Algorithm.HS256);

    @Override
    protected Storage node(SharedStorage shared, Clock clock) {
        return NearStorage.builder(shared).clock(clock).build();
    }

    @Override
    protected Authenticator authenticator(Fixture.Wiring wiring) {
        return JwtAuthenticator.builder(wiring.storage(), keys)
                .issuer("https://park.example")
                .audience("park-api")
                .absoluteTimeout(Fixture.ABSOLUTE)
                .idleTimeout(Fixture.IDLE)
                .grace(Fixture.GRACE)
                .clock(wiring.clock())
                .listener(wiring.listener())
                .renewals(wiring.renewals())
                .limit(wiring.limit())
                .build();
    }
}
