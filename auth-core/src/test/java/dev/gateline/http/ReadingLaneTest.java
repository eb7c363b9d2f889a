package dev.gateline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gateline.AuthEvent;
import dev.gateline.FakeAuthenticator;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.Verifier;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadingLaneTest {
    private final FakeAuthenticator elsewhere = new FakeAuthenticator("ey");
    private final Verifier reader = elsewhere;
    private final FakeAuthenticator sessions = new FakeAuthenticator("gs_");
    private final List<AuthEvent> events = new ArrayList<>();

    private final HttpAuth api = HttpAuth.builder()
            .readingLane(BearerCarrier.create(), reader)
            .listener(events::add)
            .clock(Clock.fixed(FakeAuthenticator.NOW, ZoneOffset.UTC))
            .build();

    private static FakeExchange bearing(String credential) {
        return FakeExchange.post().with("Authorization", "Bearer " + credential);
    }

    @Test
    void authenticate_credentialIssuedElsewhere_isRead() {
        assertThat(api.authenticate(bearing("eyok")).map(Identity::subject)).isEqualTo(Outcome.accepted("ada"));
        assertThat(api.authenticate(bearing("eyguess")).rejection()).contains(Rejection.UNKNOWN);
        assertThat(api.authenticate(FakeExchange.get()).rejection()).contains(Rejection.MISSING);
    }

    @Test
    void renewStepUpAndLogout_inAReadingLane_areOfTheWrongIssuerAndTold() {
        assertThat(api.renew(bearing("eyok")).rejection()).contains(Rejection.WRONG_ISSUER);
        assertThat(api.reauthenticate(bearing("eyok"), Login.of("ada")).rejection())
                .contains(Rejection.WRONG_ISSUER);
        assertThat(api.logout(bearing("eyok")).rejection()).contains(Rejection.WRONG_ISSUER);
        assertThat(api.logins().of("ada")).isEmpty();
        assertThat(elsewhere.calls).isEmpty();
        assertThat(events)
                .hasSize(3)
                .allMatch(event ->
                        event instanceof AuthEvent.Rejected rejected && rejected.reason() == Rejection.WRONG_ISSUER);
    }

    @Test
    void login_readingLanesOnly_saysWhatToWire() {
        assertThatIllegalStateException()
                .isThrownBy(() -> api.login(FakeExchange.post(), Login.of("ada")))
                .withMessageContaining("lane(carrier, authenticator)");
        assertThatIllegalStateException().isThrownBy(() -> api.checkLogin(FakeExchange.post()));
    }

    @Test
    void login_besideALaneOfItsOwn_startsThereAndEndsNothingElsewhere() {
        HttpAuth both = HttpAuth.builder()
                .lane(CookieCarrier.create(), sessions)
                .readingLane(BearerCarrier.create(), reader)
                .origin("https://park.example")
                .build();

        FakeExchange program = bearing("eyok");
        assertThat(both.login(program, Login.of("ada")).toOptional()).isEmpty();
        FakeExchange browser = bearing("eyok").fromOurPage();
        assertThat(both.login(browser, Login.of("ada")).toOptional()).isPresent();
        assertThat(browser.added).anyMatch(header -> header.startsWith("Set-Cookie"));
        assertThat(elsewhere.calls).isEmpty();
    }

    @Test
    void authenticate_expiredCookieOfAReadingLane_isNotRefreshed() {
        HttpAuth cookies = HttpAuth.builder()
                .readingLane(CookieCarrier.create(), reader)
                .origin("https://park.example")
                .build();
        FakeExchange exchange = FakeExchange.get().with("Cookie", "__Host-Http-id=eyold; __Host-Http-id-renewal=eyok");

        assertThat(cookies.authenticate(exchange).rejection()).contains(Rejection.EXPIRED);
        assertThat(elsewhere.calls).containsExactly("authenticate eyold");
    }

    @Test
    void logout_cookieOfAReadingLane_clearsNothing() {
        HttpAuth cookies = HttpAuth.builder()
                .readingLane(CookieCarrier.create(), reader)
                .origin("https://park.example")
                .clearSiteDataAtLogout()
                .build();
        FakeExchange exchange = FakeExchange.post().fromOurPage().with("Cookie", "__Host-Http-id=eyok");

        assertThat(cookies.logout(exchange).rejection()).contains(Rejection.WRONG_ISSUER);
        assertThat(exchange.added).isEmpty();
        FakeExchange twice =
                FakeExchange.post().fromOurPage().with("Cookie", "__Host-Http-id=eyok; __Host-Http-id=eyother");
        assertThat(cookies.logout(twice).toOptional()).isEmpty();
        assertThat(twice.added).isEmpty();
    }

    @Test
    void build_noLane_namesBothKinds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpAuth.builder().build())
                .withMessageContaining("readingLane");
    }
}
