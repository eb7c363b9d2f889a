package dev.gateline.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomIdTest {
    @Test
    void text_ofTheBits_isTheId() {
        for (int i = 0; i < 10_000; i++) {
            String id = Secrets.id();

            assertThat(RandomId.of(id)).isNotNull().extracting(RandomId::text).isEqualTo(id);
        }
    }

    @Test
    void equals_oneBitDiffers_isFalse() {
        RandomId id = RandomId.of(RandomId.text(5, 9));

        assertThat(id).isEqualTo(RandomId.of(RandomId.text(5, 9))).hasSameHashCodeAs(RandomId.of(RandomId.text(5, 9)));
        assertThat(id)
                .isNotEqualTo(RandomId.of(RandomId.text(5, 8)))
                .isNotEqualTo(RandomId.of(RandomId.text(4, 9)))
                .isNotEqualTo("id");
        assertThat(id).doesNotHaveSameHashCodeAs(RandomId.of(RandomId.text(5, 8)));
    }

    @Test
    void of_noBit_isReadAsItWasWritten() {
        assertThat(RandomId.of("A".repeat(22)))
                .isEqualTo(RandomId.of(RandomId.text(0, 0)))
                .isNotNull();
    }

    @Test
    void of_anyBit_isReadAsItWasWritten() {
        for (int bit = 0; bit < Long.SIZE; bit++) {
            RandomId id = RandomId.of(RandomId.text(1L << bit, 1L << (bit + 7)));

            assertThat(id).isNotNull();
            assertThat(id.high()).isEqualTo(1L << bit);
            assertThat(id.low()).isEqualTo(1L << (bit + 7));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "session-1",
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
    void of_textOfAnotherShape_isNull(String text) {
        assertThat(RandomId.of(text)).isNull();
    }
}
