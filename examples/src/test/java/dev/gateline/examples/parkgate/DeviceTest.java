package dev.gateline.examples.parkgate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceTest {

    @ParameterizedTest
    @CsvSource({
        "Firefox on Linux, 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'",
        "Chromium on Windows, 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/150.0"
                + " Safari/537.36'",
        "Edge on Windows, 'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/150.0 Safari/537.36 Edg/150.0'",
        "Safari on iPhone, 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1'",
        "Chromium on Android, 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/150.0 Mobile Safari/537.36'",
        "curl, curl/8.1.0",
        "robot, robot",
        "unknown device, ''",
        "unknown device, /1.0"
    })
    void label_ofClient_isReadable(String label, String userAgent) {
        assertThat(Device.label(userAgent)).isEqualTo(label);
    }

    @Test
    void label_controlCharacters_areLeftOut() {
        assertThat(Device.label("a\u0000b\u001b\u0085c\t/1")).isEqualTo("abc");
    }

    @Test
    void label_long_isCut() {
        assertThat(Device.label("x".repeat(1000))).hasSize(40);
    }
}
