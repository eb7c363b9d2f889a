package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gateline.jwt.TypedClaims.Broken;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypedClaimsTest {
    private static final long YEAR_10000 = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond() + 1;

    private static TypedClaims of(@Nullable Object value) {
        Map<String, @Nullable Object> claims = new HashMap<>();
        claims.put("it", value);
        return new TypedClaims(claims);
    }

    private static Optional<Instant> date(Object value) {
        return of(value).date("it", RoundingMode.FLOOR);
    }

    @Test
    void take_absent_isEmptyAndNullIsRefused() {
        assertThat(of(1L).take("other")).isEmpty();
        assertThatExceptionOfType(Broken.class)
                .isThrownBy(() -> of(null).take("it"))
                .withMessage("it: must be absent or a value, was missing or null");
    }

    @Test
    void date_wholeSeconds_isTakenFrom1970ToTheYear9999() {
        assertThat(date(0L)).contains(Instant.EPOCH);
        assertThat(date(YEAR_10000 - 1)).contains(Instant.ofEpochSecond(YEAR_10000 - 1));
        assertThat(TypedClaims.isDate(Instant.EPOCH)).isTrue();
        assertThat(TypedClaims.isDate(Instant.ofEpochSecond(YEAR_10000 - 1))).isTrue();
        assertThat(TypedClaims.isDate(Instant.EPOCH.minusSeconds(1))).isFalse();
        assertThat(TypedClaims.isDate(Instant.ofEpochSecond(YEAR_10000))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "1.5, FLOOR, 1",
        "1.5, CEILING, 2",
        "0.0, FLOOR, 0",
        "1e3, FLOOR, 1000",
        "253402300799.9, FLOOR, 253402300799"
    })
    void date_fraction_isRoundedAsTheCallerSays(BigDecimal value, RoundingMode rounding, long seconds) {
        assertThat(of(value).date("it", rounding)).contains(Instant.ofEpochSecond(seconds));
    }

    @Test
    void date_fractionOf64Digits_isTaken() {
        assertThat(date(new BigDecimal("1." + "0".repeat(63) + "1"))).contains(Instant.ofEpochSecond(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "-0.1", "253402300800", "253402300799.1", "1e65", "1e-65", "1e2147483647"})
    void date_outsideTheBounds_isRefused(BigDecimal value) {
        assertThatExceptionOfType(Broken.class)
                .isThrownBy(() -> of(value).date("it", RoundingMode.CEILING))
                .withMessage("it: must be seconds since 1970, as a number and before the year 10000, was a number");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 253_402_300_800L})
    void date_wholeSecondsOutsideTheBounds_isRefused(long value) {
        assertThatExceptionOfType(Broken.class).isThrownBy(() -> date(value));
    }

    static List<Arguments> kinds() {
        return List.of(
                Arguments.of("secret", "a string of 6"),
                Arguments.of(new BigDecimal("1.5"), "a number"),
                Arguments.of(true, "a boolean"),
                Arguments.of(List.of("secret"), "an array"),
                Arguments.of(Map.of("secret", "secret"), "an object"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void number_anotherKind_isRefusedNamingTheKind(Object value, String kind) {
        assertThatExceptionOfType(Broken.class)
                .isThrownBy(() -> of(value).number("it"))
                .withMessage("it: must be a whole number, was " + kind);
    }

    @Test
    void number_absentOrWhole_isTaken() {
        assertThat(of(7L).number("it")).isEqualTo(7);
        assertThat(of(7L).number("other")).isZero();
    }

    @Test
    void textsOf_arrayOfTexts_isTakenAndNothingElse() {
        assertThat(of(List.of("pwd", "otp")).textsOf("it")).containsExactly("pwd", "otp");
        assertThat(of(List.of()).textsOf("it")).isEmpty();
        assertThat(of(List.of("pwd")).textsOf("other")).isEmpty();
        for (Object value : List.of("pwd", List.of(1L), Arrays.asList("pwd", null), 1L)) {
            assertThatExceptionOfType(Broken.class)
                    .isThrownBy(() -> of(value).textsOf("it"))
                    .withMessageStartingWith("it: must be an array of strings, was ");
        }
    }
}
