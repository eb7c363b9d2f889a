package dev.gateline.redis;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.codec.Base16;
import java.util.List;
import java.util.function.Function;

/**
 * A Lua script. Redis runs it as one step, and knows it by its digest once it has seen it.
 *
 * <p>Even one that only reads begins with a write that changes nothing: to remove what is never there. So a server that takes no
 * writes, because it is a replica now or has lost its replicas, gives no answers either, which could be old.
 *
 * @param text in Lua 5.1; whatever it is given is a string
 * @param digest SHA-1 of the text
 * @param form of the answer
 * @param read makes of it what is wanted
 * @param <T> what it answers
 */
record Script<T>(String text, String digest, ScriptOutputType form, Function<Object, T> read) {

    static Script<Long> number(String... parts) {
        return of(ScriptOutputType.INTEGER, answer -> (Long) answer, parts);
    }

    static Script<String> text(String... parts) {
        return of(ScriptOutputType.VALUE, Wire::text, parts);
    }

    static Script<List<?>> list(String... parts) {
        return of(ScriptOutputType.MULTI, Wire::list, parts);
    }

    private static <T> Script<T> of(ScriptOutputType form, Function<Object, T> read, String... parts) {
        String text = String.join("\n", parts);
        return new Script<>(text, Base16.digest(Wire.bytes(text)), form, read);
    }
}
