package dev.gateline.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class Base64UrlTest {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static boolean reads(String text) {
        boolean reads = Base64Url.decode(text, 0, text.length()).isPresent();
        byte[] latin1 = text.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(Base64Url.isEncoded(latin1, 0, latin1.length)).as(text).isEqualTo(reads);
        return reads;
    }

    @Test
    void decode_whatWasEncoded_isTheSame() {
        Random random = new Random(7);
        for (int length = 0; length < 300; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            String text = Base64Url.encode(bytes);
            assertThat(Base64Url.decode(text, 0, text.length()))
                    .hasValueSatisfying(it -> assertThat(it).isEqualTo(bytes));
        }
    }

    @Test
    void decode_partOfAText_readsThatPartOnly() {
        assertThat(Base64Url.decode("!!AQID!!", 2, 6))
                .hasValueSatisfying(it -> assertThat(it).containsExactly(1, 2, 3));
        assertThat(Base64Url.decode("!!", 1, 1))
                .hasValueSatisfying(it -> assertThat(it).isEmpty());
    }

    @Test
    void decode_anyOtherCharacter_isRefusedInEveryPosition() {
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            if (ALPHABET.indexOf(c) >= 0) {
                continue;
            }
            for (int position : List.of(0, 1, 2, 3, 63, 64, 130, 199)) {
                StringBuilder text = new StringBuilder("A".repeat(200));
                text.setCharAt(position, (char) c);
                assertThat(reads(text.toString())).as("U+%04X", c).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"AA==", "AAA=", "AA=", "AAAA=", "=", "====", "A===", "=AAA"})
    void decode_padding_isRefused(String text) {
        assertThat(reads(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 9, 41, 8189})
    void decode_impossibleLength_isRefused(int length) {
        assertThat(reads("A".repeat(length))).isFalse();
    }

    @Test
    void decode_lastCharacterWithBitsBehindTheLastByte_isRefused() {
        assertThat(acceptedLast("A")).isEqualTo("AQgw");
        assertThat(acceptedLast("AA")).isEqualTo("AEIMQUYcgkosw048");
        assertThat(acceptedLast("AAA")).hasSize(64);
    }

    private static String acceptedLast(String before) {
        List<String> all = IntStream.range(0, 64)
                .mapToObj(i -> String.valueOf(ALPHABET.charAt(i)))
                .toList();
        return all.stream().filter(last -> reads(before + last)).collect(Collectors.joining());
    }
}
