package dev.gateline.kit;

import static dev.gateline.kit.Fixture.accepted;
import static dev.gateline.kit.Fixture.assertRejected;

import dev.gateline.Login;
import dev.gateline.Rejection;
import dev.gateline.http.CookieCarrier;
import dev.gateline.http.HttpAuth;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Logins that a browser holds in cookies, and that are refreshed or rotated on the way. */
interface BrowserCases extends Fixtures {

    /** The fixture's authenticator behind cookies. */
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
}
