package dev.gateline.redis;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.codec.Base16;
import java.util.List;
import java.util.function.Function;

/**
 * A Lua script. Redis runs it as one step, and knows it by its digest after the first run.
 *
 * <p>Each script, even one that only reads, begins with an {@link Opening}.
 *
 * @param text the script in Lua 5.1; all its arguments are strings
 * @param digest the SHA-1 of the text
 * @param form the form of the answer
 * @param read converts the answer
 * @param <T> the type of the answer
 */
record Script<T>(String text, String digest, ScriptOutputType form, Function<Object, T> read) {

    static Script<Long> number(Opening opening, String... parts) {
        return of(ScriptOutputType.INTEGER, answer -> (Long) answer, opening, parts);
    }

    static Script<String> text(Opening opening, String... parts) {
        return of(ScriptOutputType.VALUE, Wire::text, opening, parts);
    }

    static Script<List<?>> list(Opening opening, String... parts) {
        return of(ScriptOutputType.MULTI, Wire::list, opening, parts);
    }

    private static <T> Script<T> of(ScriptOutputType form, Function<Object, T> read, Opening opening, String... parts) {
        String text = opening.command() + '\n' + String.join("\n", parts);
        return new Script<>(text, Base16.digest(Wire.bytes(text)), form, read);
    }
}
