package dev.gateline.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Authenticator;
import dev.gateline.http.CookieCarrier;
import dev.gateline.jwt.Algorithm;
import dev.gateline.jwt.JwtAuthenticator;
import dev.gateline.jwt.KeyRing;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tabs that share a login, and pages that are shown again. */
class TabsInChromiumTest extends InChromium {
    private static final int TABS = 6;

    private Authenticator authenticator(String strategy) {
        return strategy.equals("session")
                ? sessions()
                : JwtAuthenticator.builder(
                                storage,
                                KeyRing.builder(Algorithm.ES256).clock(clock).build())
                        .issuer("https://park.example")
                        .audience("park")
                        .clock(clock)
                        .build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jwt", "session"})
    void renew_sixTabsAtOnceAgainAndAgain_allGoOn(String strategy) {
        site.add("/app", wired(CookieCarrier.create(), authenticator(strategy)).build());
        login("/app", "ada");
        List<String> tabs = browser.tabs(TABS, park("/blank"));
        for (int round = 0; round < 4; round++) {
            clock.advance(Duration.ofMinutes(20));
            assertThat(browser.inAllTabs(tabs, "POST", "/app/renew"))
                    .hasSize(TABS)
                    .containsOnly("200");
            assertThat(browser.inAllTabs(tabs, "GET", "/app/secret")).containsOnly("200");
        }
        assertThat(me("/app")).isEqualTo("you are ada");
    }

    /** Cookies are renewed on the way: an access token that has expired, a session id that is due. */
    @ParameterizedTest
    @ValueSource(strings = {"jwt", "session"})
    void authenticate_sixTabsAtOnceAsItIsDue_allGoOn(String strategy) {
        site.add("/app", wired(CookieCarrier.create(), authenticator(strategy)).build());
        login("/app", "ada");
        List<String> tabs = browser.tabs(TABS, park("/blank"));
        for (int round = 0; round < 4; round++) {
            clock.advance(Duration.ofMinutes(16));
            assertThat(browser.inAllTabs(tabs, "GET", "/app/secret"))
                    .hasSize(TABS)
                    .containsOnly("200");
        }
    }

    @Test
    void back_afterLogout_asksTheServerAgain() {
        add("/plain", CookieCarrier.create());
        login("/plain", "ada");
        assertThat(browser.open(park("/plain/secret")).text()).isEqualTo("the secret of ada");
        browser.submit(park("/plain/logout"));
        browser.await(() -> browser.text().equals("done"));
        browser.back();
        browser.await(() -> site.seen().stream().anyMatch(line -> line.startsWith("GET /plain/secret 401")));
        assertThat(browser.text()).doesNotContain("ada");
    }

    /** The host has not said no-store: what the browser has kept goes, but for the page that is left for the logout. */
    @Test
    void back_afterALogoutThatClearsSiteData_showsNothingThatWasKept() {
        site.add(
                "/clearing",
                wired(CookieCarrier.create(), sessions())
                        .clearSiteDataAtLogout()
                        .build());
        login("/clearing", "ada");
        assertThat(browser.open(park("/clearing/kept")).text()).isEqualTo("the secret of ada");
        browser.script("localStorage.setItem('cart', 'candyfloss')");
        browser.open(park("/blank")).submit(park("/clearing/logout"));
        browser.await(() -> browser.text().equals("done"));
        assertThat(browser.script("return localStorage.getItem('cart')")).isNull();
        browser.script("history.go(-2)");
        browser.await(() -> site.seen().stream().anyMatch(line -> line.startsWith("GET /clearing/kept 401")));
        assertThat(browser.text()).doesNotContain("ada");
    }
}
