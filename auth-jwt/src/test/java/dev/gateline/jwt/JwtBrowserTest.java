package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.AuthEvent;
import dev.gateline.Credential;
import dev.gateline.Login;
import dev.gateline.Rejection;
import dev.gateline.http.CookieCarrier;
import dev.gateline.http.HttpAuth;
import dev.gateline.kit.Browser;
import dev.gateline.kit.MutableClock;
import dev.gateline.store.Storage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Access tokens in cookies that have ended, though their login may go on. */
class JwtBrowserTest {
    private final MutableClock clock = new MutableClock();
    private final List<AuthEvent> events = new ArrayList<>();
    private final KeyRing keys = KeyRing.builder(Algorithm.ES256).clock(clock).build();
    private final JwtAuthenticator gate = JwtAuthenticator.builder(Storage.inMemory(10), keys)
            .issuer("https://park.example")
            .audience("park")
            .clock(clock)
            .listener(events::add)
            .build();
    private final HttpAuth http = HttpAuth.builder()
            .lane(CookieCarrier.create(), gate)
            .origin("https://park.example")
            .clock(clock)
            .build();
    private final Browser browser = new Browser();

    @BeforeEach
    void logIn() {
        assertThat(http.login(browser.request("POST"), Login.of("ada")).toOptional())
                .isPresent();
        events.clear();
    }

    private Credential access() {
        return Credential.of(browser.cookies().get(0));
    }

    private void assertRefreshedWithoutAWord(Credential before) {
        assertThat(http.authenticate(browser.request("GET")).toOptional()).isPresent();
        assertThat(access()).isNotEqualTo(before);
        assertThat(gate.authenticate(access()).toOptional()).isPresent();
        assertThat(events).noneMatch(AuthEvent.Rejected.class::isInstance);
    }

    @Test
    void authenticate_tokenRevokedButNotItsLogin_isRefreshedOnTheWay() {
        Credential before = access();
        assertThat(gate.revokeToken(before).toOptional()).isPresent();

        assertRefreshedWithoutAWord(before);
    }

    @Test
    void authenticate_tokenWhoseKeyIsGone_isRefreshedOnTheWay() {
        Credential before = access();
        keys.remove(keys.active().verification().id());

        assertThat(gate.authenticate(before).rejection()).contains(Rejection.BAD_SIGNATURE);
        events.clear();
        assertRefreshedWithoutAWord(before);
    }

    @Test
    void authenticate_loginEndedElsewhere_isRejectedOnceAndTheCookiesStay() {
        List<String> cookies = browser.cookies();
        gate.logins().endAll("ada");
        events.clear();

        assertThat(http.authenticate(browser.request("GET")).rejection()).isPresent();

        assertThat(events).singleElement().isInstanceOf(AuthEvent.Rejected.class);
        assertThat(browser.cookies()).isEqualTo(cookies);
    }

    @Test
    void logout_loginEndedElsewhere_clearsTheCookies() {
        gate.logins().end(gate.logins().of("ada").get(0).id());

        http.logout(browser.request("POST"));

        assertThat(browser.cookies()).isEmpty();
    }
}
