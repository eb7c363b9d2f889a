package dev.gateline.near;

import dev.gateline.ClockAndListener;
import dev.gateline.store.SharedStorage;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Wires a {@link NearStorage}. The clock is compared with the server's clock. The listener hears that the feed was lost
 * and regained, that the store went back, and that the clock is wrong. Not thread-safe.
 */
public final class NearStorageBuilder extends ClockAndListener<NearStorageBuilder> {
    private static final Duration LONGEST_MEMORY = Duration.ofDays(7);
    private static final Duration LONGEST_STALENESS = Duration.ofMinutes(1);

    final SharedStorage shared;
    Duration maxStaleness = Duration.ofSeconds(5);
    int capacity = 100_000;
    boolean authoritative;
    Duration remember = Duration.ofHours(1);
    int rememberedEndings = 100_000;
    boolean endsAllAfterALongLoss = true;
    LongSupplier nanos = System::nanoTime;

    /** Says when the upkeep is due; apart from {@code nanos}, so that a test can do the upkeep itself. */
    LongSupplier upkeepNanos = System::nanoTime;

    NearStorageBuilder(SharedStorage shared) {
        this.shared = shared;
    }

    @Override
    protected NearStorageBuilder self() {
        return this;
    }

    /**
     * Sets how long copies are trusted without proof that they are right: at least twice the pause between two proofs
     * of the feed.
     *
     * @param most 1 s to 1 min; default: 5 s
     */
    public NearStorageBuilder maxStaleness(Duration most) {
        if (most.compareTo(Duration.ofSeconds(1)) < 0 || most.compareTo(LONGEST_STALENESS) > 0) {
            throw new IllegalArgumentException("max staleness: 1 s to 1 min, was " + most);
        }
        maxStaleness = most;
        return this;
    }

    /**
     * Asks the store for each request, so that every node sees an ending when the call returns. The node still keeps
     * revocations in memory, to write them again to a store that has lost them.
     */
    public NearStorageBuilder authoritative() {
        authoritative = true;
        return this;
    }

    /**
     * Sets how many logins are copied at most. Logins that are used least are read from the store again. Revocations
     * don't count: all of them are in memory.
     *
     * @param logins at least 1, about a kilobyte each; default: 100,000
     */
    public NearStorageBuilder capacity(int logins) {
        if (logins < 1) {
            throw new IllegalArgumentException("capacity: at least 1 login, was " + logins);
        }
        capacity = logins;
        return this;
    }

    /**
     * Sets how long this node remembers which logins have ended, to write lost endings again. Choose the longest time
     * by which the store may go back: by a fail-over, by a restart without its last writes, or by a backup. If the
     * store goes back further, all logins are ended.
     *
     * @param span 10 minutes to 7 days; default: 1 hour
     */
    public NearStorageBuilder remember(Duration span) {
        if (span.compareTo(Duration.ofMinutes(10)) < 0 || span.compareTo(LONGEST_MEMORY) > 0) {
            throw new IllegalArgumentException("remember: 10 min to 7 days, was " + span);
        }
        remember = span;
        return this;
    }

    /**
     * Sets how many ended logins this node remembers at most, besides those that it must not forget. If more logins end
     * within the span, the node remembers a shorter span.
     *
     * @param most at least 1,000, at most 48 bytes each; default: 100,000
     */
    public NearStorageBuilder rememberedEndings(int most) {
        if (most < 1_000) {
            throw new IllegalArgumentException("remembered endings: at least 1,000, was " + most);
        }
        rememberedEndings = most;
        return this;
    }

    /**
     * Lets all logins continue if the store went back further than the nodes remember. Some ended logins then live
     * again. Without this setting all logins are ended.
     */
    public NearStorageBuilder insecureEndedLoginsMayComeBackAfterALongLoss() {
        endsAllAfterALongLoss = false;
        return this;
    }

    /**
     * Builds the storage and subscribes to the feed. It returns at once, even if the store is out of reach.
     *
     * @throws IllegalArgumentException if {@code maxStaleness} is less than twice the pause between the feed's proofs
     */
    public NearStorage build() {
        Duration pause = shared.feed().provenWithin();
        if (maxStaleness.compareTo(pause.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException("max staleness: at least twice the pause between two proofs of the"
                    + " feed, which is " + pause + ", was " + maxStaleness
                    + "; raise maxStaleness, or shorten the feed's pause (JdbcStorage: pollInterval)");
        }
        return new NearStorage(this, clock(), listener()).started();
    }
}
