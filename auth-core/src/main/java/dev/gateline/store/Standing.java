package dev.gateline.store;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a shared store says of itself. A mark that is older than the last one that was acknowledged says how far the
 * store went back: a fail-over lost its last writes, or it was restored from a backup. Immutable.
 */
public final class Standing {
    /** Of a store that leaves no marks: how far it may have gone back is not known. */
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
     * A store with a mark.
     *
     * @param now what time it is, by the server's clock
     * @param markedAt when the mark was left, by the server's clock
     * @param sameRun whether the server that left the mark has not been restarted or replaced since
     */
    public static Standing marked(Instant now, Instant markedAt, boolean sameRun) {
        return new Standing(now, markedAt, sameRun);
    }

    /**
     * A store without a mark: a new one, or one that was emptied.
     *
     * @param now what time it is, by the server's clock
     */
    public static Standing unmarked(Instant now) {
        return new Standing(now, null, false);
    }

    /** What time it is by the server's clock; empty if the store is {@link #UNMEASURED}. */
    public Optional<Instant> now() {
        return Optional.ofNullable(now);
    }

    /** When the mark was left, by the server's clock; empty if there is none. */
    public Optional<Instant> markedAt() {
        return Optional.ofNullable(markedAt);
    }

    /** Whether nothing can have been lost since the mark: the server that left it is still the one. */
    public boolean isSameRun() {
        return sameRun;
    }
}
