package dev.gateline.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.AuthEvent;
import dev.gateline.FakeAuthenticator;
import dev.gateline.Login;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A browser's cookies change nothing unless the request proves that it comes from a page of ours. */
class HttpAuthProofTest {
    private static final String BOTH = "__Host-Http-id=gs_old; __Host-Http-id-renewal=gs_ok";

    private final FakeAuthenticator cookies = new FakeAuthenticator("gs_");
    private final FakeAuthenticator bearers = new FakeAuthenticator("ey");
    private final List<AuthEvent> events = new ArrayList<>();
    private final HttpAuth auth = HttpAuth.builder()
            .lane(CookieCarrier.create(), cookies)
            .lane(BearerCarrier.create(), bearers)
            .origin("https://park.example")
            .insecureCrossOriginAllowedAt("/callback")
            .clock(Clock.fixed(FakeAuthenticator.NOW, ZoneOffset.UTC))
            .listener(events::add)
            .build();

    private static FakeExchange with(String method, String path, String cookie) {
        return new FakeExchange(method, path).with("Cookie", cookie);
    }

    @Test
    void authenticate_refreshedOnTheWay_mustMeetTheRequirementStill() {
        cookies.renewal = "gs_renewal-ok";
        Requirement strong = Requirement.none().methods("hwk");
        FakeExchange exchange = with("GET", "/", BOTH);

        assertThat(auth.authenticate(exchange, strong).rejection()).contains(Rejection.INSUFFICIENT);

        assertThat(cookies.calls).containsExactly("authenticate gs_old", "refresh gs_ok", "authenticate gs_ok");
        assertThat(exchange.added).anyMatch(header -> header.startsWith("Set-Cookie: __Host-Http-id=gs_ok"));
    }

    static List<BiFunction<HttpAuth, Exchange, Optional<Rejection>>> changes() {
        return List.of(
                (auth, exchange) -> auth.renew(exchange).rejection(),
                (auth, exchange) -> auth.logout(exchange).rejection(),
                (auth, exchange) -> auth.login(exchange, Login.of("eve")).rejection(),
                (auth, exchange) ->
                        auth.reauthenticate(exchange, Login.of("ada")).rejection());
    }

    /** A safe method proves nothing: a link, an image and a redirect are sent with it. */
    @ParameterizedTest
    @MethodSource("changes")
    void changes_safeMethodFromAnotherSite_areCrossOriginAndChangeNothing(
            BiFunction<HttpAuth, Exchange, Optional<Rejection>> change) {
        for (String method : List.of("GET", "HEAD", "OPTIONS", "TRACE", "POST")) {
            for (String site : List.of("cross-site", "same-site")) {
                FakeExchange exchange =
                        with(method, "/", "__Host-Http-id=gs_ok").with("Sec-Fetch-Site", site);

                assertThat(change.apply(auth, exchange)).contains(Rejection.CROSS_ORIGIN);

                assertThat(exchange.added).isEmpty();
            }
        }
        assertThat(cookies.calls).isEmpty();
        assertThat(bearers.calls).isEmpty();
        assertThat(events).hasSize(10).allMatch(AuthEvent.Rejected.class::isInstance);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void reauthenticate_withoutAnyProofOfOrigin_isCrossOrigin(String method) {
        FakeExchange exchange = with(method, "/", "__Host-Http-id=gs_ok");

        assertThat(auth.reauthenticate(exchange, Login.of("ada")).rejection()).contains(Rejection.CROSS_ORIGIN);

        assertThat(cookies.calls).isEmpty();
    }

    /** Another site may have made a browser send the cookies beside a login that is not the user's. */
    @Test
    void login_cookiesWithoutProofOfOrigin_endNothing() {
        FakeExchange exchange = with("POST", "/", "__Host-Http-id=gs_ok");

        assertThat(auth.login(exchange, Login.of("eve")).rejection()).isEmpty();

        assertThat(bearers.calls).containsExactly("login eve");
        assertThat(cookies.calls).isEmpty();
    }

    @Test
    void login_cookiesAtAnExemptPath_endTheirLogin() {
        FakeExchange exchange = with("POST", "/callback", "__Host-Http-id=gs_ok");

        assertThat(auth.login(exchange, Login.of("ada")).rejection()).isEmpty();

        assertThat(cookies.calls).contains("logout gs_ok");
    }

    /** As Chromium, Firefox and Safari send them from a page of another site. */
    static List<FakeExchange> fromAnotherSite() {
        return List.of(
                browser("POST", "cross-site", "navigate", "document").with("Origin", "https://evil.example"),
                browser("POST", "cross-site", "no-cors", "empty").with("Origin", "https://evil.example"),
                browser("POST", "cross-site", "cors", "empty").with("Origin", "https://evil.example"),
                browser("POST", "cross-site", "navigate", "iframe").with("Origin", "null"),
                browser("DELETE", "same-site", "cors", "empty").with("Origin", "https://blog.park.example"),
                browser("POST", "cross-site", "no-cors", "empty"),
                browser("GET", "cross-site", "websocket", "websocket")
                        .with("Upgrade", "websocket")
                        .with("Origin", "https://evil.example"),
                browser("GET", "same-site", "websocket", "websocket").with("Upgrade", "websocket"));
    }

    private static FakeExchange browser(String method, String site, String mode, String destination) {
        return with(method, "/", "__Host-Http-id=gs_ok")
                .with("Sec-Fetch-Site", site)
                .with("Sec-Fetch-Mode", mode)
                .with("Sec-Fetch-Dest", destination);
    }

    @ParameterizedTest
    @MethodSource("fromAnotherSite")
    void authenticate_formFetchOrWebSocketOfAnotherSite_isCrossOrigin(FakeExchange exchange) {
        assertThat(auth.authenticate(exchange).rejection()).contains(Rejection.CROSS_ORIGIN);

        assertThat(cookies.calls).isEmpty();
    }

    /** The browser does not show the answer to the other site. */
    @ParameterizedTest
    @ValueSource(strings = {"document", "image", "iframe", "script"})
    void authenticate_linkOrImageOfAnotherSite_isReadOnly(String destination) {
        FakeExchange exchange = browser("GET", "cross-site", "no-cors", destination);

        assertThat(auth.authenticate(exchange).rejection()).isEmpty();
        assertThat(auth.logout(exchange).rejection()).contains(Rejection.CROSS_ORIGIN);

        assertThat(cookies.calls).containsExactly("authenticate gs_ok");
    }
}
