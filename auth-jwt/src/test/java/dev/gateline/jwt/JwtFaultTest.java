package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Authenticator;
import dev.gateline.kit.FaultContract;
import dev.gateline.kit.Fixture;
import java.util.List;
import org.junit.jupiter.api.Tag;

@Tag("slow")
@Tag("once")
class JwtFaultTest extends FaultContract {
    private final KeyRing keys = KeyRing.generate(Algorithm.HS256);

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

    @Override
    protected List<Extra> extras() {
        return List.of(new Extra(
                "revoke a token",
                (gate, grant) -> ((JwtAuthenticator) gate).revokeToken(grant.access()),
                (gate, grant) -> {
                    assertThat(gate.authenticate(grant.access()).toOptional()).isEmpty();
                    assertThat(gate.refresh(grant.renewal()).rejection()).isEmpty();
                }));
    }
}
