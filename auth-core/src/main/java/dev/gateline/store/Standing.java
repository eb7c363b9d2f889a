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
    public static final Standing UNMEASURED = new Standing(null, "", null, "");

    private final @Nullable Instant now;
    private final String run;
    private final @Nullable Instant markedAt;
    private final String markedBy;

    private Standing(@Nullable Instant now, String run, @Nullable Instant markedAt, String markedBy) {
        this.now = now;
        this.run = run;
        this.markedAt = markedAt;
        this.markedBy = markedBy;
    }

    /**
     * The report of a store with a mark.
     *
     * @param now the time by the server's clock
     * @param run the run of the server that answers, as for {@link #run()}
     * @param markedAt the time of the mark, by the server's clock
     * @param markedBy the run of the server in which the mark was left
     */
    public static Standing marked(Instant now, String run, Instant markedAt, String markedBy) {
        return new Standing(now, run, markedAt, markedBy);
    }

    /**
     * The report of a store without a mark, which is new or was emptied.
     *
     * @param now the time by the server's clock
     * @param run the run of the server that answers, as for {@link #run()}
     */
    public static Standing unmarked(Instant now, String run) {
        return new Standing(now, run, null, "");
    }

    /** The time by the server's clock; empty if the store is {@link #UNMEASURED}. */
    public Optional<Instant> now() {
        return Optional.ofNullable(now);
    }

    /**
     * A text that tells the run of the server that answers from every other run. A server that was restarted, or has
     * taken another one's place, is another run.
     *
     * @return any text; empty if the store is {@link #UNMEASURED}
     */
    public String run() {
        return run;
    }

    /** The time of the mark, by the server's clock; empty if there is none. */
    public Optional<Instant> markedAt() {
        return Optional.ofNullable(markedAt);
    }

    /** Whether no write can have been lost since the mark, because the same run of the server left it. */
    public boolean isSameRun() {
        return markedAt != null && run.equals(markedBy);
    }
}
