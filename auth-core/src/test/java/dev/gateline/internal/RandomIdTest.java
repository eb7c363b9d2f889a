package dev.gateline.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomIdTest {
    private static boolean isRandom(String text) {
        return RandomId.is(text);
    }

    @Test
    void text_ofBothHalves_isTheId() {
        for (int i = 0; i < 10_000; i++) {
            String id = Secrets.id();

            assertThat(isRandom(id)).isTrue();
            assertThat(RandomId.text(RandomId.high(id), RandomId.low(id))).isEqualTo(id);
        }
    }

    @Test
    void high_anyBit_comesBackInTheText() {
        for (int bit = 0; bit < Long.SIZE; bit++) {
            String id = RandomId.text(1L << bit, 1L << (bit + 7));

            assertThat(RandomId.high(id)).isEqualTo(1L << bit);
            assertThat(RandomId.low(id)).isEqualTo(1L << (bit + 7));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "session-1",
                "AQAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAQ",
                "AAAAAAAAAAAAAAAAAAAAAA",
                "abcdefghijklmnopqrstuB",
                "abcdefghijklmnopqrstuQA",
                "abcdefghijklmnopqrstu",
                "abcdefghijklmnopqrst==",
                "abcdefghij lmnopqrstuQ",
                "abc+efghijklmnopqrstuQ",
                "abcdefghijklmnopqr/tuQ",
                "\u00e9bcdefghijklmnopqrstuQ",
                "abcdefghijklmnopqrst\u4e2dQ",
                "0190b7a3-6f4e-7c1d-9b2a"
            })
    void high_textOfAnotherShape_oneHalfIsZero(String text) {
        assertThat(isRandom(text)).isFalse();
    }

    /** An issuer that counts its ids up, or adds them to a constant, must not fill one place. */
    @Test
    void tag_idsThatCount_areSpread() {
        for (int shift = 0; shift <= 48; shift += 4) {
            Set<Integer> ofHigh = new HashSet<>();
            Set<Integer> ofLow = new HashSet<>();
            for (long i = 1; i <= 4_096; i++) {
                ofHigh.add(RandomId.tag(RandomId.text(i << shift, 7)) >>> 20);
                ofLow.add(RandomId.tag(RandomId.text(7, i << shift)) >>> 20);
            }
            assertThat(ofHigh).as("shift %s", shift).hasSizeGreaterThan(1_000);
            assertThat(ofLow).as("shift %s", shift).hasSizeGreaterThan(1_000);
        }
    }

    @Test
    void tag_anyText_isNotZero() {
        assertThat(RandomId.tag("")).isNotZero();
        assertThat(RandomId.tag("session-1")).isNotZero();
    }
}
