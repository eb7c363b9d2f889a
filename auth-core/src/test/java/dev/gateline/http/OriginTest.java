package dev.gateline.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {

    @Test
    void parse_300Characters_areReadAndOneMoreIsNot() {
        String labels = ("x".repeat(62) + ".").repeat(4);
        String longest = "https://" + labels + "x".repeat(300 - "https://".length() - labels.length());

        assertThat(longest).hasSize(300);
        assertThat(Origin.parse(longest)).isPresent();
        assertThat(Origin.parse(longest + "x")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://park.example/",
                "https://park.example/path",
                "https://PARK.example",
                "HTTPS://park.example",
                "https://park.example:443",
                "http://localhost:80",
                "park.example",
                "null",
                "*",
                "https://*.park.example",
                "https://user@park.example",
                "https://park.example?x",
                "https://park.example#x",
                "ftp://park.example",
                "ws://park.example",
                "file://park.example",
                "https://",
                "",
                "https://park.example:",
                "https://park.example:0",
                "https://park.example:65536",
                "https://park.example:08443",
                "https://park example",
                " https://park.example",
                "https://park.example\n",
                "https://park..example",
                "https://.park.example",
                "https://park.example.",
                "https://p\u00e4rk.example",
                "https://[:::]",
                "https://[:21]",
                "https://[::1::]",
                "https://[0:0:0:0:0:0:0:1]",
                "https://[::0:1]",
                "https://[2001:db8::1:0:0:0]",
                "https://[2001:0db8::1]",
                "https://[1::2:3:4:5:6:7]",
                "https://[1:2:3:4:5:6:7]",
                "https://[1:2:3:4:5:6:7:8:9]",
                "https://[12345::]",
                "https://[::127.0.0.1]",
                "https://[]",
                "https://1.2.3.256",
                "https://1.2.3",
                "https://1.2.3.4.5",
                "https://1.2.03.4",
                "https://2130706433",
                "https://0x7f000001",
                "https://example.7",
                "https://example.0x"
            })
    void parse_notAnOriginAsABrowserSendsIt_isNone(String text) {
        assertThat(Origin.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://park.example",
                "https://park.example:8443",
                "https://park.example:65535",
                "https://a_b.park.example",
                "https://xn--bcher-kva.example",
                "https://[2001:db8::1]:8443",
                "https://[::]",
                "https://[1::]",
                "https://[2001:db8:0:0:1::]",
                "https://[::ffff:7f00:1]",
                "https://[1:0:2:3:4:5:6:0]",
                "https://[1::2:0:0:3:4]",
                "https://192.0.2.255",
                "https://4.example",
                "chrome-extension://12345",
                "http://localhost",
                "http://park.test:8080",
                "capacitor://localhost",
                "tauri://localhost",
                "moz-extension://0b5d7c2e-0000-4000-8000-000000000000"
            })
    void parse_origin_isItself(String text) {
        assertThat(Origin.parse(text).orElseThrow().text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost",
                "http://app.localhost:3000",
                "http://a.b.localhost",
                "http://127.0.0.1:8080",
                "http://127.1.2.3",
                "http://[::1]:8080"
            })
    void isLoopback_thisMachine_isTrue(String text) {
        assertThat(Origin.parse(text).orElseThrow().isLoopback()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost.example",
                "http://notlocalhost",
                "http://127.example",
                "http://127.0.0.1.example",
                "http://10.0.0.1",
                "http://[::2]"
            })
    void isLoopback_anotherMachine_isFalse(String text) {
        assertThat(Origin.parse(text).orElseThrow().isLoopback()).isFalse();
    }

    @Test
    void domains_ofAHost_areItselfAndThoseAboveWithADot() {
        assertThat(Origin.parse("https://a.b.park.example").orElseThrow().domains())
                .containsExactly("a.b.park.example", "b.park.example", "park.example");
        assertThat(Origin.parse("https://a.b.c.d.park.example").orElseThrow().domains())
                .hasSize(3);
        assertThat(Origin.parse("http://localhost").orElseThrow().domains()).isEmpty();
        assertThat(Origin.parse("http://127.0.0.1").orElseThrow().domains()).isEmpty();
    }
}
