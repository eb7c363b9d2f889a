package dev.gateline.store;

import java.time.Duration;
import java.util.List;

/**
 * Tells every node of changes in a shared storage, and proves how recently the node could hear of changes. A report
 * only saves a look at the store. The store has the truth, so a report that comes late, twice or in another order does
 * no harm.
 *
 * <p>Thread-safe. Starts no thread before the first {@link #subscribe}.
 */
public interface ChangeFeed extends AutoCloseable {

    /**
     * Tells all subscribers of a change, also those of this node. Call it after the change is in the store.
     *
     * <p>After it has returned, every subscriber gets either the change or a {@linkplain Subscriber#gap() gap}, before
     * its next {@link Subscriber#freshAsOf} of a later moment. Any exception counts as an outage.
     *
     * @param change the change, which may be delivered more than once
     */
    void publish(Change change);

    /**
     * Tells all subscribers of many changes. If it throws, some changes may have been delivered.
     *
     * @param changes as for {@link #publish}
     */
    default void publishAll(List<Change> changes) {
        changes.forEach(this::publish);
    }

    /**
     * Adds a subscriber until {@link #close()}; reconnections don't end the subscription. Returns at once, even if the
     * store is out of reach.
     *
     * @param subscriber called by one thread at a time, first with {@link Subscriber#gap()}
     */
    void subscribe(Subscriber subscriber);

    /**
     * Reports revocations, until {@link #close()}, to a listener that needs no proof of freshness.
     *
     * @param listener called by one thread at a time, first with {@link RevocationStore.Listener#missed()}
     */
    default void subscribe(RevocationStore.Listener listener) {
        subscribe(new RevocationSubscriber(listener));
    }

    /**
     * The greatest age of the newest proof of freshness while no failure occurs: the pause between two proofs. A
     * subscriber that allows less than twice that would stop trusting its copies again and again.
     *
     * @return zero if the feed proves without a pause, or does not know
     */
    default Duration provenWithin() {
        return Duration.ZERO;
    }

    /** Stops the reports and the threads of the feed. Idempotent. */
    @Override
    void close();

    /** Creates a feed within this process, for one node and for tests. It delivers before {@link #publish} returns. */
    static InProcessFeed inProcess() {
        return new InProcessFeed();
    }

    /** Receives changes. */
    interface Subscriber {

        /**
         * A change was published.
         *
         * @param change the change, of any node, also of this one
         */
        void changed(Change change);

        /**
         * Changes may have been missed, so earlier copies may be wrong. Changes that are published from now on will be
         * delivered. If this method throws, it is called again before any other method.
         */
        void gap();

        /**
         * The server has lost changes, as in a fail-over, but only changes that were published after a moment. So
         * earlier copies may be wrong. Changes that were published after that moment, and that the server has, are
         * delivered before the next {@link #freshAsOf}, also if they were delivered before. The server has every change
         * that is delivered from now on. If this method throws, {@link #gap()} is called before any other method.
         *
         * <p>A feed may report a gap instead, and a subscriber may treat this report as a gap, which is the default. A
         * feed must report a gap unless its storage writes each revocation and its publication in one atomic step.
         *
         * @param nanos the moment by {@link System#nanoTime()}; a change whose publication returned before it is not
         *     lost, unless an earlier report told of that loss
         */
        default void rewound(long nanos) {
            gap();
        }

        /**
         * All changes that any node published before a moment have been delivered here.
         *
         * @param nanos the moment by {@link System#nanoTime()}; the proof is a message that went to the feed's server
         *     after that moment and came back, so that it depends on no clock of another machine
         */
        void freshAsOf(long nanos);
    }
}
