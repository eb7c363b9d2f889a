package dev.gateline.redis;

import dev.gateline.internal.Micros;
import dev.gateline.internal.StoredText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Arguments and answers of Redis as bytes. Numbers are decimal, and times are in microseconds. */
final class Wire {

    private Wire() {}

    static byte[] bytes(String text) {
        return StoredText.bytes(text);
    }

    static byte[] bytes(long number) {
        return bytes(Long.toString(number));
    }

    static byte[] bytes(Instant instant) {
        return bytes(Micros.of(instant));
    }

    static byte[] bytes(Duration span) {
        return bytes(Micros.of(span));
    }

    static String text(Object answer) {
        return StoredText.read((byte[]) answer);
    }

    static long number(Object answer) {
        return answer instanceof Long number ? number : Long.parseLong(text(answer));
    }

    static Instant instant(Object answer) {
        return Micros.instant(number(answer));
    }

    static List<?> list(Object answer) {
        return (List<?>) answer;
    }
}
