package dev.gateline.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Activity;
import dev.gateline.FakeAuthenticator;
import dev.gateline.Identity;
import dev.gateline.Outcome;
import dev.gateline.Requirement;
import java.time.Clock;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cookies that are good, and are due to be renewed. */
class OnTheWayTest {
    private static final String SESSION = "__Host-Http-id=gs_ok";
    private static final String PAIR = SESSION + "; __Host-Http-id-renewal=gr_ok";

    private final FakeAuthenticator gate = new FakeAuthenticator("gs_");
    private final HttpAuth auth = HttpAuth.builder()
            .lane(CookieCarrier.create(), gate)
            .origin("https://park.example")
            .clock(Clock.fixed(FakeAuthenticator.NOW, ZoneOffset.UTC))
            .build();

    @BeforeEach
    void due() {
        gate.renewalIsDue = true;
    }

    private FakeExchange answered(FakeExchange exchange, Activity activity) {
        assertThat(auth.authenticate(exchange, Requirement.none(), activity).map(Identity::subject))
                .isEqualTo(Outcome.accepted("ada"));
        return exchange;
    }

    private static FakeExchange cookie(String line) {
        return FakeExchange.get().with("Cookie", line);
    }

    @Test
    void authenticate_sessionIsDue_isTradedAndTheIdentityIsTheSame() {
        FakeExchange exchange = answered(cookie(SESSION), Activity.USER);
        assertThat(gate.calls).containsExactly("authenticate gs_ok", "renew gs_ok");
        assertThat(exchange.added).anyMatch(line -> line.startsWith("Set-Cookie: " + SESSION));
    }

    @Test
    void authenticate_tokenIsDue_isRefreshedByItsRenewalCookie() {
        FakeExchange exchange = answered(cookie(PAIR), Activity.USER);
        assertThat(gate.calls).containsExactly("authenticate gs_ok", "refresh gr_ok");
        assertThat(exchange.added).anyMatch(line -> line.startsWith("Set-Cookie: " + SESSION));
    }

    @Test
    void authenticate_dueInTheBackgroundOrTooLate_isLeftAsItIs() {
        FakeExchange late = cookie(SESSION);
        late.committed = true;
        assertThat(answered(late, Activity.USER).added).isEmpty();
        assertThat(answered(cookie(SESSION), Activity.BACKGROUND).added).isEmpty();
        assertThat(gate.calls).containsOnly("authenticate gs_ok");
    }
}
