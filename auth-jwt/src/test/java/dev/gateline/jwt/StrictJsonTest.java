package dev.gateline.jwt;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Claims;
import dev.gateline.Outcome;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    private static Optional<Claims> read(byte[] json) {
        return StrictJson.read(json)
                .filter(members -> !members.containsValue(null))
                .filter(members -> members.keySet().stream().allMatch(name -> name.equals(name.strip())))
                .map(Claims::of);
    }

    @Test
    void write_anyClaims_areReadBackEqual() {
        RandomJson json = new RandomJson(new Random(20_261_124));
        int compared = 0;
        for (int i = 0; i < 5_000; i++) {
            Optional<Claims> claims = read(json.object(Map.of(), 9).getBytes(UTF_8));
            if (claims.isPresent()) {
                compared++;
                byte[] written = JsonWriter.write(claims.get().asMap());
                assertThat(read(written)).as(new String(written, UTF_8)).isEqualTo(claims);
            }
        }
        assertThat(compared).isGreaterThan(1_000);
    }

    @Test
    void write_claimsAtEachBound_areReadBackEqual() {
        List<Map<String, Object>> bounds = List.of(
                Map.of("n".repeat(255), Map.of("m".repeat(255), 1)),
                Map.of("€".repeat(255), Map.of("\u00FC".repeat(255), 1)),
                Map.of("x", new BigDecimal("1e308"), "y", new BigDecimal("1e-308")),
                Map.of("x", new BigDecimal("9".repeat(34) + "e-17"), "y", Long.MIN_VALUE),
                Map.of("x", new BigDecimal("-" + "9".repeat(34) + "e274")),
                Map.of("x", IntStream.range(0, 1_500).boxed().toList()),
                Map.of("x", List.of(List.of(List.of(List.of(List.of(List.of("depth 8"))))))),
                Map.of("x", "x".repeat(8_000)));
        for (Map<String, Object> values : bounds) {
            Claims claims = Claims.of(values);
            byte[] written = JsonWriter.write(claims.asMap());
            assertThat(read(written)).contains(claims);
            assertThat(StrictJson.readClaims(written).toOptional()).isEqualTo(StrictJson.read(written));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1]|not one JSON object",
                "{} {}|something behind the JSON object",
                "{\"n-24\":1,\"n-24\":2}|a member twice",
                "{\"n-24\":nul}|not JSON, or beyond its bounds",
                "{\"n-24\":1e999999999999}|not JSON, or beyond its bounds"
            })
    void readOrSay_brokenRule_isNamedAndNothingIsQuoted(String json, String rule) {
        for (Outcome<?> outcome : List.of(
                StrictJson.readOrSay(json.getBytes(UTF_8), "claims"), StrictJson.readClaims(json.getBytes(UTF_8)))) {
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Outcome.Rejected.class,
                            rejected -> assertThat(rejected.detail()).isEqualTo("claims: " + rule));
        }
    }

    /** There are two parsers behind it. */
    @Tag("slow")
    @Test
    void readClaims_anyBytes_readsWhatReadReads() {
        RandomJson json = new RandomJson(new Random(20_261_125));
        Random random = new Random(20_261_126);
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = json.object(Map.of("exp", "1"), 9).getBytes(i % 10 == 0 ? UTF_16LE : UTF_8);
            if (i % 2 == 0) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            Optional<Map<String, @Nullable Object>> expected = StrictJson.read(bytes);
            assertThat(StrictJson.readClaims(bytes).toOptional())
                    .as(new String(bytes, UTF_8))
                    .isEqualTo(expected);
            read += expected.isPresent() ? 1 : 0;
        }
        assertThat(read).isGreaterThan(5_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"n", "\u00FC", "€"})
    void read_nameOf256Characters_isEmpty(String character) {
        for (String json : List.of("{\"%s\":1}", "{\"a\":{\"%s\":1}}")) {
            byte[] longest = json.formatted(character.repeat(255)).getBytes(UTF_8);
            byte[] tooLong = json.formatted(character.repeat(256)).getBytes(UTF_8);

            assertThat(StrictJson.read(longest)).isPresent();
            assertThat(StrictJson.readClaims(longest).toOptional()).isPresent();
            assertThat(StrictJson.read(tooLong)).isEmpty();
            assertThat(StrictJson.readClaims(tooLong).toOptional()).isEmpty();
        }
    }

    /** More than the parser keeps, and all in one place of its table. */
    @Tag("slow")
    @Test
    void readClaims_namesOfOneHashWithoutEnd_areAllRead() {
        List<String> names = namesOfOneHash(6_000);
        for (int from = 0; from < names.size(); from += 250) {
            byte[] json = names.subList(from, from + 250).stream()
                    .map(name -> '"' + name + "\":1")
                    .collect(Collectors.joining(",", "{", "}"))
                    .getBytes(UTF_8);
            assertThat(StrictJson.readClaims(json).toOptional().orElseThrow())
                    .hasSize(250)
                    .isEqualTo(read(json, 250));
        }
    }

    private static Map<String, @Nullable Object> read(byte[] json, int maxValues) {
        return StrictJson.read(json, maxValues).orElseThrow();
    }

    /**
     * Of 8 characters, as Jackson's table hashes two halves of 4 bytes: {@code mixed(first) + 33 * second}, then a
     * seed.
     */
    private static List<String> namesOfOneHash(int count) {
        int inverse = BigInteger.valueOf(33)
                .modInverse(BigInteger.ONE.shiftLeft(Integer.SIZE))
                .intValue();
        List<String> names = new ArrayList<>();
        for (int i = 36 * 36 * 36; names.size() < count; i++) {
            String first = Integer.toString(i, 36);
            int mixed = ByteBuffer.wrap(first.getBytes(UTF_8)).getInt();
            mixed += mixed >>> 15;
            mixed ^= mixed >>> 9;
            byte[] second = ByteBuffer.allocate(4)
                    .putInt((0x61616161 - mixed) * inverse)
                    .array();
            String name = first + new String(second, ISO_8859_1);
            if (name.matches("[!#-\\[\\]-~]{8}")) {
                names.add(name);
            }
        }
        return names;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uFEFF{}",
                "{\u0000\"\u0000a\u0000\"\u0000:\u00001\u0000}\u0000",
                "\u0000{\u0000}",
                "{}\u0000",
                "{\"a\":1} {}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"a\":\"\\uD800\"}",
                "{\"\\uDC00\":1}",
                "[]",
                "{\"a\":1",
                "{\"a\":01}",
                "{\"a\":1e400}",
                "{\"a\":-1e400}",
                "{\"a\":1e-400}",
                "",
                " "
            })
    void readClaims_notOneStrictObject_isEmpty(String text) {
        assertThat(StrictJson.readClaims(text.getBytes(UTF_8)).toOptional()).isEmpty();
        assertThat(StrictJson.read(text.getBytes(UTF_8))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9223372036854775807",
                "9223372036854775808",
                "-9223372036854775809",
                "0.0",
                "0e400",
                "4.9e-324",
                "1e308"
            })
    void read_numberThatADoubleHolds_isReadToItsLastDigit(String number) {
        byte[] json = ("{\"a\":" + number + "}").getBytes(UTF_8);

        Object read = StrictJson.read(json).orElseThrow().get("a");
        assertThat(new BigDecimal(String.valueOf(read))).isEqualByComparingTo(number);
        assertThat(StrictJson.readClaims(json).toOptional()).contains(Map.of("a", read));
    }

    @Test
    void read_oneValueMoreThanTheBound_isEmpty() {
        byte[] json = "{\"a\":[1,2]}".getBytes(UTF_8);

        assertThat(StrictJson.read(json, 3)).isPresent();
        assertThat(StrictJson.read(json, 2)).isEmpty();
    }

    @Test
    void readClaims_invalidUtf8_isEmpty() {
        for (int[] bytes : new int[][] {{0x80}, {0xC0, 0xAF}, {0xED, 0xA0, 0x80}, {0xF4, 0x90, 0x80, 0x80}, {0xC3}}) {
            byte[] json = new byte[bytes.length + 8];
            System.arraycopy("{\"a\":\"".getBytes(UTF_8), 0, json, 0, 6);
            for (int i = 0; i < bytes.length; i++) {
                json[6 + i] = (byte) bytes[i];
            }
            System.arraycopy("\"}".getBytes(UTF_8), 0, json, 6 + bytes.length, 2);
            assertThat(StrictJson.readClaims(json).toOptional()).isEmpty();
            assertThat(StrictJson.read(json)).isEmpty();
        }
    }
}
