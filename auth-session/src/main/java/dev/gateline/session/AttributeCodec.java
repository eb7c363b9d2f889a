package dev.gateline.session;

import java.lang.reflect.Type;

/** Turns attributes into JSON and back. Thread-safe. */
public interface AttributeCodec {

    /**
     * Writes a value.
     *
     * @param value the value, never null
     * @param type as the key has it
     * @return JSON
     * @throws IllegalArgumentException if the type can't be written
     */
    String write(Object value, Type type);

    /**
     * Reads a value.
     *
     * @param json the JSON as written, perhaps by another version of the program
     * @param type as the key has it
     * @return the value, never null
     * @throws IllegalArgumentException if the value has another type; the message quotes nothing of the JSON
     */
    Object read(String json, Type type);

    /**
     * Creates a codec that uses Jackson with the modules that it finds, for example for {@code java.time}, and without
     * polymorphic types. An older version of the program ignores members that a newer one has added to a type.
     *
     * @throws IllegalStateException if the parts of Jackson that were found don't fit together
     */
    static AttributeCodec jackson() {
        return JacksonCodec.create();
    }
}
