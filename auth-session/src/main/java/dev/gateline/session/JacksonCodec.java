package dev.gateline.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gateline.internal.Libraries;
import java.lang.reflect.Type;
import java.util.List;

/**
 * Writes attributes by Jackson. Default typing is never on, so that no row decides which class is loaded. Thread-safe.
 */
final class JacksonCodec implements AttributeCodec {
    private static final Libraries LIBRARIES = new Libraries(
            "auth-session needs Jackson 2.15 or later, its parts in one version: import"
                    + " com.fasterxml.jackson:jackson-bom before"
                    + " other BOMs.",
            List.of(
                    "com.fasterxml.jackson.core.JsonFactory",
                    "com.fasterxml.jackson.databind.ObjectMapper",
                    "com.fasterxml.jackson.annotation.JsonProperty"));

    private final ObjectMapper json = JsonMapper.builder()
            .findAndAddModules()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private JacksonCodec() {}

    /** Creates a codec and uses it once, so that versions of Jackson that don't fit together are noticed. */
    static AttributeCodec create() {
        return LIBRARIES.start(() -> {
            JacksonCodec codec = new JacksonCodec();
            var unused = codec.read(codec.write("json", String.class), String.class);
            return codec;
        });
    }

    @Override
    public String write(Object value, Type type) {
        try {
            return json.writerFor(json.constructType(type)).writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw refused("written", type, e);
        }
    }

    @Override
    public Object read(String text, Type type) {
        try {
            Object value = json.readValue(text, json.constructType(type));
            if (value == null) {
                throw new IllegalArgumentException("there is no value for a " + type.getTypeName());
            }
            return value;
        } catch (JsonProcessingException e) {
            throw refused("read", type, e);
        }
    }

    /** The exception for a failure of Jackson, whose own message may quote the JSON. */
    private static IllegalArgumentException refused(String what, Type type, JsonProcessingException e) {
        return new IllegalArgumentException("can't be " + what + " as a " + type.getTypeName() + ": "
                + e.getClass().getSimpleName());
    }
}
