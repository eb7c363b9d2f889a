package dev.gateline.session;

import java.lang.reflect.Type;

/** Turns attributes into JSON and back. Thread-safe. */
public interface AttributeCodec {

    /**
     * Writes a value.
     *
     * @param value never null
     * @param type as the key has it
     * @return JSON
     * @throws IllegalArgumentException if the type can't be written
     */
    String write(Object value, Type type);

    /**
     * Reads a value.
     *
     * @param json as written, perhaps by another version of the program
     * @param type as the key has it
     * @return never null
     * @throws IllegalArgumentException if it is not of that type; nothing of the JSON in the message
     */
    Object read(String json, Type type);

    /**
     * Jackson, with the modules that it finds (for {@code java.time}, say), without polymorphic types. An older version
     * of the program ignores members that a newer one has added to a type.
     *
     * @throws IllegalStateException if the parts of Jackson that were found don't fit together
     */
    static AttributeCodec jackson() {
        return JacksonCodec.create();
    }
}
