package dev.gateline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialTest {

    @Test
    void of_8192Characters_isKept() {
        Credential credential = Credential.of("x".repeat(8192));
        assertThat(credential.tooLong()).isFalse();
        assertThat(credential.reveal()).hasSize(8192);
    }

    @Test
    void of_8193Characters_isNotKept() {
        Credential credential = Credential.of("x".repeat(8193));
        assertThat(credential.tooLong()).isTrue();
        assertThat(credential.reveal()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u0000", "gs_x", "\uD83D", "\u00e9"})
    void of_anyText_isKeptAsItIs(String text) {
        assertThat(Credential.of(text).reveal()).isEqualTo(text);
    }

    @Test
    void equals_sameText_isEqual() {
        assertThat(Credential.of("abc")).isEqualTo(Credential.of("abc")).hasSameHashCodeAs(Credential.of("abc"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ab", "abd", "abcd", "ABC"})
    void equals_otherText_isNot(String other) {
        assertThat(Credential.of("abc")).isNotEqualTo(Credential.of(other)).isNotEqualTo("abc");
    }

    @Test
    void equals_tooLongAndEmpty_areNot() {
        assertThat(Credential.of("x".repeat(8193))).isNotEqualTo(Credential.of(""));
    }

    @Test
    void equals_textsThatNoEncodingTellsApart_areNot() {
        assertThat(Credential.of("\uD83D")).isNotEqualTo(Credential.of("?")).isNotEqualTo(Credential.of("\uDE00"));
    }

    @Test
    void toString_isRedactedAlsoInsideAGrant() {
        Credential secret = Credential.of("gs_secret");
        Grant grant = new Grant(new LoginId("id"), secret, Instant.EPOCH, secret, Instant.EPOCH, Instant.EPOCH, false);
        assertThat(secret).hasToString("Credential[redacted]");
        assertThat(grant.toString()).contains("redacted").doesNotContain("secret");
    }
}
