package dev.gateline.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    /** Lengths below, at and beyond the eight bytes that are compared at once. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 16, 32, 35})
    void same_anyBitDiffers_isFalse(int length) {
        byte[] other = Secrets.bytes(length);
        byte[] one = Secrets.bytes(length + 5);
        System.arraycopy(other, 0, one, 3, length);

        assertThat(Secrets.same(one, 3, other)).isTrue();
        for (int bit = 0; bit < length * 8; bit++) {
            byte[] changed = one.clone();
            changed[3 + bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(Secrets.same(changed, 3, other)).as("bit %s", bit).isFalse();
        }
        assertThat(Secrets.same(one, 2, other) && Secrets.same(one, 4, other)).isFalse();
    }

    @Test
    void number_always_isPositiveAndAnother() {
        Set<Long> given = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            assertThat(given.add(Secrets.number())).isTrue();
        }
        assertThat(given).noneMatch(number -> number < 0).anyMatch(number -> number > Long.MAX_VALUE / 2);
    }

    @Test
    void isPattern_repeatedOrCounted_isTrueAndRandomIsFalse() {
        byte[] block = Secrets.bytes(16);
        byte[] repeated = new byte[32];
        System.arraycopy(block, 0, repeated, 0, 16);
        System.arraycopy(block, 0, repeated, 16, 16);
        byte[] counted = new byte[32];
        for (int i = 0; i < 32; i++) {
            counted[i] = (byte) (250 + 3 * i);
        }
        byte[] almost = repeated.clone();
        almost[31] ^= 1;

        assertThat(Secrets.isPattern(new byte[32])).isTrue();
        assertThat(Secrets.isPattern(repeated)).isTrue();
        assertThat(Secrets.isPattern(counted)).isTrue();
        assertThat(Secrets.isPattern(almost)).isFalse();
        assertThat(Secrets.isPattern(Secrets.bytes(32))).isFalse();
    }
}
