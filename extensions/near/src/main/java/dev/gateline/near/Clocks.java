package dev.gateline.near;

import dev.gateline.AuthEvent;
import dev.gateline.AuthListener;
import dev.gateline.AuthUnavailableException;
import dev.gateline.store.Standing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * This node's clock beside the server's. A node whose clock is off by more than a minute writes nothing: what it calls
 * expired lives for the others, and what it calls an hour may be a day. The clocks are compared once a second; between
 * two comparisons a clock that jumps is found out by the monotonic one. Thread-safe.
 */
final class Clocks {
    private static final System.Logger LOG = System.getLogger(NearStorage.class.getName());
    private static final Duration ALLOWED = Duration.ofMinutes(1);

    /** So long before it is written, the time of a decision may have been read. */
    private static final Duration UNDER_WAY = Duration.ofSeconds(10);

    private final Clock clock;
    private final AuthListener listener;
    private volatile @Nullable Reading last;

    /**
     * The times of both clocks at one moment.
     *
     * @param offset how far the server's is ahead; without what the question may have taken
     * @param server what the server's said; this node's if that has none
     * @param nanos of {@link System#nanoTime()}
     * @param measured whether the server has a clock
     */
    private record Reading(Duration offset, Instant server, long nanos, boolean measured) {
        boolean isOff() {
            return offset.abs().compareTo(ALLOWED) > 0;
        }

        /** The server's time now. */
        Instant serverNow() {
            return server.plusNanos(System.nanoTime() - nanos);
        }

        /** Whether a time can't have been read lately from a clock that is right. */
        boolean contradicts(Instant time) {
            Instant now = serverNow();
            return measured
                    && (time.isAfter(now.plus(ALLOWED))
                            || time.isBefore(now.minus(ALLOWED).minus(UNDER_WAY)));
        }
    }

    Clocks(Clock clock, AuthListener listener) {
        this.clock = clock;
        this.listener = listener.shielded();
    }

    /** Asks the store how it stands, and compares the clocks on the way. */
    Standing compare(Supplier<Standing> question) {
        Instant before = clock.instant();
        Standing standing = question.get();
        Instant after = clock.instant();
        Instant server = standing.now().orElse(after);
        compared(new Reading(
                offset(before, server, after),
                server,
                System.nanoTime(),
                standing.now().isPresent()));
        return standing;
    }

    /** Nothing if the answer was between the two. */
    private static Duration offset(Instant before, Instant server, Instant after) {
        if (server.isBefore(before)) {
            return Duration.between(before, server);
        }
        return server.isAfter(after) ? Duration.between(after, server) : Duration.ZERO;
    }

    private void compared(Reading reading) {
        Reading before = last;
        last = reading;
        if (reading.isOff() && (before == null || !before.isOff())) {
            LOG.log(System.Logger.Level.ERROR, off(reading.offset()));
            listener.on(new AuthEvent.ClockOff(clock.instant(), reading.offset()));
        } else if (!reading.isOff() && before != null && before.isOff()) {
            LOG.log(System.Logger.Level.INFO, "the clock of this node is right again");
        }
    }

    private static String off(Duration offset) {
        return "the clock of this node differs from the server's by " + offset
                + ", more than a minute: this node writes nothing until it is right";
    }

    /**
     * Whether the clocks have to be compared before a time may be written: they never were, or this node's has jumped.
     */
    boolean isToBeCompared(Instant time) {
        Reading reading = last;
        return reading == null || (!reading.isOff() && reading.contradicts(time));
    }

    /** To be asked before a time is written. */
    void checkForWriting(Instant time) {
        Reading reading = last;
        if (reading != null && reading.isOff()) {
            throw new AuthUnavailableException(off(reading.offset()));
        }
        if (reading != null && reading.contradicts(time)) {
            throw new AuthUnavailableException(off(Duration.between(time, reading.serverNow())));
        }
    }

    /** The time that a use was noted, which is no later than now. */
    Instant noted(Instant time) {
        Reading reading = last;
        return reading != null && reading.contradicts(time) && time.isAfter(reading.serverNow())
                ? reading.serverNow()
                : time;
    }

    /** By the server's clock as it was last read, and the monotonic one from there: whatever is done to this node's. */
    Instant steady() {
        Reading reading = last;
        return reading == null ? Instant.EPOCH : reading.serverNow();
    }

    /** How far the server's clock is ahead, as last read. */
    Duration offset() {
        Reading reading = last;
        return reading == null ? Duration.ZERO : reading.offset();
    }
}
