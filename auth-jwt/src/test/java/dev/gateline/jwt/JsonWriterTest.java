package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gateline.Claims;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonWriterTest {
    private static final String WHEEL = "\uD83C\uDFA1";

    private static String written(Map<String, ?> members) {
        return new String(JsonWriter.write(members), StandardCharsets.UTF_8);
    }

    @Test
    void write_charactersBeyondTheBasicPlane_areFourBytesEachInNamesAndValues() {
        Map<String, Object> inner = Map.of(WHEEL, List.of(WHEEL, "\"" + WHEEL + "\\\n\u0001"));

        assertThat(written(Map.of("c", inner)))
                .isEqualTo("{\"c\":{\"" + WHEEL + "\":[\"" + WHEEL + "\",\"\\\"" + WHEEL + "\\\\\\n\\u0001\"]}}");
        assertThat(JsonWriter.write(Map.of("c", WHEEL))).hasSize("{\"c\":\"\"}".length() + 4);
        assertThat(JsonWriter.write(Map.of("c", WHEEL.repeat(5_000)))).hasSize("{\"c\":\"\"}".length() + 20_000);
    }

    @Test
    void write_anyClaims_takesAsManyBytesAsTheyCount() {
        RandomLogins logins = new RandomLogins(new Random(20_261_129));
        for (int i = 0; i < 2_000; i++) {
            Claims claims = logins.next(Instant.EPOCH).claims();

            assertThat(JsonWriter.write(claims.asMap()))
                    .as("%s", claims.asMap())
                    .hasSize(claims.size());
        }
    }

    @Test
    void write_everyCharacter_takesAsManyBytesAsItCounts() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c += c < 0x3000 ? 1 : 257) {
            if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
                String text = Character.toString(c);
                Claims claims = Claims.of(Map.of("c", Map.of(text, text)));

                assertThat(JsonWriter.write(claims.asMap())).as("%x", c).hasSize(claims.size());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD83C", "\uDFA1", "a\uD83Cb", "\uD83C\uD83C\uDFA1", "\uDFA1\uD83C", "\uD83C\uDFA1\uD83C"})
    void write_halfASurrogatePair_isRefused(String half) {
        assertThatIllegalArgumentException().isThrownBy(() -> JsonWriter.write(Map.of("c", half)));
        assertThatIllegalArgumentException().isThrownBy(() -> JsonWriter.write(Map.of(half, "c")));
    }
}
