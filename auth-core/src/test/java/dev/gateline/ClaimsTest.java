package dev.gateline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimsTest {

    private static Claims one(Object value) {
        return Claims.of(Map.of("c", value));
    }

    private static Object valueOf(Object value) {
        return one(value).asMap().get("c");
    }

    @Test
    void of_everyJsonType_isKept() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("text", "ada");
        values.put("flag", true);
        values.put("whole", 7L);
        values.put("fraction", new BigDecimal("1.5"));
        values.put("list", List.of("a", 1L, false));
        values.put("map", Map.of("k", List.of()));
        assertThat(Claims.of(values).asMap()).isEqualTo(values).containsOnlyKeys(values.keySet());
    }

    /** The form in which a store keeps claims is no matter of hosts. */
    @Test
    void publicMethods_always_showNoStorageForm() {
        assertThat(Arrays.stream(Claims.class.getMethods())
                        .filter(method -> method.getDeclaringClass() == Claims.class)
                        .flatMap(method -> Stream.concat(
                                Stream.of(method.getReturnType()), Arrays.stream(method.getParameterTypes()))))
                .isNotEmpty()
                .doesNotContain(byte[].class, Supplier.class);
    }

    @Test
    void of_nothing_isNone() {
        assertThat(Claims.of(Map.of())).isSameAs(Claims.none());
        assertThat(Claims.none().size()).isEqualTo("{}".length());
    }

    static List<Number> ones() {
        return List.of(
                1,
                1L,
                (short) 1,
                (byte) 1,
                1.0,
                1.0f,
                BigInteger.ONE,
                BigDecimal.ONE,
                new BigDecimal("1.00"),
                new BigDecimal("0.1E1"));
    }

    @ParameterizedTest
    @MethodSource("ones")
    void of_oneInAnyNumericType_isTheSameClaim(Number one) {
        assertThat(one(one)).isEqualTo(one(1L)).hasSameHashCodeAs(one(1L));
        assertThat(valueOf(one)).isEqualTo(1L);
        assertThat(one(one).number("c")).hasValue(1);
    }

    @Test
    void of_numbersAtTheEdgeOfLong_areLongUpToItAndDecimalBeyond() {
        BigInteger most = BigInteger.valueOf(Long.MAX_VALUE);
        BigInteger least = BigInteger.valueOf(Long.MIN_VALUE);
        assertThat(valueOf(most)).isEqualTo(Long.MAX_VALUE);
        assertThat(valueOf(least)).isEqualTo(Long.MIN_VALUE);
        assertThat(valueOf(most.add(BigInteger.ONE))).isEqualTo(new BigDecimal("9223372036854775808"));
        assertThat(valueOf(least.subtract(BigInteger.ONE))).isEqualTo(new BigDecimal("-9223372036854775809"));
        assertThat(one(most.add(BigInteger.ONE)).number("c")).isEmpty();
    }

    @Test
    void of_equalLargeNumbersWrittenDifferently_areEqual() {
        assertThat(one(new BigDecimal("1E+30"))).isEqualTo(one(BigInteger.TEN.pow(30)));
        assertThat(valueOf(-0.0)).isEqualTo(0L);
        assertThat(one(0.5f)).isEqualTo(one(new BigDecimal("0.500")));
    }

    @Test
    void of_numberOf34Digits_isTakenAndOf35Refused() {
        assertThat(valueOf(new BigDecimal("1".repeat(34)))).isEqualTo(new BigDecimal("1".repeat(34)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> one(new BigDecimal("1".repeat(35))))
                .withMessageContaining("34 digits");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> one(BigInteger.ONE.shiftLeft(1_000_000)))
                .withMessageContaining("34 digits");
    }

    @Test
    void of_numberThatADoubleHolds_isTakenAndBeyondRefused() {
        for (String held : List.of("1.7976931348623157E+308", "-1E+308", "4.9E-324", "-1E-323")) {
            assertThat(valueOf(new BigDecimal(held))).isEqualTo(new BigDecimal(held));
        }
        for (String beyond : List.of("1E+309", "-1E+309", "1.8E+308", "1E-324", "1E+1000000000", "1E-1000000000")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> one(new BigDecimal(beyond)))
                    .withMessageContaining("no double holds");
        }
    }

    static List<Object> notJson() {
        return List.of(
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                Float.NaN,
                Float.POSITIVE_INFINITY,
                'c',
                new AtomicLong(1),
                new byte[] {1},
                new char[] {'a'},
                java.time.LocalDate.EPOCH,
                java.util.Locale.ROOT,
                java.net.URI.create("https://park.example"),
                Map.of(1, "a"),
                java.util.Optional.of("a"),
                java.nio.CharBuffer.wrap("a"));
    }

    @ParameterizedTest
    @MethodSource("notJson")
    void of_notAJsonValue_isRefusedNamingTheClaim(Object value) {
        assertThatIllegalArgumentException().isThrownBy(() -> one(value)).withMessageStartingWith("claim 'c' ");
        assertThatIllegalArgumentException().isThrownBy(() -> one(List.of(Map.of("in", value))));
    }

    @Test
    void of_valueWithoutAnObviousForm_isRefusedWithTheWayOut() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> one(new byte[] {1}))
                .withMessageContaining("byte[]; give it as a string");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> one(new AtomicLong(1)))
                .withMessageContaining("AtomicLong; give it as a string");
    }

    private enum Gate {
        NORTH,
        SOUTH {
            @Override
            public String toString() {
                return "the southern one";
            }
        }
    }

    static Map<Object, Object> withAnObviousForm() {
        Map<Object, Object> forms = new LinkedHashMap<>();
        forms.put(new java.util.TreeSet<>(List.of("b", "a")), List.of("a", "b"));
        forms.put(new java.util.ArrayDeque<>(List.of("b", "a")), List.of("b", "a"));
        forms.put(new String[] {"b", "a"}, List.of("b", "a"));
        forms.put(new int[] {1, 2}, List.of(1L, 2L));
        forms.put(new long[0], List.of());
        forms.put(new double[] {0.5}, List.of(new BigDecimal("0.5")));
        forms.put(new boolean[] {true}, List.of(true));
        forms.put(new Object[] {"a", null, new int[] {1}}, Arrays.asList("a", null, List.of(1L)));
        forms.put(Gate.NORTH, "NORTH");
        forms.put(Gate.SOUTH, "SOUTH");
        forms.put(java.util.EnumSet.allOf(Gate.class), List.of("NORTH", "SOUTH"));
        forms.put(new java.util.UUID(1, 2), "00000000-0000-0001-0000-000000000002");
        forms.put(Instant.parse("2026-03-01T09:00:00.999Z"), 1772355600L);
        forms.put(Instant.ofEpochMilli(-1), -1L);
        return forms;
    }

    @Test
    void of_valueWithAnObviousForm_isKeptInIt() {
        withAnObviousForm().forEach((value, form) -> {
            assertThat(valueOf(value)).isEqualTo(form);
            assertThat(valueOf(List.of(value))).isEqualTo(List.of(form));
        });
    }

    @Test
    void of_arrayInsideItself_isRefusedAndDoesNotOverflow() {
        Object[] self = new Object[1];
        self[0] = self;
        assertThatIllegalArgumentException().isThrownBy(() -> one(self)).withMessageContaining("deeper");
    }

    @Test
    void of_nullInside_isKeptAndAtTheTopRefused() {
        List<Object> withNull = Arrays.asList("a", null);
        Map<String, Object> mapWithNull = new HashMap<>();
        mapWithNull.put("k", null);
        Map<String, Object> top = new HashMap<>();
        top.put("c", null);
        assertThat(valueOf(withNull)).isEqualTo(withNull);
        assertThat(valueOf(mapWithNull)).isEqualTo(mapWithNull);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Claims.of(top))
                .withMessageContaining("leave it out instead");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD83D", "\uDE00", "\uDE00\uD83D", "a\uD83D", "\uD83Db", "\uD83D\uD83D\uDE00"})
    void of_halfASurrogatePair_isRefusedWhereverItStands(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> one(text)).withMessageContaining("surrogate");
        assertThatIllegalArgumentException().isThrownBy(() -> one(List.of(text)));
        assertThatIllegalArgumentException().isThrownBy(() -> one(Map.of(text, "a")));
        assertThatIllegalArgumentException().isThrownBy(() -> Claims.of(Map.of(text, "a")));
    }

    @Test
    void of_wholeSurrogatePair_isTaken() {
        assertThat(one("\uD83D\uDE00").text("c")).contains("\uD83D\uDE00");
    }

    @ParameterizedTest
    @ValueSource(strings = {" nbf", "nbf ", "\tcnf", "exp\r\n", " ", "\u2003sid"})
    void of_whiteSpaceAroundAName_isRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Claims.of(Map.of(name, 1)))
                .withMessageContaining("white space");
    }

    @Test
    void of_nameOf255Characters_isTakenAndLongerOrEmptyRefused() {
        assertThat(Claims.of(Map.of("n".repeat(255), 1)).asMap()).hasSize(1);
        assertThatIllegalArgumentException().isThrownBy(() -> Claims.of(Map.of("n".repeat(256), 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> Claims.of(Map.of("", 1)));
        assertThat(one(Map.of("n".repeat(255), 1)).asMap()).hasSize(1);
        assertThatIllegalArgumentException().isThrownBy(() -> one(Map.of("n".repeat(256), 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> one(Map.of("", 1)));
        Map<String, Object> nullName = new HashMap<>();
        nullName.put(null, 1);
        assertThatThrownBy(() -> Claims.of(nullName)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void of_depthEight_isTakenAndNineRefused() {
        assertThat(one(nested(7)).asMap()).hasSize(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> one(nested(8)))
                .withMessageContaining("deeper than " + Claims.MAX_DEPTH);
    }

    private static Object nested(int lists) {
        Object value = "x";
        for (int i = 0; i < lists; i++) {
            value = i % 2 == 0 ? List.of(value) : Map.of("k", value);
        }
        return value;
    }

    @Test
    void of_itself_isRefusedAndDoesNotOverflow() {
        List<Object> self = new ArrayList<>();
        self.add(self);
        assertThatIllegalArgumentException().isThrownBy(() -> one(self)).withMessageContaining("deeper");
    }

    @Test
    void of_anyNumberOfValuesThatFits_isTaken() {
        assertThat(one(Collections.nCopies(4_000, 1)).asMap()).hasSize(1);
    }

    @Test
    void of_objectOf256Members_isTakenAndOneMoreRefused() {
        assertThat(Claims.of(members(256)).asMap()).hasSize(256);
        assertThat(one(members(256)).asMap()).hasSize(1);
        for (Map<String, Object> tooMany : List.of(members(257), Map.<String, Object>of("c", members(257)))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Claims.of(tooMany))
                    .withMessageContaining("more than 256 members");
        }
    }

    private static Map<String, Object> members(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "m" + i, i -> i));
    }

    @Test
    void of_maximumSize_isTakenAndOneByteMoreRefused() {
        int frame = "{\"c\":\"\"}".length();
        Claims full = one("x".repeat(Claims.MAX_SIZE - frame));
        assertThat(full.size()).isEqualTo(Claims.MAX_SIZE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> one("x".repeat(Claims.MAX_SIZE - frame + 1)))
                .withMessageContaining("8192 bytes");
    }

    @Test
    void size_longNames_areCountedOnce() {
        Map<String, Object> values = new HashMap<>();
        IntStream.range(0, 20).forEach(i -> values.put("n".repeat(200) + (char) ('a' + i), "v"));
        int json = 2 + 19 + 20 * ("\"\":\"v\"".length() + 201);
        assertThat(Claims.of(values).size()).isEqualTo(json);
    }

    @Test
    void of_thousandSmallDecimals_fit() {
        int frame = one(List.of()).size();
        assertThat(one(Collections.nCopies(1_000, 0.5)).size()).isEqualTo(frame + 3 * 1_000 + 999);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-0.000001234567890123456789012345678901234567",
                "-1.234567890123456789012345678901234E-300",
                "-1234567890123456789012345678901234",
                "-9223372036854775808",
                "0.1"
            })
    void size_ofANumber_isThatOfItsJson(String number) {
        BigDecimal value = new BigDecimal(number);
        BigDecimal fitting = value.precision() > 34 ? value.round(new java.math.MathContext(34)) : value;
        assertThat(one(fitting).size())
                .isEqualTo("{\"c\":}".length()
                        + Objects.requireNonNull(valueOf(fitting)).toString().length());
    }

    @Test
    void size_ofText_countsBytesOfItsJson() {
        int plain = one("").size();
        assertThat(one("a").size() - plain).isEqualTo(1);
        assertThat(one("\"").size() - plain).isEqualTo(2);
        assertThat(one("\\").size() - plain).isEqualTo(2);
        assertThat(one("\u0001").size() - plain).isEqualTo(6);
        assertThat(one("\u001f").size() - plain).isEqualTo(6);
        assertThat(one(" ").size() - plain).isEqualTo(1);
        assertThat(one("\b").size() - plain).isEqualTo(2);
        assertThat(one("\t").size() - plain).isEqualTo(2);
        assertThat(one("\u007f").size() - plain).isEqualTo(1);
        assertThat(one("\u0080").size() - plain).isEqualTo(2);
        assertThat(one("\u00e9").size() - plain).isEqualTo(2);
        assertThat(one("\u07ff").size() - plain).isEqualTo(2);
        assertThat(one("\u0800").size() - plain).isEqualTo(3);
        assertThat(one("\u20ac").size() - plain).isEqualTo(3);
        assertThat(one("\uD83D\uDE00").size() - plain).isEqualTo(4);
    }

    @Test
    void size_ofNestedValues_isThatOfTheirJson() {
        Map<String, Object> inner = new LinkedHashMap<>();
        inner.put("a", 1);
        inner.put("b", null);
        inner.put("d", List.of(true, false, Map.of()));
        assertThat(one(inner).size()).isEqualTo("{'c':{'a':1,'b':null,'d':[true,false,{}]}}".length());
    }

    @Test
    void equals_otherValueOrOtherKind_isFalse() {
        assertThat(one(1)).isEqualTo(one(1)).isNotEqualTo(one(2)).isNotEqualTo("Claims[c]");
        assertThat(one(1)).doesNotHaveSameHashCodeAs(one(2));
    }

    @Test
    void accessors_valueOfAnotherType_isAsGoodAsAbsent() {
        Claims claims = Claims.of(Map.of(
                "text",
                "true",
                "number",
                1,
                "fraction",
                1.5,
                "flag",
                true,
                "mixed",
                List.of("a", 1),
                "list",
                List.of("a")));
        assertThat(claims.text("number")).isEmpty();
        assertThat(claims.text("list")).isEmpty();
        assertThat(claims.text("absent")).isEmpty();
        assertThat(claims.texts("text")).isEmpty();
        assertThat(claims.texts("mixed")).isEmpty();
        assertThat(claims.texts("absent")).isEmpty();
        assertThat(claims.number("text")).isEmpty();
        assertThat(claims.number("fraction")).isEmpty();
        assertThat(claims.isTrue("text")).isFalse();
        assertThat(claims.isTrue("number")).isFalse();
        assertThat(claims.isTrue("absent")).isFalse();
    }

    @Test
    void accessors_valueOfTheirType_giveIt() {
        Claims claims =
                Claims.of(Map.of("text", "a", "number", 7, "flag", true, "off", false, "list", List.of("a", "b")));
        assertThat(claims.text("text")).contains("a");
        assertThat(claims.texts("list")).containsExactly("a", "b");
        assertThat(claims.number("number")).hasValue(7);
        assertThat(claims.isTrue("flag")).isTrue();
        assertThat(claims.isTrue("off")).isFalse();
    }

    @Test
    void of_sourceChangedAfterwards_isNotFollowed() {
        List<Object> list = new ArrayList<>(List.of("a"));
        Map<String, Object> map = new HashMap<>(Map.of("k", list));
        Map<String, Object> source = new HashMap<>(Map.of("c", map));
        Claims claims = Claims.of(source);
        list.add("b");
        map.put("l", 1);
        source.put("d", 1);
        assertThat(claims).isEqualTo(one(Map.of("k", List.of("a"))));
    }

    @Test
    @SuppressWarnings("unchecked")
    void asMap_atEveryDepth_isUnmodifiable() {
        Map<String, Object> top = one(Map.of("k", List.of("a"))).asMap();
        Map<String, Object> map = (Map<String, Object>) top.get("c");
        List<Object> list = (List<Object>) map.get("k");
        assertThatThrownBy(() -> top.put("x", 1)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map.put("x", 1)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> list.add(1)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void toString_showsNamesAndNoValue() {
        assertThat(one("private matter")).hasToString("Claims[c]");
    }

    @Test
    void of_refused_messageShowsNoValueAndNotAllOfALongName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Claims.of(Map.of("n".repeat(255), "private" + "x".repeat(9000))))
                .satisfies(e ->
                        assertThat(e.getMessage()).doesNotContain("private").hasSizeLessThan(200));
    }
}
