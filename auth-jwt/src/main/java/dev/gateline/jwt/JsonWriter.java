package dev.gateline.jwt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.gateline.Claims;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes one JSON object as it is, without renaming or leaving out a member, in UTF-8. Not thread-safe. */
final class JsonWriter {
    private static final JsonFactory JSON = new JsonFactory();

    /** More than most tokens have. */
    private static final int USUAL_SIZE = 512;

    private final JsonGenerator out;

    /** Writes the members of an object. */
    interface Members {
        void to(JsonWriter out) throws IOException;
    }

    private JsonWriter(JsonGenerator out) {
        this.out = out;
    }

    /**
     * Writes an object.
     *
     * @param members the members, with the value types of {@link Claims}
     * @throws IllegalArgumentException if a value has another type, or a text has half a surrogate pair
     */
    static byte[] write(Map<String, ?> members) {
        return write(out -> out.members(members));
    }

    /**
     * Writes an object.
     *
     * @throws IllegalArgumentException as for {@link #write(Map)}
     */
    static byte[] write(Members members) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_SIZE);
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            out.writeStartObject();
            members.to(new JsonWriter(out));
            out.writeEndObject();
        } catch (IOException e) {
            throw new IllegalArgumentException("not JSON values", e);
        }
        return bytes.toByteArray();
    }

    void member(String name, String text) throws IOException {
        out.writeFieldName(name);
        text(text);
    }

    void member(String name, long number) throws IOException {
        out.writeNumberField(name, number);
    }

    void member(String name, boolean flag) throws IOException {
        out.writeBooleanField(name, flag);
    }

    void member(String name, Collection<?> elements) throws IOException {
        out.writeFieldName(name);
        array(elements);
    }

    void members(Map<?, ?> members) throws IOException {
        for (Map.Entry<?, ?> member : members.entrySet()) {
            name((String) member.getKey());
            value(member.getValue());
        }
    }

    private void name(String name) throws IOException {
        if (hasSurrogates(name)) {
            out.writeFieldName(new SerializedString(name));
        } else {
            out.writeFieldName(name);
        }
    }

    private void text(String text) throws IOException {
        if (hasSurrogates(text)) {
            out.writeString(new SerializedString(text));
        } else {
            out.writeString(text);
        }
    }

    /**
     * Whether a text has characters that Jackson would escape by 12 bytes each. As a {@link SerializedString} they take
     * the 4 bytes of UTF-8, as {@link Claims} count them.
     */
    private static boolean hasSurrogates(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private void array(Collection<?> elements) throws IOException {
        out.writeStartArray();
        for (Object element : elements) {
            value(element);
        }
        out.writeEndArray();
    }

    private void value(@Nullable Object value) throws IOException {
        if (value instanceof String text) {
            text(text);
        } else if (value instanceof Long number) {
            out.writeNumber(number);
        } else if (value instanceof Boolean flag) {
            out.writeBoolean(flag);
        } else if (value instanceof BigDecimal decimal) {
            out.writeNumber(decimal);
        } else if (value instanceof Collection<?> elements) {
            array(elements);
        } else if (value instanceof Map<?, ?> members) {
            out.writeStartObject();
            members(members);
            out.writeEndObject();
        } else if (value == null) {
            out.writeNull();
        } else {
            throw new IllegalArgumentException("not a JSON value: " + value.getClass());
        }
    }
}
