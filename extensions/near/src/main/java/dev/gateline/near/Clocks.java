package dev.gateline.near;

import dev.gateline.AuthEvent;
import dev.gateline.AuthListener;
import dev.gateline.AuthUnavailableException;
import dev.gateline.store.Standing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * This node's clock beside the server's. A node whose clock is more than a minute off writes nothing, because its times
 * would be wrong for the other nodes. The clocks are compared once a second. Between two comparisons the monotonic
 * clock shows whether this node's clock jumps. Thread-safe.
 */
final class Clocks {
    private static final System.Logger LOG = System.getLogger(NearStorage.class.getName());
    private static final Duration ALLOWED = Duration.ofMinutes(1);

    /** The longest time between the decision and the write of its time. */
    private static final Duration UNDER_WAY = Duration.ofSeconds(10);

    private final Clock clock;
    private final AuthListener listener;
    private final LongSupplier nanos;
    private final AtomicReference<@Nullable Reading> last = new AtomicReference<>();

    /**
     * The times of both clocks at one moment.
     *
     * @param offset how far the server's clock is ahead, without the time that the question may have taken
     * @param server the server's time; this node's if the server has no clock
     * @param nanos the moment by {@link System#nanoTime()}
     * @param measured whether the server has a clock
     */
    private record Reading(Duration offset, Instant server, long nanos, boolean measured) {
        boolean isOff() {
            return offset.abs().compareTo(ALLOWED) > 0;
        }

        /** The server's time at a moment by {@link System#nanoTime()}. */
        Instant serverAt(long moment) {
            return server.plusNanos(moment - nanos);
        }

        /** Whether a time can't come from a look at a right clock in the last seconds before a moment. */
        boolean contradicts(Instant time, long moment) {
            Instant now = serverAt(moment);
            return measured
                    && (time.isAfter(now.plus(ALLOWED))
                            || time.isBefore(now.minus(ALLOWED).minus(UNDER_WAY)));
        }
    }

    /**
     * Starts without a comparison.
     *
     * @param nanos {@link System#nanoTime()}
     */
    Clocks(Clock clock, AuthListener listener, LongSupplier nanos) {
        this.clock = clock;
        this.listener = listener.shielded();
        this.nanos = nanos;
    }

    /** Asks the store for its report, and compares the clocks. */
    Standing compare(Supplier<Standing> question) {
        Instant before = clock.instant();
        Standing standing = question.get();
        Instant after = clock.instant();
        Instant server = standing.now().orElse(after);
        compared(new Reading(
                offset(before, server, after),
                server,
                nanos.getAsLong(),
                standing.now().isPresent()));
        return standing;
    }

    /** The difference of the clocks; zero if the server's time was between the question and the answer. */
    private static Duration offset(Instant before, Instant server, Instant after) {
        if (server.isBefore(before)) {
            return Duration.between(before, server);
        }
        return server.isAfter(after) ? Duration.between(after, server) : Duration.ZERO;
    }

    private void compared(Reading reading) {
        Reading before = last.getAndSet(reading);
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
     * Whether the clocks have to be compared before a time may be written: they never were, or this node's clock has
     * jumped.
     */
    boolean isToBeCompared(Instant time) {
        Reading reading = last.get();
        return reading == null || (!reading.isOff() && reading.contradicts(time, nanos.getAsLong()));
    }

    /** Checks a time before it is written. */
    void checkForWriting(Instant time) {
        Reading reading = last.get();
        long now = nanos.getAsLong();
        if (reading != null && reading.isOff()) {
            throw new AuthUnavailableException(off(reading.offset()));
        }
        if (reading != null && reading.contradicts(time, now)) {
            throw new AuthUnavailableException(off(Duration.between(time, reading.serverAt(now))));
        }
    }

    /** Corrects the time at which a use was noted, so that it is no later than now. */
    Instant noted(Instant time) {
        Reading reading = last.get();
        long now = nanos.getAsLong();
        return reading != null && reading.contradicts(time, now) && time.isAfter(reading.serverAt(now))
                ? reading.serverAt(now)
                : time;
    }

    /**
     * The time by the server's clock as it was last read, carried on by the monotonic clock. This node's clock has no
     * influence.
     */
    Instant steady() {
        Reading reading = last.get();
        return reading == null ? Instant.EPOCH : reading.serverAt(nanos.getAsLong());
    }

    /** How far the server's clock is ahead, by the last comparison. */
    Duration offset() {
        Reading reading = last.get();
        return reading == null ? Duration.ZERO : reading.offset();
    }
}
