package dev.gateline.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.concurrent.TimeUnit;

/** Instants and durations as Gateline keeps them: whole microseconds, since 1970 for an instant. */
public final class Micros {
    private static final long MOST_SECONDS = Long.MAX_VALUE / 1_000_000 - 1;

    private Micros() {}

    /** An instant in microseconds; a finer part is cut off, and one that is too far away becomes about the farthest. */
    public static long of(Instant instant) {
        long seconds = Math.max(-MOST_SECONDS, Math.min(MOST_SECONDS, instant.getEpochSecond()));
        return seconds * 1_000_000 + instant.getNano() / 1_000;
    }

    /** A duration in microseconds; a finer part is cut off, and one that is too long becomes the longest. */
    public static long of(Duration duration) {
        return TimeUnit.MICROSECONDS.convert(duration);
    }

    /** The instant of a number of microseconds. */
    public static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
    }

    /** The duration of a number of microseconds. */
    public static Duration duration(long micros) {
        return Duration.ofSeconds(micros / 1_000_000, micros % 1_000_000 * 1_000);
    }

    /** The same instant, without the part that is finer than a microsecond. */
    public static Instant cut(Instant instant) {
        int finer = instant.get(ChronoField.NANO_OF_SECOND) % 1_000;
        return finer == 0 ? instant : instant.minusNanos(finer);
    }
}
