package dev.gateline.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class KeyedDigestTest {
    private final KeyedDigest digest = new KeyedDigest("a test", ThrottleFixture.KEY);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The length of each part is a part of the input. */
    @Test
    void of_sameBytesInOtherParts_isAnother() {
        byte[] one = digest.of("purpose", bytes("ab"), bytes("c"));

        assertThat(digest.of("purpose", bytes("ab"), bytes("c"))).isEqualTo(one);
        assertThat(digest.of("purpose", bytes("a"), bytes("bc"))).isNotEqualTo(one);
        assertThat(digest.of("purpose", bytes("abc"))).isNotEqualTo(one);
        assertThat(digest.of("purposea", bytes("b"), bytes("c"))).isNotEqualTo(one);
        assertThat(digest.of("other", bytes("ab"), bytes("c"))).isNotEqualTo(one);
    }
}
