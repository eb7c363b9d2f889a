package dev.gateline.kit;

import static dev.gateline.kit.Fixture.accepted;
import static dev.gateline.kit.Fixture.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Activity;
import dev.gateline.AuthEvent;
import dev.gateline.AuthUnavailableException;
import dev.gateline.Claims;
import dev.gateline.ClientInfo;
import dev.gateline.CredentialKind;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginId;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.RenewalPolicy;
import dev.gateline.Requirement;
import dev.gateline.http.CookieCarrier;
import dev.gateline.http.HttpAuth;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Cases of logins that a browser holds in cookies, and that are refreshed or rotated on the way. */
interface BrowserCases extends Fixtures {

    /** An {@code HttpAuth} with cookies over the authenticator of a fixture. */
    static HttpAuth http(Fixture at) {
        return HttpAuth.builder()
                .lane(CookieCarrier.create(), at.gate())
                .origin("https://park.example")
                .clock(at.clock())
                .build();
    }

    @Test
    default void browser_everybodyWasEnded_isOutAndLogsInAgain() {
        Fixture at = fixture();
        HttpAuth http = http(at);
        Browser browser = new Browser();
        accepted(http.login(browser.request("POST"), Login.of("ada")));
        accepted(http.authenticate(browser.request("GET")));

        http.logins().endEverybody();

        assertRejected(http.authenticate(browser.request("GET")), Rejection.REVOKED);
        assertRejected(http.renew(browser.request("POST")), Rejection.REVOKED);
        at.advance(Duration.ofMinutes(6));
        assertRejected(http.authenticate(browser.request("GET")), Rejection.REVOKED);
        accepted(http.login(browser.request("POST"), Login.of("ada")));
        accepted(http.authenticate(browser.request("GET")));
    }

    /** A page that polls once a minute. */
    private static Outcome<Identity> poll(Fixture at, HttpAuth http, Browser browser) {
        at.advance(Duration.ofMinutes(1));
        return http.authenticate(browser.request("GET"), Requirement.none(), Activity.BACKGROUND);
    }

    @Test
    default void browser_thatOnlyPolls_goesIdle() {
        Fixture at = fixture();
        HttpAuth http = http(at);
        Browser browser = new Browser();
        accepted(http.login(browser.request("POST"), Login.of("ada")));
        for (int minute = 1; minute < Fixture.IDLE.toMinutes(); minute++) {
            accepted(poll(at, http, browser));
        }

        assertRejected(poll(at, http, browser), Rejection.EXPIRED);
        assertRejected(http.authenticate(browser.request("GET")), Rejection.EXPIRED);
    }

    @Test
    default void browser_userWhoComesBetweenPolls_staysIn() {
        Fixture at = fixture();
        HttpAuth http = http(at);
        Browser browser = new Browser();
        accepted(http.login(browser.request("POST"), Login.of("ada")));
        for (int minute = 1; minute < Fixture.ABSOLUTE.toMinutes(); minute++) {
            accepted(poll(at, http, browser));
            if (minute % 24 == 0) {
                accepted(http.authenticate(browser.request("GET")));
            }
        }
    }

    @Test
    default void browser_newClaimsOutgrowTheCookie_nothingIsWrittenAndTheLoginGoesOn() {
        Fixture at = fixture();
        HttpAuth http = http(at);
        Browser browser = new Browser();
        accepted(http.login(browser.request("POST"), Login.of("ada")));
        List<String> cookies = browser.cookies();
        for (int size : List.of(3_000, 4_000)) {
            at.decideRenewals(identity -> Optional.of(Claims.of(Map.of("roles", "x".repeat(size)))));
            at.advance(Duration.ofMinutes(1));
            boolean renewed = renew(http, browser);

            assertThat(at.events(AuthEvent.ClaimsTooLarge.class)).hasSize(renewed ? 0 : 1);
            assertThat(browser.cookies().equals(cookies)).isEqualTo(!renewed);
            at.events().clear();
            cookies = browser.cookies();
        }
        at.decideRenewals(RenewalPolicy.unchanged());
        at.advance(Duration.ofMinutes(10));

        accepted(http.authenticate(browser.request("GET")));
        assertThat(renew(http, browser)).isTrue();
        assertThat(at.events(AuthEvent.ReuseDetected.class)).isEmpty();
    }

    private static boolean renew(HttpAuth http, Browser browser) {
        try {
            accepted(http.renew(browser.request("POST")));
            return true;
        } catch (AuthUnavailableException e) {
            return false;
        }
    }

    @Test
    default void browser_expiredAccessRefreshedOnTheWay_isNoRejection() {
        Fixture at = fixture();
        HttpAuth http = http(at);
        Browser browser = new Browser();
        accepted(http.login(browser.request("POST"), Login.of("ada")));
        at.advance(Duration.ofMinutes(16));

        accepted(http.authenticate(browser.request("GET")));

        assertThat(at.events(AuthEvent.Rejected.class)).isEmpty();
    }

    @Test
    default void browser_oneRequest_tellsOfOneRejectionWithItsClient() {
        Fixture at = fixture();
        HttpAuth http = http(at);
        Browser browser = new Browser();
        accepted(http.login(browser.request("POST"), Login.of("ada")));
        LoginId id = at.live("ada").get(0).id();
        at.advance(Fixture.IDLE);

        assertRejected(http.authenticate(browser.request("GET")), Rejection.EXPIRED);

        ClientInfo client = new ClientInfo("203.0.113.7", "Browser/1.0");
        assertThat(at.events(AuthEvent.Rejected.class)).singleElement().satisfies(event -> {
            assertThat(event.client()).isEqualTo(client);
            assertThat(event.reason()).isEqualTo(Rejection.EXPIRED);
            assertThat(event.kind()).isIn(CredentialKind.SESSION_ID, CredentialKind.REFRESH_TOKEN);
            assertThat(event.loginId()).isEqualTo(id.value());
            assertThat(event.subject()).isEqualTo("ada");
            assertThat(event.realm()).startsWith("g");
        });
        assertThat(at.events(AuthEvent.LoggedIn.class))
                .extracting(AuthEvent.LoggedIn::client)
                .containsExactly(client);
    }
}
