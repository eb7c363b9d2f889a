package dev.gateline.store;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The report of a shared store about itself. If its mark is older than the last acknowledged one, the store went back
 * by that much: a fail-over lost its last writes, or it was restored from a backup. Immutable.
 */
public final class Standing {
    /** The report of a store that leaves no marks. It is not known how far it may have gone back. */
    public static final Standing UNMEASURED = new Standing(null, null, false);

    private final @Nullable Instant now;
    private final @Nullable Instant markedAt;
    private final boolean sameRun;

    private Standing(@Nullable Instant now, @Nullable Instant markedAt, boolean sameRun) {
        this.now = now;
        this.markedAt = markedAt;
        this.sameRun = sameRun;
    }

    /**
     * The report of a store with a mark.
     *
     * @param now the time by the server's clock
     * @param markedAt the time of the mark, by the server's clock
     * @param sameRun whether the server that left the mark has not been restarted or replaced since
     */
    public static Standing marked(Instant now, Instant markedAt, boolean sameRun) {
        return new Standing(now, markedAt, sameRun);
    }

    /**
     * The report of a store without a mark, which is new or was emptied.
     *
     * @param now the time by the server's clock
     */
    public static Standing unmarked(Instant now) {
        return new Standing(now, null, false);
    }

    /** The time by the server's clock; empty if the store is {@link #UNMEASURED}. */
    public Optional<Instant> now() {
        return Optional.ofNullable(now);
    }

    /** The time of the mark, by the server's clock; empty if there is none. */
    public Optional<Instant> markedAt() {
        return Optional.ofNullable(markedAt);
    }

    /** Whether no write can have been lost since the mark, because the same run of the server left it. */
    public boolean isSameRun() {
        return sameRun;
    }
}
