package dev.gateline.store;

import java.time.Duration;
import java.util.List;

/**
 * Tells every node that something in a shared storage has changed, and proves how recently it was able to. What it says
 * only saves a look at the store and is never the truth itself: a change that comes late, twice or in another order
 * does no harm.
 *
 * <p>Thread-safe. Starts no thread before the first {@link #subscribe}.
 */
public interface ChangeFeed extends AutoCloseable {

    /**
     * Tells all subscribers, those of this node among them. To be called once the change is in the store.
     *
     * <p>When it returns, every subscriber either gets the change or is told of a {@linkplain Subscriber#gap() gap},
     * before its next {@link Subscriber#freshAsOf} of a later moment. Any exception is taken as an outage.
     *
     * @param change may be delivered more than once
     */
    void publish(Change change);

    /**
     * Tells of many changes. If it throws, some of them may have been told.
     *
     * @param changes as for {@link #publish}
     */
    default void publishAll(List<Change> changes) {
        changes.forEach(this::publish);
    }

    /**
     * Listens from now on, and through every reconnection, until {@link #close()}. Returns at once; the store may be
     * out of reach.
     *
     * @param subscriber called by one thread at a time, first of all with {@link Subscriber#gap()}
     */
    void subscribe(Subscriber subscriber);

    /**
     * How old the newest proof of freshness becomes at most while all is well: the pause between two proofs. A
     * subscriber that allows less than twice that would lose its trust again and again.
     *
     * @return zero if it proves without a pause, or does not know
     */
    default Duration provenWithin() {
        return Duration.ZERO;
    }

    /** Stops telling, and the threads that did. Idempotent. */
    @Override
    void close();

    /** A feed within this process, for one node and for tests. Delivers before {@link #publish} returns. */
    static InProcessFeed inProcess() {
        return new InProcessFeed();
    }

    /** Hears what changes. */
    interface Subscriber {

        /**
         * Something has changed.
         *
         * @param change by any node, this one too
         */
        void changed(Change change);

        /**
         * Changes may have been missed: whatever is known from before is void. What is published from now on will be
         * delivered. If this throws, it is called again, and nothing else in between.
         */
        void gap();

        /**
         * All that was published anywhere before a moment has been delivered here.
         *
         * @param nanos by {@link System#nanoTime()}; proven by something that went to the feed's server after that
         *     moment and came back, so that no clock of another machine has a say
         */
        void freshAsOf(long nanos);
    }
}
