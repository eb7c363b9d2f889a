package dev.gateline.redis;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What is said to Redis and what it answers, as bytes: numbers are decimal, text is UTF-8, times are in microseconds. */
final class Wire {
    private Wire() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] bytes(long number) {
        return bytes(Long.toString(number));
    }

    static byte[] bytes(Instant instant) {
        return bytes(micros(instant));
    }

    static String text(Object answer) {
        return new String((byte[]) answer, StandardCharsets.UTF_8);
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
