package dev.gateline.redis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Arguments and answers of Redis as bytes: numbers are decimal, times are in microseconds. */
final class Wire {

    /** Never begins UTF-8. */
    private static final byte NOT_UTF8 = (byte) 0xff;

    private Wire() {}

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

    static byte[] bytes(long number) {
        return bytes(Long.toString(number));
    }

    static byte[] bytes(Instant instant) {
        return bytes(micros(instant));
    }

    static String text(Object answer) {
        byte[] bytes = (byte[]) answer;
        return bytes.length > 0 && bytes[0] == NOT_UTF8
                ? ByteBuffer.wrap(bytes, 1, bytes.length - 1).asCharBuffer().toString()
                : new String(bytes, StandardCharsets.UTF_8);
    }

    static long number(Object answer) {
        return answer instanceof Long number ? number : Long.parseLong(text(answer));
    }

    static Instant instant(Object answer) {
        return Instant.EPOCH.plus(number(answer), ChronoUnit.MICROS);
    }

    static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    static List<?> list(Object answer) {
        return (List<?>) answer;
    }
}
