package dev.gateline.jwt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.gateline.Claims;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object and nothing else (RFC 8259, RFC 8725 section 2.4): strict UTF-8 without a byte order mark,
 * without members that occur twice or have no name, and without anything behind the object. Depth, size, members and
 * digits are bounded.
 */
final class StrictJson {
    /**
     * The greatest length of a string, in characters. Certificates in key sets are long, and the whole input has been
     * bounded before.
     */
    private static final int LONGEST_STRING = RemoteDocument.MAX_SIZE;

    /** In characters. */
    private static final int LONGEST_NAME = 255;

    /** The parser for input of anybody, of which it keeps nothing. */
    private static final JsonFactory UNPROVEN =
            factory().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).build();

    /** The parser for input of a trusted issuer. It keeps up to some thousand names instead of making them again. */
    private static final JsonFactory PROVEN = factory()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .build();

    private final JsonParser parser;
    private final boolean hasEscapes;
    private int valuesLeft;

    /** Opens the input. */
    private interface Source {
        JsonParser open() throws IOException;
    }

    private StrictJson(JsonParser parser, boolean hasEscapes, int maxValues) {
        this.parser = parser;
        this.hasEscapes = hasEscapes;
        this.valuesLeft = maxValues;
    }

    private static JsonFactoryBuilder factory() {
        return new JsonFactoryBuilder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(Claims.MAX_DEPTH)
                        .maxNumberLength(64)
                        .maxStringLength(LONGEST_STRING)
                        .build());
    }

    /**
     * Reads a small object.
     *
     * @param utf8 the bytes, of any content
     * @return as {@link #read(byte[], int)}
     */
    static Optional<Map<String, @Nullable Object>> read(byte[] utf8) {
        return read(utf8, Integer.MAX_VALUE);
    }

    /**
     * Reads an object.
     *
     * @param utf8 the bytes, of any content
     * @param maxValues the greatest number of values at all depths together
     * @return the members, with the value types of {@link Claims}; empty if the input is not exactly one strict object
     */
    static Optional<Map<String, @Nullable Object>> read(byte[] utf8, int maxValues) {
        return unproven(utf8, maxValues, "").toOptional();
    }

    /**
     * Reads a small object. A rejection says for the event which part is wrong.
     *
     * @param what the part of the token
     */
    static Outcome<Map<String, @Nullable Object>> readOrSay(byte[] utf8, String what) {
        return unproven(utf8, Integer.MAX_VALUE, what);
    }

    /**
     * Reads the claims of a token whose signature is proven, as strictly, but with any number of values.
     *
     * @param utf8 the proven bytes
     */
    static Outcome<Map<String, @Nullable Object>> readClaims(byte[] utf8) {
        return strict(utf8)
                .map(text -> read(() -> PROVEN.createParser(utf8), text, Integer.MAX_VALUE, "claims"))
                .orElseGet(() -> notUtf8("claims"));
    }

    private static Outcome<Map<String, @Nullable Object>> unproven(byte[] utf8, int maxValues, String what) {
        return strict(utf8)
                .map(text -> read(() -> UNPROVEN.createParser(text), text, maxValues, what))
                .orElseGet(() -> notUtf8(what));
    }

    private static <T> Outcome<T> notUtf8(String what) {
        return Outcome.rejected(Rejection.MALFORMED, what + ": not strict UTF-8");
    }

    private static Optional<String> strict(byte[] utf8) {
        String text = new String(utf8, StandardCharsets.UTF_8);
        boolean isStrict = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), utf8) && !text.startsWith("\uFEFF");
        return isStrict ? Optional.of(text) : Optional.empty();
    }

    private static Outcome<Map<String, @Nullable Object>> read(Source source, String text, int maxValues, String what) {
        try (JsonParser parser = source.open()) {
            boolean isObject = parser.nextToken() == JsonToken.START_OBJECT;
            if (!isObject) {
                throw new Broken("not one JSON object");
            }
            Map<String, @Nullable Object> members = new StrictJson(parser, text.indexOf('\\') >= 0, maxValues).object();
            if (parser.nextToken() != null) {
                throw new Broken("something behind the JSON object");
            }
            return Outcome.accepted(members);
        } catch (Broken e) {
            return Outcome.rejected(Rejection.MALFORMED, what + ": " + e.getMessage());
        } catch (IOException | ArithmeticException | NumberFormatException e) {
            // the parser's message quotes the token
            return Outcome.rejected(Rejection.MALFORMED, what + ": not JSON, or beyond its bounds");
        }
    }

    /** Says which rule the JSON breaks, without quoting it. */
    private static final class Broken extends IOException {
        private static final long serialVersionUID = 1L;

        Broken(String rule) {
            super(rule);
        }

        /** Does nothing, because nobody reads the stack trace of an expected exception. */
        @Override
        public Throwable fillInStackTrace() {
            return this;
        }
    }

    private Map<String, @Nullable Object> object() throws IOException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            int before = members.size();
            String name = text(parser.currentName());
            if (name.isEmpty() || name.length() > LONGEST_NAME) {
                throw new Broken("a member without a name, or with one of more than 255 characters");
            }
            parser.nextToken();
            members.put(name, value());
            if (members.size() == before) {
                throw new Broken("a member twice");
            }
            if (before == Claims.MAX_MEMBERS) {
                throw new Broken("an object of more than " + Claims.MAX_MEMBERS + " members");
            }
        }
        return members;
    }

    private List<@Nullable Object> array() throws IOException {
        List<@Nullable Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value());
        }
        return elements;
    }

    private @Nullable Object value() throws IOException {
        if (--valuesLeft < 0) {
            throw new Broken("too many values");
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> text(parser.getText());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT -> isLong() ? (Object) parser.getLongValue() : decimal();
            case VALUE_NUMBER_FLOAT -> decimal();
            default -> throw new Broken("not a JSON value");
        };
    }

    /**
     * Reads a number. Most readers make a double of it, so a number is refused that would be infinite or 0 as a double.
     */
    private BigDecimal decimal() throws IOException {
        BigDecimal decimal = parser.getDecimalValue();
        double held = decimal.doubleValue();
        if (Double.isInfinite(held) || (held == 0 && decimal.signum() != 0)) {
            throw new Broken("a number that no double holds");
        }
        return decimal;
    }

    private boolean isLong() throws IOException {
        return parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    }

    /** Checks a text. An escape can write half a surrogate pair, which readers understand in different ways. */
    private String text(String text) throws IOException {
        for (int i = 0; hasEscapes && i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new Broken("an unpaired surrogate");
            }
        }
        return text;
    }
}
