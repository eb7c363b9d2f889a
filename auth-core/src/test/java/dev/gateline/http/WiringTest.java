package dev.gateline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gateline.FakeAuthenticator;
import dev.gateline.Rejection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WiringTest {
    private final FakeAuthenticator cookies = new FakeAuthenticator("gs_");

    private HttpAuthBuilder over(CookieCarrier carrier) {
        return HttpAuth.builder().lane(carrier, cookies);
    }

    private static void refuses(HttpAuthBuilder builder, String rule) {
        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining(rule);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://park.example:8443",
                "https://a_b.park.example",
                "http://localhost",
                "http://app.localhost:3000",
                "http://127.0.0.1:8080",
                "http://[::1]:8080",
                "capacitor://localhost",
                "tauri://localhost",
                "chrome-extension://abcdefghijklmnopabcdefghijklmnop"
            })
    void origin_asABrowserOrAnAppSendsIt_mayAct(String origin) {
        HttpAuth auth = over(CookieCarrier.create()).origin(origin).build();
        FakeExchange change = FakeExchange.post().with("Origin", origin).with("Cookie", "__Host-Http-id=gs_ok");
        assertThat(auth.authenticate(change).toOptional()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://park.example", "http://park.test:8080", "https://park.example/", "null", ""})
    void origin_plainHttpElsewhereOrNone_isRefusedWithItsValue(String origin) {
        refuses(over(CookieCarrier.create()).origin(origin), "was " + origin);
    }

    @Test
    void insecureHttpOriginForDevelopment_plainHttp_mayAct() {
        HttpAuth auth = over(CookieCarrier.create().insecureCookieForLocalDevelopment())
                .insecureHttpOriginForDevelopment("http://park.test:8080")
                .build();
        FakeExchange change =
                FakeExchange.post().with("Origin", "http://park.test:8080").with("Cookie", "insecure-id=gs_ok");
        assertThat(auth.authenticate(change).toOptional()).isPresent();
    }

    @Test
    void insecureHttpOriginForDevelopment_notPlainHttp_isRefused() {
        refuses(over(CookieCarrier.create()).insecureHttpOriginForDevelopment("https://park.example"), "http://host");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://park.example", "capacitor://park.example", "https://10.0.0.1"})
    void insecureCookieForLocalDevelopment_originElsewhere_isRefusedNamingIt(String origin) {
        refuses(
                over(CookieCarrier.create().insecureCookieForLocalDevelopment())
                        .origin("http://localhost:8080")
                        .origin(origin),
                "was with " + origin);
    }

    /** Browsers send nothing but its origin with a handshake. */
    @Test
    void authenticate_webSocketOfAPageOfOurs_isAcceptedAndOfAnotherSiteNot() {
        HttpAuth auth =
                over(CookieCarrier.create()).origin("https://park.example").build();
        FakeExchange ours = FakeExchange.get()
                .with("Upgrade", "websocket")
                .with("Origin", "https://park.example")
                .with("Cookie", "__Host-Http-id=gs_ok");
        assertThat(auth.authenticate(ours).toOptional()).isPresent();
        FakeExchange theirs = FakeExchange.get()
                .with("Upgrade", "websocket")
                .with("Origin", "https://evil.example")
                .with("Cookie", "__Host-Http-id=gs_ok");
        assertThat(auth.authenticate(theirs).rejection()).contains(Rejection.CROSS_ORIGIN);
    }
}
