package dev.gateline.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrossOriginGuardTest {
    private static final String OURS = "https://park.example";

    private final CrossOriginGuard guard = guard(OURS, "http://localhost:8080");

    private static CrossOriginGuard guard(String... origins) {
        return new CrossOriginGuard(
                Stream.of(origins)
                        .map(origin -> Origin.parse(origin).orElseThrow())
                        .toList(),
                List.of(exchange -> exchange.path().equals("/callback")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "TRACE"})
    void permits_safeMethod_fromAnywhere(String method) {
        assertThat(guard.permits(new FakeExchange(method, "/").with("Sec-Fetch-Site", "cross-site")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "CONNECT", "get", "ANYTHING", ""})
    void permits_unsafeMethodWithoutProof_isRefused(String method) {
        assertThat(guard.permits(new FakeExchange(method, "/"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"same-origin", "none"})
    void permits_fetchSiteOfOurs_passes(String site) {
        assertThat(guard.permits(FakeExchange.post().with("Sec-Fetch-Site", site)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "", "junk", "Same-Origin", "same-origin, cross-site", " none"})
    void permits_otherFetchSite_needsOurOrigin(String site) {
        assertThat(guard.permits(FakeExchange.post().with("Sec-Fetch-Site", site)))
                .isFalse();
        assertThat(guard.permits(
                        FakeExchange.post().with("Sec-Fetch-Site", site).with("Origin", "https://evil.example")))
                .isFalse();
        assertThat(guard.permits(
                        FakeExchange.post().with("Sec-Fetch-Site", site).with("Origin", OURS)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {OURS, "http://localhost:8080"})
    void permits_originOfOurs_passes(String origin) {
        assertThat(guard.permits(FakeExchange.post().with("Origin", origin))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "",
                "https://park.example.evil.example",
                "http://park.example",
                "https://park.example:8443",
                "https://park.example:443",
                "https://park.example/",
                "HTTPS://PARK.EXAMPLE",
                "https://www.park.example",
                "https://park.example https://evil.example",
                "http://localhost",
                "http://localhost:8081",
                "*",
                "https://park.exampl"
            })
    void permits_otherOrigin_isRefused(String origin) {
        assertThat(guard.permits(FakeExchange.post().with("Origin", origin))).isFalse();
    }

    @Test
    void permits_headerTwice_isRefused() {
        assertThat(guard.permits(FakeExchange.post().fromOurPage().fromOurPage()))
                .isFalse();
        assertThat(guard.permits(FakeExchange.post().with("Origin", OURS).with("Origin", OURS)))
                .isFalse();
    }

    @Test
    void permits_refererOrHost_proveNothing() {
        assertThat(guard.permits(
                        FakeExchange.post().with("Referer", OURS + "/page").with("Host", "park.example")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "WebSocket", "h2c, websocket"})
    void permits_webSocket_isUnsafe(String upgrade) {
        assertThat(guard.permits(FakeExchange.get().with("Upgrade", upgrade))).isFalse();
        assertThat(guard.permits(FakeExchange.get().with("Upgrade", upgrade).with("Origin", OURS)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2c", "TLS/1.0", ""})
    void permits_otherUpgrade_isSafe(String upgrade) {
        assertThat(guard.permits(FakeExchange.get().with("Upgrade", upgrade))).isTrue();
    }

    @Test
    void permits_exemptPath_isExact() {
        assertThat(guard.permits(new FakeExchange("POST", "/callback"))).isTrue();
        for (String path :
                new String[] {"/callback/", "/Callback", "/callback/x", "/x/callback", "/callback;x", "/%63allback"}) {
            assertThat(guard.permits(new FakeExchange("POST", path))).as(path).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"capacitor://localhost", "chrome-extension://abcdefghijklmnopabcdefghijklmnop"})
    void permits_originOfAnApp_passesWhereItIsNamed(String origin) {
        assertThat(guard(origin).permits(FakeExchange.post().with("Origin", origin)))
                .isTrue();
        assertThat(guard.permits(FakeExchange.post().with("Origin", origin))).isFalse();
    }
}
