package dev.gateline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthEvent;
import dev.gateline.ClientInfo;
import dev.gateline.CredentialKind;
import dev.gateline.FakeAuthenticator;
import dev.gateline.LoginAttempt;
import dev.gateline.LoginThrottle;
import dev.gateline.Rejection;
import dev.gateline.internal.Secrets;
import dev.gateline.store.Storage;
import dev.gateline.throttle.StoredLoginThrottle;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HttpAuthThrottleTest {
    private static final Clock CLOCK = Clock.fixed(FakeAuthenticator.NOW, ZoneOffset.UTC);
    private static final LoginAttempt ADA = LoginAttempt.of("ada").from("192.0.2.1");

    private final List<AuthEvent> events = new ArrayList<>();
    private final LoginThrottle throttle = StoredLoginThrottle.builder(
                    Storage.inMemory(1), new SecretKeySpec(Secrets.bytes(32), "HmacSHA256"))
            .clock(CLOCK)
            .build();
    private final HttpAuth auth = wired().throttle(throttle).build();

    private HttpAuthBuilder wired() {
        return HttpAuth.builder()
                .lane(CookieCarrier.create(), new FakeAuthenticator("gs_"))
                .lane(BearerCarrier.create(), new FakeAuthenticator("ey"))
                .origin("https://park.example")
                .clock(CLOCK)
                .listener(events::add);
    }

    private static FakeExchange page() {
        return FakeExchange.post().fromOurPage();
    }

    private void useUp() {
        for (int i = 0; i < 10; i++) {
            assertThat(auth.checkLogin(page(), ADA)).isEmpty();
        }
    }

    @Test
    void checkLogin_tooManyFailures_is429AndSaysHowLongToWait() {
        useUp();
        FakeExchange exchange = page();
        Optional<Rejection> refusal = auth.checkLogin(exchange, ADA);
        assertThat(refusal).contains(Rejection.TOO_MANY_ATTEMPTS);
        assertThat(auth.refuse(refusal.orElseThrow(), exchange).status()).isEqualTo(429);
        assertThat(exchange.added).containsExactly("Retry-After: 600");
        assertThat(events)
                .containsExactly(new AuthEvent.Rejected(
                        FakeAuthenticator.NOW,
                        ClientInfo.unknown(),
                        Rejection.TOO_MANY_ATTEMPTS,
                        CredentialKind.UNKNOWN,
                        "",
                        "",
                        ""));
    }

    @Test
    void checkLogin_fromAnotherSite_isCrossOriginAndCountsNothing() {
        for (int i = 0; i < 50; i++) {
            FakeExchange forged = FakeExchange.post().with("Sec-Fetch-Site", "cross-site");
            assertThat(auth.checkLogin(forged, ADA)).contains(Rejection.CROSS_ORIGIN);
        }
        useUp();
    }

    @Test
    void checkLogin_laneNamedByTheHost_isTakenWhateverTheHeaders() {
        for (int i = 0; i < 50; i++) {
            assertThat(auth.checkLogin(FakeExchange.post(), ADA, Lane.COOKIES)).contains(Rejection.CROSS_ORIGIN);
        }
        for (int i = 0; i < 10; i++) {
            assertThat(auth.checkLogin(FakeExchange.post(), ADA, Lane.BEARER)).isEmpty();
        }
        assertThat(auth.checkLogin(page(), ADA, Lane.COOKIES)).contains(Rejection.TOO_MANY_ATTEMPTS);
    }

    @Test
    void succeeded_browser_isKnownAtTheNextAttempt() {
        FakeExchange first = page();
        assertThat(auth.checkLogin(first, ADA)).isEmpty();
        auth.succeeded(first, ADA);
        String cookie = cookieOf(first);
        useUp();
        assertThat(auth.checkLogin(page(), ADA)).contains(Rejection.TOO_MANY_ATTEMPTS);
        assertThat(auth.checkLogin(page().with("Cookie", "a=b; " + cookie), ADA))
                .isEmpty();
    }

    private static String cookieOf(FakeExchange exchange) {
        return exchange.added.stream()
                .filter(line -> line.startsWith("Set-Cookie: "))
                .map(line -> line.substring("Set-Cookie: ".length(), line.indexOf(';')))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void succeeded_browser_getsAHostOnlyCookieThatIsKeptAndNotCached() {
        FakeExchange exchange = page();
        auth.succeeded(exchange, ADA);
        assertThat(exchange.added)
                .contains("Cache-Control: no-store")
                .filteredOn(line -> line.startsWith("Set-Cookie: "))
                .singleElement()
                .asString()
                .matches("Set-Cookie: __Host-[A-Za-z-]*id-device=[A-Za-z0-9_-]{54}; Max-Age=34560000; Path=/; Secure;"
                        + " HttpOnly; SameSite=Lax");
    }

    /** The prefix of a cookie's name does not count against its limit. */
    @ParameterizedTest
    @MethodSource
    void succeeded_longestNameOfTheCookies_getsADeviceCookieThatIsRead(CookieCarrier carrier) {
        HttpAuth named = HttpAuth.builder()
                .lane(carrier, new FakeAuthenticator("gs_"))
                .origin("https://park.example")
                .clock(CLOCK)
                .throttle(throttle)
                .build();
        FakeExchange first = page();
        named.succeeded(first, ADA);
        String cookie = cookieOf(first);
        assertThat(cookie).contains("n".repeat(64)).contains("-device=");
        useUp();
        assertThat(named.checkLogin(page().with("Cookie", cookie), ADA)).isEmpty();
    }

    static List<CookieCarrier> succeeded_longestNameOfTheCookies_getsADeviceCookieThatIsRead() {
        CookieCarrier longest = CookieCarrier.create().named("n".repeat(64));
        return List.of(longest, longest.embeddedInOtherSites());
    }

    @Test
    void checkLogin_twoDifferentDeviceCookies_isAStranger() {
        FakeExchange first = page();
        auth.succeeded(first, ADA);
        FakeExchange second = page();
        auth.succeeded(second, ADA);
        useUp();
        assertThat(auth.checkLogin(page().with("Cookie", cookieOf(first) + "; " + cookieOf(second)), ADA))
                .contains(Rejection.TOO_MANY_ATTEMPTS);
    }

    @Test
    void succeeded_noLaneOfCookies_setsNone() {
        HttpAuth programs = HttpAuth.builder()
                .lane(BearerCarrier.create(), new FakeAuthenticator("ey"))
                .throttle(throttle)
                .build();
        FakeExchange exchange = FakeExchange.post();
        assertThat(programs.checkLogin(exchange, ADA)).isEmpty();
        programs.succeeded(exchange, ADA);
        assertThat(exchange.added).isEmpty();
    }

    @Test
    void checkLogin_noThrottleWired_saysWhatToWire() {
        HttpAuth without = wired().build();
        assertThatThrownBy(() -> without.checkLogin(page(), ADA))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("throttle");
        assertThatThrownBy(() -> without.succeeded(page(), ADA)).isInstanceOf(IllegalStateException.class);
    }
}
