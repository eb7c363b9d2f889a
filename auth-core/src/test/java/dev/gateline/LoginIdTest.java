package dev.gateline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginIdTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 22, 255})
    void new_upTo255_isTaken(int length) {
        assertThat(new LoginId("x".repeat(length))).hasToString("x".repeat(length));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 256, 100_000})
    void new_emptyOrLonger_isRefused(int length) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LoginId("x".repeat(length)))
                .withMessageContaining(String.valueOf(length));
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a b", "a\n", "\u007f", "\u0000", "\u00e9", "\uD83D\uDE00", "a\t"})
    void new_otherThanVisibleAscii_isRefused(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LoginId(value))
                .satisfies(e -> assertThat(e.getMessage()).matches("\\p{ASCII}+"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "~", "a/../b", "'\"<>"})
    void new_anyVisibleAscii_isTaken(String value) {
        assertThat(new LoginId(value).value()).isEqualTo(value);
    }
}
