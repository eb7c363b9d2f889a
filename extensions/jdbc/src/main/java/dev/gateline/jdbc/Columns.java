package dev.gateline.jdbc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * How instants and texts are kept. Texts of users are bytes: databases fold case and accents, drop trailing blanks or
 * refuse NUL, each in its own way, where to be equal must mean to be the same.
 */
final class Columns {

    /** Never begins UTF-8. */
    private static final byte NOT_UTF8 = (byte) 0xff;

    private Columns() {}

    /** In microseconds since 1970. */
    static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }

    /** In microseconds. */
    static long micros(Duration span) {
        return TimeUnit.MICROSECONDS.convert(span);
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1_000L);
    }

    /**
     * UTF-8, or UTF-16 behind a mark if there is an unpaired surrogate in it, which UTF-8 would turn into a question
     * mark.
     */
    static byte[] bytes(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (new String(utf8, StandardCharsets.UTF_8).equals(text)) {
            return utf8;
        }
        ByteBuffer marked = ByteBuffer.allocate(1 + text.length() * Character.BYTES);
        marked.put(NOT_UTF8).asCharBuffer().put(text);
        return marked.array();
    }

    static String text(byte[] bytes) {
        return bytes.length > 0 && bytes[0] == NOT_UTF8
                ? ByteBuffer.wrap(bytes, 1, bytes.length - 1).asCharBuffer().toString()
                : new String(bytes, StandardCharsets.UTF_8);
    }
}
