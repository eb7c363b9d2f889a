package dev.gateline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthUnavailableException;
import dev.gateline.FakeAuthenticator;
import dev.gateline.Rejection;
import org.junit.jupiter.api.Test;

class DepartureTest {
    private static final String REST = "; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax";

    private final FakeAuthenticator cookies = new FakeAuthenticator("gs_");
    private final FakeAuthenticator bearers = new FakeAuthenticator("ey");
    private final HttpAuth auth = builder().build();

    private HttpAuthBuilder builder() {
        return HttpAuth.builder()
                .lane(CookieCarrier.create(), cookies)
                .lane(BearerCarrier.create(), bearers)
                .origin("https://park.example");
    }

    private static FakeExchange browser(String cookies) {
        return FakeExchange.post().fromOurPage().with("Cookie", cookies);
    }

    @Test
    void logout_twoCookiesOfOneName_endsEveryLoginThatIsProvedAndClearsThem() {
        FakeExchange exchange = browser("__Host-Http-id=gs_guess; __Host-Http-id=gs_ok; __Host-Http-id=gs_other");
        assertThat(auth.logout(exchange).toOptional()).isPresent();
        assertThat(cookies.calls).containsExactly("logout gs_guess", "logout gs_ok", "logout gs_other");
        assertThat(exchange.added)
                .contains("Set-Cookie: __Host-Http-id=" + REST, "Set-Cookie: __Host-Http-id-renewal=" + REST)
                .contains("Cache-Control: no-store");
    }

    /** Nobody could use these cookies, and so there is nothing to lose. */
    @Test
    void logout_twoCookiesThatProveNothing_saysSoAndClearsThem() {
        FakeExchange exchange = browser("__Host-Http-id=gs_guess; __Host-Http-id=gs_2-guess");
        assertThat(auth.logout(exchange).rejection()).contains(Rejection.AMBIGUOUS);
        assertThat(exchange.added).contains("Set-Cookie: __Host-Http-id=" + REST);
    }

    @Test
    void logout_moreCookiesThanAreRead_endsWhatIsProvedAndClears() {
        FakeExchange exchange = browser("__Host-Http-id=gs_ok; " + "a=b; ".repeat(300));
        assertThat(auth.logout(exchange).toOptional()).isPresent();
        assertThat(cookies.calls).containsExactly("logout gs_ok");
        assertThat(exchange.added).contains("Set-Cookie: __Host-Http-id=" + REST);
        FakeExchange hidden = browser("a=b; ".repeat(300) + "__Host-Http-id=gs_ok");
        assertThat(auth.logout(hidden).rejection()).contains(Rejection.TOO_LARGE);
        assertThat(hidden.added).contains("Set-Cookie: __Host-Http-id=" + REST);
    }

    @Test
    void logout_credentialsInTwoLanes_endsBothAndClears() {
        FakeExchange exchange = browser("__Host-Http-id=gs_ok").with("Authorization", "Bearer eyok");
        assertThat(auth.logout(exchange).toOptional()).isPresent();
        assertThat(cookies.calls).containsExactly("logout gs_ok");
        assertThat(bearers.calls).containsExactly("logout eyok");
        assertThat(exchange.added).contains("Set-Cookie: __Host-Http-id=" + REST);
    }

    @Test
    void logout_ambiguousFromAnotherSite_isCrossOriginAndEndsNothing() {
        FakeExchange exchange = FakeExchange.post()
                .with("Sec-Fetch-Site", "cross-site")
                .with("Cookie", "__Host-Http-id=gs_ok; __Host-Http-id=gs_other");
        assertThat(auth.logout(exchange).rejection()).contains(Rejection.CROSS_ORIGIN);
        assertThat(cookies.calls).isEmpty();
        assertThat(exchange.added).isEmpty();
    }

    @Test
    void logout_ambiguousAndOneStoreDown_throwsAndLeavesTheCookies() {
        bearers.down = true;
        FakeExchange exchange = browser("__Host-Http-id=gs_ok").with("Authorization", "Bearer eyok");
        assertThatThrownBy(() -> auth.logout(exchange)).isInstanceOf(AuthUnavailableException.class);
        assertThat(exchange.added).isEmpty();
    }

    @Test
    void logout_manyValuesOfOneName_asksForEightAtMost() {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < 150; i++) {
            line.append("__Host-Http-id=gs_").append(i).append("; ");
        }
        auth.logout(browser(line.toString()));
        assertThat(cookies.calls).hasSize(8);
    }

    @Test
    void logout_responseAlreadySent_endsTheLoginAllTheSame() {
        FakeExchange exchange = browser("__Host-Http-id=gs_ok");
        exchange.committed = true;
        assertThat(auth.logout(exchange).toOptional()).isPresent();
        assertThat(cookies.calls).containsExactly("logout gs_ok");
        assertThat(exchange.added).isEmpty();
    }

    @Test
    void logout_clearingSiteData_isToldToBrowsersWhoseLoginHasEnded() {
        HttpAuth clearing = builder().clearSiteDataAtLogout().build();
        String header = "Clear-Site-Data: \"cache\", \"storage\"";
        FakeExchange ended = browser("__Host-Http-id=gs_ok");
        clearing.logout(ended);
        assertThat(ended.added).contains(header);
        FakeExchange dead = browser("__Host-Http-id=gs_guess");
        clearing.logout(dead);
        assertThat(dead.added).contains(header);
        FakeExchange program = FakeExchange.post().with("Authorization", "Bearer eyok");
        clearing.logout(program);
        assertThat(program.added).doesNotContain(header);
        FakeExchange byDefault = browser("__Host-Http-id=gs_ok");
        auth.logout(byDefault);
        assertThat(byDefault.added).doesNotContain(header);
    }
}
