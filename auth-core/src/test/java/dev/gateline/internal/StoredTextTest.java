package dev.gateline.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "alice", "\0", "Zoë ", "\ud83c\udf9f", "\u00ff", "?", "\ud800", "a\udfffb", "\ufeff"})
    void read_bytesOfAText_isTheText(String text) {
        assertThat(StoredText.read(StoredText.bytes(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "Zoë", "\ud83c\udf9f", "\u00ff"})
    void bytes_textWithoutAnUnpairedSurrogate_areUtf8(String text) {
        assertThat(StoredText.bytes(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud800", "a\udfff"})
    void bytes_unpairedSurrogate_areNotThoseOfAQuestionMark(String text) {
        assertThat(StoredText.bytes(text)).isNotEqualTo(text.getBytes(StandardCharsets.UTF_8));
    }
}
