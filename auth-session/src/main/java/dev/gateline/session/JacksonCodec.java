package dev.gateline.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.lang.reflect.Type;

/** Default typing is never on: what a row says decides no class. */
final class JacksonCodec implements AttributeCodec {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .findAndAddModules()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    @Override
    public String write(Object value, Type type) {
        try {
            return JSON.writerFor(JSON.constructType(type)).writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw refused("written", type, e);
        }
    }

    @Override
    public Object read(String json, Type type) {
        try {
            Object value = JSON.readValue(json, JSON.constructType(type));
            if (value == null) {
                throw new IllegalArgumentException("there is no value for a " + type.getTypeName());
            }
            return value;
        } catch (JsonProcessingException e) {
            throw refused("read", type, e);
        }
    }

    /** Jackson's own message may quote the JSON. */
    private static IllegalArgumentException refused(String what, Type type, JsonProcessingException e) {
        return new IllegalArgumentException("can't be " + what + " as a " + type.getTypeName() + ": "
                + e.getClass().getSimpleName());
    }
}
