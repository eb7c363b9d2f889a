package dev.gateline.near;

import dev.gateline.near.Continuity.Loss;
import dev.gateline.store.Revocation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The recovery from a loss of which the feed knows since when it is. The feed delivers what the store still has of that
 * time, so that the store is not read. It ends with a proof of freshness that began after the look at the mark: all of
 * it was at one server then. For the thread of the feed.
 */
final class Rewind {
    private final long since;
    private final List<Revocation> there = new ArrayList<>();
    private @Nullable Loss loss;
    private long lookedAt;

    /**
     * Begins before the look at the mark.
     *
     * @param since the moment by {@link System#nanoTime()} after which all lost changes were published
     */
    Rewind(long since) {
        this.since = since;
    }

    /** Begins the recovery from another loss before this one is over. */
    Rewind again(long otherSince) {
        return new Rewind(otherSince - since < 0 ? otherSince : since);
    }

    long since() {
        return since;
    }

    /** Notes a revocation that the store has. */
    void found(Revocation revocation) {
        there.add(revocation);
    }

    /** The revocations that the store has, of those that were published after {@link #since}. */
    List<Revocation> there() {
        return there;
    }

    /**
     * Notes the look at the mark.
     *
     * @param nanos the moment at which it was over, by {@link System#nanoTime()}
     */
    void saw(Loss measured, long nanos) {
        loss = measured;
        lookedAt = nanos;
    }

    /** The loss by the mark; null before the look. */
    @Nullable
    Loss loss() {
        return loss;
    }

    /** Whether the look was over when a message was sent to the server. */
    boolean sawBefore(long nanos) {
        return loss != null && nanos - lookedAt >= 0;
    }
}
