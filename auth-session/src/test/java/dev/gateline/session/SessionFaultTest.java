package dev.gateline.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Authenticator;
import dev.gateline.Grant;
import dev.gateline.kit.FaultContract;
import dev.gateline.kit.Fixture;
import java.util.List;
import org.junit.jupiter.api.Tag;

@Tag("slow")
@Tag("once")
class SessionFaultTest extends FaultContract {
    private static final AttributeKey<String> CART = AttributeKey.of("cart", String.class);
    private static final AttributeKey<String> SEAT = AttributeKey.of("seat", String.class);

    @Override
    protected Authenticator authenticator(Fixture.Wiring wiring) {
        return SessionAuthenticator.builder(wiring.storage())
                .idleTimeout(Fixture.IDLE)
                .absoluteTimeout(Fixture.ABSOLUTE)
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
                "write data", (gate, grant) -> data(gate, grant).put(CART, "tickets"), (gate, grant) -> {
                    data(gate, grant).put(SEAT, "12");
                    assertThat(data(gate, grant).find(CART)).contains("tickets");
                    assertThat(gate.authenticate(grant.access()).rejection()).isEmpty();
                }));
    }

    private static SessionData data(Authenticator gate, Grant grant) {
        return ((SessionAuthenticator) gate).data(grant.loginId());
    }
}
