package dev.gateline.near;

import dev.gateline.AuthEvent;
import dev.gateline.AuthListener;
import dev.gateline.AuthUnavailableException;
import dev.gateline.LoginId;
import dev.gateline.internal.Micros;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.Standing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether the store has lost writes. This node leaves a dated mark in the store every second. If a look finds
 * an older mark, the store went back by that time, and this node writes the endings since then again from its memory. A
 * node may not know these endings, because it has just started or remembers too little. It then waits for another node
 * to vouch for the store, and meanwhile accepts no login that could have ended. If no node vouches, all logins are
 * ended if the loss could be measured. If the loss could not be measured, because no node is left that was there, the
 * store is accepted as it is.
 *
 * <p>A node goes on, and vouches, only in the run of the server at which it had looked before it gave its endings back.
 * Another run, which may begin at any moment, has to be looked at anew.
 *
 * <p>The checks run on any thread. The rest runs on the feed's thread and on that of the upkeep, one at a time.
 * Thread-safe.
 */
final class Continuity {
    private static final System.Logger LOG = System.getLogger(NearStorage.class.getName());

    /** The time that another node may take to write its endings again. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * The time that a node which has measured no loss leaves to those that may measure one. It is longer than such a
     * node takes to notice the loss, and its patience.
     */
    private static final Duration PATIENCE_WITHOUT_A_MEASURE = Duration.ofSeconds(20);

    /** The longest time between an ending and the mark behind it, with a margin. */
    private static final Duration BETWEEN_MARKS = Duration.ofMinutes(1);

    /** This node knows all endings. */
    private static final long NONE = Long.MIN_VALUE;

    /** Any login may have ended without this node knowing. */
    private static final long ALL = Long.MAX_VALUE - 1;

    /** This node has not looked at the store yet. */
    private static final long NOT_BEGUN = Long.MAX_VALUE;

    /** If the loss can't be measured, all remembered endings may be lost. */
    private static final long LONG_AGO = Long.MAX_VALUE / 2;

    private final RevocationStore store;
    private final Clocks clocks;
    private final Clock clock;
    private final AuthListener listener;
    private final LongSupplier nanos;

    /** Logins of earlier epochs may have ended without this node knowing. */
    private final AtomicLong unknownBefore = new AtomicLong(NOT_BEGUN);

    // these fields are for one thread at a time
    private @Nullable Instant lastMark;
    private String lastRun = "";
    private long lastMarkNanos;
    private @Nullable Wait waiting;

    /**
     * A wait for a node that remembers more.
     *
     * @param since the moment at which it began, by {@link System#nanoTime()}
     * @param lost how far the store went back; null if that is not known
     * @param another whether a mark was there, of another run of the server
     * @param run the run of the server that has the endings of this node
     */
    private record Wait(long since, @Nullable Duration lost, boolean another, String run) {
        boolean isOver(long now) {
            Duration patience = lost == null ? PATIENCE_WITHOUT_A_MEASURE : PATIENCE;
            return now - since >= patience.toNanos();
        }
    }

    /**
     * The result of a look at the store.
     *
     * @param lostSince the moment by {@link System#nanoTime()} after which endings have to be given back
     * @param lost how far the store went back; null if that is not known
     * @param any whether anything can have been lost
     * @param seen the store at that look
     */
    record Loss(long lostSince, @Nullable Duration lost, boolean any, Standing seen) {

        /**
         * The moment after which endings have to be given back, if the feed also knows when the loss began. That may be
         * earlier, because the mark is of another node that has vouched before.
         *
         * @param nanos the moment by {@link System#nanoTime()}, after which the store has lost writes according to the
         *     feed
         */
        long lostSince(long nanos) {
            long byFeed = nanos - BETWEEN_MARKS.toNanos();
            return byFeed - lostSince < 0 ? byFeed : lostSince;
        }

        /**
         * Whether the mark shows that the store has lost no writes before a moment, within a minute.
         *
         * @param nanos the moment by {@link System#nanoTime()}, after which the store has lost writes according to the
         *     feed
         */
        boolean isOfWritesAfter(long nanos) {
            return lost != null
                    && seen.markedAt().isPresent()
                    && (lost.isZero() || lostSince + 2 * BETWEEN_MARKS.toNanos() - nanos >= 0);
        }
    }

    /**
     * Begins before the first look at the store.
     *
     * @param nanos {@link System#nanoTime()}
     */
    Continuity(RevocationStore store, Clocks clocks, Clock clock, AuthListener listener, LongSupplier nanos) {
        this.store = store;
        this.clocks = clocks;
        this.clock = clock;
        this.listener = listener.shielded();
        this.nanos = nanos;
    }

    /**
     * The lowest epoch for a login that starts now at this node. Endings that the node does not know are of earlier
     * epochs. The call does not wait for other nodes.
     */
    long firstEpoch() {
        beginUnlessBegun();
        long unknown = unknownBefore.get();
        return unknown == ALL ? NONE : unknown;
    }

    private void beginUnlessBegun() {
        if (unknownBefore.get() == NOT_BEGUN) {
            begin(look());
        }
    }

    /** Whether this node knows all endings of logins of an epoch. It does not ask the store. */
    boolean knowsEndingsSince(long epoch) {
        return epoch >= unknownBefore.get();
    }

    /** Checks an epoch before a login is accepted. */
    void check(long epoch) {
        beginUnlessBegun();
        if (!knowsEndingsSince(epoch)) {
            throw new AuthUnavailableException(
                    "the store was restarted or replaced, and no node has said yet that it still has all endings");
        }
    }

    /** Checks a time before it is written. */
    void checkForWriting(Instant time) {
        if (clocks.isToBeCompared(time)) {
            Standing unused = look();
        }
        clocks.checkForWriting(time);
    }

    /**
     * Corrects the times of uses before they are written, so that they are no later than now even if this node's clock
     * was wrong then.
     */
    Map<LoginId, Instant> noted(Map<LoginId, Instant> seenAt) {
        checkForWriting(clock.instant());
        return seenAt.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, note -> clocks.noted(note.getValue())));
    }

    private Standing look() {
        return clocks.compare(store::standing);
    }

    private static boolean isMeasured(Standing standing) {
        return standing.now().isPresent();
    }

    /**
     * Sets the knowledge of this node at its start. A new store, or one that was emptied, has no login of an earlier
     * epoch. In a store that was restarted or replaced, a login that starts from now on can't have ended before.
     */
    private void begin(Standing standing) {
        boolean complete = !isMeasured(standing)
                || (standing.isSameRun() && standing.markedAt().isPresent());
        unknownBefore.compareAndSet(NOT_BEGUN, complete ? NONE : firstEpoch(standing));
    }

    /**
     * The first epoch above all earlier ones: epochs are at most the server's clock in microseconds, or follow a known
     * epoch.
     */
    private long firstEpoch(Standing standing) {
        long next = store.epoch();
        if (standing.markedAt().isEmpty()) {
            return next;
        }
        Instant soon = standing.now().orElseThrow().plusMillis(1);
        return Math.max(next + 1, Micros.of(soon));
    }

    /** Looks how much the store may have lost. */
    Loss lookForLoss() {
        Standing standing = look();
        if (!isMeasured(standing)) {
            begin(standing);
            return new Loss(nanos.getAsLong() - LONG_AGO, null, true, standing);
        }
        if (lastMark == null) {
            begin(standing);
            doubtUnlessComplete(standing);
            return new Loss(nanos.getAsLong() - LONG_AGO, null, !isVouchedFor(standing), standing);
        }
        Duration lost = lost(standing, lastMark);
        boolean nothing = standing.isSameRun() && lost.isZero();
        // also if another node has vouched before, because that node may not have heard of the last endings
        long lostSince = lastMarkNanos - lost.plus(BETWEEN_MARKS).toNanos();
        return new Loss(lostSince, lost, !nothing, standing);
    }

    /** Takes an earlier look back, which may have been at another store. */
    private void doubtUnlessComplete(Standing standing) {
        if (!isVouchedFor(standing)) {
            unknownBefore.compareAndSet(NONE, firstEpoch(standing));
            Wait wait = waiting;
            if (wait == null || !wait.run().equals(standing.run())) {
                boolean another = standing.markedAt().isPresent();
                waiting = new Wait(nanos.getAsLong(), null, another, standing.run());
            }
        }
    }

    private static Duration lost(Standing standing, Instant lastMark) {
        return standing.markedAt()
                .map(at -> Duration.between(at, lastMark))
                .filter(span -> !span.isNegative())
                .orElse(Duration.ZERO);
    }

    /**
     * Notes that the endings of this node have been written again.
     *
     * @param remembered the span for which this node knows all endings
     */
    void gaveBack(Loss loss, Duration remembered) {
        if (lastMark == null) {
            hasLoadedAll(loss);
            return;
        }
        Duration lost = loss.lost();
        if (lost == null) {
            return;
        }
        if (!loss.any()) {
            // a mark instead of vouching, because another node has vouched, or none had to
            boolean unused = goOn(leaveMark(), loss.seen().run());
            return;
        }
        if (lost.plus(BETWEEN_MARKS).compareTo(remembered) > 0) {
            unknownBefore.set(ALL);
            waiting = new Wait(
                    waiting == null ? nanos.getAsLong() : waiting.since(),
                    lost,
                    true,
                    loss.seen().run());
            return;
        }
        // if the store was replaced meanwhile, the next mark asks for another look
        if (vouch(loss.seen()) && !lost.isZero()) {
            tell(lost, remembered, false);
        }
    }

    /** Begins to measure losses, if the store was complete before and after this node has read all endings. */
    private void hasLoadedAll(Loss loss) {
        if (!loss.any()) {
            Standing standing = look();
            boolean unused = goOn(standing, loss.seen().run());
            doubtUnlessComplete(standing);
        }
    }

    private void tell(Duration lost, Duration remembered, boolean allEnded) {
        LOG.log(
                System.Logger.Level.WARNING,
                "the store went back by {0}; this node remembers the endings of {1}: {2}",
                lost,
                remembered,
                allEnded ? "all logins are ended" : "it has given them back");
        listener.on(new AuthEvent.StoreWentBack(clock.instant(), lost, remembered, allEnded));
    }

    /** Vouches for the store, unless it is another one than was looked at. Returns whether it did. */
    private boolean vouch(Standing seen) {
        Optional<Standing> vouched = store.vouch(seen);
        vouched.ifPresent(this::marked);
        return vouched.isPresent();
    }

    /** Goes on from a mark. */
    private void marked(Standing standing) {
        lastMark = standing.markedAt().orElse(null);
        lastRun = standing.run();
        lastMarkNanos = nanos.getAsLong();
        unknownBefore.set(NONE);
        waiting = null;
    }

    /**
     * Leaves the mark of this second, or checks whether the wait is over.
     *
     * @param remembered the span for which this node knows all endings
     * @param endAll ends all logins, unless the wiring forbids it, and returns whether it did
     * @return whether the store has lost nothing; otherwise the node has to recover as after a gap
     */
    boolean keep(Duration remembered, BooleanSupplier endAll) {
        Wait wait = waiting;
        if (wait != null) {
            return waitOn(wait, remembered, endAll);
        }
        Standing standing = leaveMark();
        return !isMeasured(standing) || goOn(standing, lastRun);
    }

    private Standing leaveMark() {
        Instant last = lastMark == null ? Instant.EPOCH : lastMark;
        return clocks.compare(() -> store.mark(last));
    }

    /**
     * Goes on, and ends a wait, if nothing is missing in the store. Returns whether that is so.
     *
     * @param run the run of the server that has the endings of this node
     */
    private boolean goOn(Standing standing, String run) {
        boolean complete = isVouchedFor(standing) && standing.run().equals(run);
        if (complete) {
            marked(standing);
        }
        return complete;
    }

    /** Whether a node that was there, or this one, has vouched for the store. */
    private boolean isVouchedFor(Standing standing) {
        return standing.isSameRun()
                && standing.markedAt()
                        .filter(at -> lastMark == null || !at.isBefore(lastMark))
                        .isPresent();
    }

    /** Whether the wait goes on, or is over without help; else the given back endings have to be read before. */
    private boolean waitOn(Wait wait, Duration remembered, BooleanSupplier endAll) {
        Standing seen = look();
        if (isVouchedFor(seen) || !seen.run().equals(wait.run())) {
            return false;
        }
        if (wait.isOver(nanos.getAsLong())) {
            goOnAlone(wait, seen, remembered, endAll);
        }
        return true;
    }

    private void goOnAlone(Wait wait, Standing seen, Duration remembered, BooleanSupplier endAll) {
        Duration lost = wait.lost();
        if (lost != null) {
            tell(lost, remembered, endAll.getAsBoolean());
        } else if (wait.another()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the store was restarted or replaced while no node was there: what it has lost can't be known");
        }
        // if the store was replaced meanwhile, the wait goes on
        boolean unused = vouch(seen);
    }
}
