package dev.gateline.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShownTest {
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\0", "\u0085", "\u2028", "\u2029", "\u202e", "\u200b", "\ud800", "\udc00"})
    void text_characterThatALogObeysOrHides_isAQuestionMark(String character) {
        assertThat(Shown.text("a" + character + "b", 10)).isEqualTo("a?b");
    }

    @Test
    void text_anyOtherCharacter_isShown() {
        String text = "Zoë \ud83d\ude00 <x>";

        assertThat(Shown.text(text, text.length())).isEqualTo(text);
    }

    @Test
    void text_longerThanTheLongest_isCutOffThere() {
        assertThat(Shown.text("abcd", 4)).isEqualTo("abcd");
        assertThat(Shown.text("abcde", 4)).isEqualTo("abcd");
        assertThat(Shown.text("abc\ud83d\ude00", 4)).isEqualTo("abc?");
    }
}
