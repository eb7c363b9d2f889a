package dev.gateline.near;

import dev.gateline.LoginId;
import dev.gateline.store.Revocable;
import dev.gateline.store.Revocation;
import dev.gateline.store.Revocation.Grain;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.Standing;
import dev.gateline.store.Storage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * All live revocations, in memory and never evicted. They only grow: a login has ended if this node or the store knows
 * its ending. This node writes revocations again that the store has lost. Thread-safe.
 */
final class NearRevocations implements RevocationStore {
    /** The time for which the row of an ended login may be back after a gap, until this node deletes it. */
    private static final Duration ROW_MAY_STAY = Duration.ofMinutes(5);

    /** The time within which this node deletes the rows of ended logins after a fail-over. */
    private static final Duration ROW_IS_DELETED = Duration.ofMinutes(1);

    /** A group of no login. Its revocation carries the highest epoch to a store that has lost it. */
    private static final String NOBODY = "-";

    private static final int GIVEN_BACK_AT_ONCE = 500;

    /**
     * The longest loss, with the minute of {@link Continuity}'s margin, after which the feed is enough. Stores keep the
     * ending of a session for five minutes at least.
     */
    private static final long LONGEST_LOSS = Duration.ofMinutes(4).toNanos();

    /** How many of the revocations that were heard in the last minutes are remembered as such. */
    private static final int MOST_HEARD = 50_000;

    private final RevocationStore store;
    private final RevocationStore known = Storage.inMemory(1).revocations();
    private final Endings endings;
    private final Heard heard;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Freshness freshness;
    private final Clocks clocks;
    private final Continuity continuity;
    private final LongSupplier nanos;

    /** The highest epoch that any store has given, as far as is known here. */
    private final AtomicLong highestEpoch = new AtomicLong();

    /** How many recoveries have begun to write the revocations that are known here. */
    private final AtomicLong recoveries = new AtomicLong();

    /**
     * The time at which this node last knew all endings. It keeps revocations that were live then, because a store may
     * be down for long.
     */
    private volatile Instant heardAllAt = Instant.EPOCH;

    private record Key(Grain grain, String key) {
        static Key of(Revocation revocation) {
            return new Key(revocation.grain(), revocation.key());
        }
    }

    NearRevocations(
            RevocationStore store,
            Endings endings,
            Freshness freshness,
            Clocks clocks,
            Continuity continuity,
            LongSupplier nanos) {
        this.store = store;
        this.endings = endings;
        this.freshness = freshness;
        this.clocks = clocks;
        this.continuity = continuity;
        this.nanos = nanos;
        heard = new Heard(MOST_HEARD, nanos);
    }

    /** Asks for trust before it looks into memory, because a proof that comes in between brings endings with it. */
    @Override
    public boolean isRevoked(Revocable revocable) {
        boolean trusted = freshness.isTrusted() && continuity.knowsEndingsSince(revocable.epoch());
        boolean ended = isKnown(revocable);
        if (trusted || ended) {
            return ended;
        }
        continuity.check(revocable.epoch());
        return store.isRevoked(revocable);
    }

    @Override
    public boolean mayBeRevoked(Revocable revocable) {
        return !freshness.isTrustedQuietly() || !continuity.knowsEndingsSince(revocable.epoch()) || isKnown(revocable);
    }

    private boolean isKnown(Revocable revocable) {
        return known.isRevoked(revocable) || endings.has(revocable.loginId());
    }

    /** Whether this node knows that a login has ended. An ended login stays ended. */
    boolean hasEnded(LoginId id) {
        return endings.has(id.value());
    }

    /** The store decides about logins without a known ending. */
    @Override
    public boolean isRevokedAuthoritatively(Revocable revocable) {
        if (isKnown(revocable)) {
            return true;
        }
        continuity.check(revocable.epoch());
        return store.isRevokedAuthoritatively(revocable);
    }

    @Override
    public void revoke(Revocation revocation, Instant now) {
        continuity.checkForWriting(now);
        long before = recoveries.get();
        store.revoke(revocation, now);
        heard(revocation);
        writeAgainUnlessStill(before, List.of(revocation), now);
    }

    /**
     * Writes revocations again if this node has recovered from a loss since the first write: the store may have lost
     * that write, and the recovery did not know it yet.
     */
    private void writeAgainUnlessStill(long before, Collection<Revocation> revocations, Instant now) {
        if (recoveries.get() != before) {
            store.revokeAll(revocations, now);
        }
    }

    @Override
    public void revokeAll(Collection<Revocation> revocations, Instant now) {
        continuity.checkForWriting(now);
        long before = recoveries.get();
        store.revokeAll(revocations, now);
        revocations.forEach(this::heard);
        writeAgainUnlessStill(before, revocations, now);
    }

    @Override
    public long raiseEpoch(String group, long above, Instant now, Instant until) {
        continuity.checkForWriting(now);
        long before = recoveries.get();
        long epoch = store.raiseEpoch(group, Math.max(above, highestEpoch.get()), now, until);
        Revocation raised = Revocation.ofGroup(group, epoch, until);
        heard(raised);
        writeAgainUnlessStill(before, List.of(raised), now);
        return epoch;
    }

    /**
     * The highest epoch of store and node. A store that has lost its last writes may return an epoch of logins that
     * have ended.
     */
    @Override
    public long epoch() {
        return highest(Math.max(continuity.firstEpoch(), store.epoch()));
    }

    private long highest(long epoch) {
        return highestEpoch.accumulateAndGet(epoch, Math::max);
    }

    @Override
    public void forEachLive(Instant now, Consumer<Revocation> action) {
        store.forEachLive(now, action);
    }

    @Override
    public Standing standing() {
        return store.standing();
    }

    /** Reports endings that this node did not know before, and gaps. */
    @Override
    public void subscribe(Listener listener) {
        known.subscribe(listener);
        listeners.add(listener);
    }

    /** Reports that endings may have come late. By now this node knows all endings in the store. */
    void missed() {
        listeners.forEach(Listener::missed);
    }

    /** Adds a revocation by any node. */
    void heard(Revocation revocation) {
        heard.add(revocation);
        learn(revocation);
    }

    private void learn(Revocation revocation) {
        known.revoke(revocation, heardAllAt);
        long unused = highest(revocation.epoch());
        if (revocation.grain() == Grain.LOGIN) {
            endings.add(revocation.key(), nanos.getAsLong());
        }
    }

    /** Notes that this node has heard of all endings by now. */
    void heardAll() {
        heardAllAt = clocks.steady();
    }

    /** The number of revocations in memory. */
    long size() {
        return known.countLive(heardAllAt);
    }

    /**
     * Reads all revocations of the store, and writes the missing ones to it.
     *
     * @param lostSince the moment by {@link System#nanoTime()} after which the store may have lost endings
     * @return the logins whose rows the store may have again: those that ended after that moment, and all that are
     *     remembered if the store lacks an older ending
     */
    List<LoginId> reconcile(long lostSince) {
        long unused = recoveries.incrementAndGet();
        Map<Key, Revocation> kept = new HashMap<>();
        store.forEachLive(heardAllAt, revocation -> kept.put(Key.of(revocation), revocation));
        Instant now = clocks.steady();
        Map<Key, Revocation> missing = new HashMap<>();
        known.forEachLive(heardAllAt, revocation -> missing.put(Key.of(revocation), revocation));
        List<String> ended = ended(lostSince, kept.keySet(), missing.keySet());
        ended.stream()
                .map(id -> Revocation.ofLogin(new LoginId(id), now.plus(ROW_MAY_STAY)))
                .forEach(it -> missing.putIfAbsent(Key.of(it), it));
        missing.values().removeIf(revocation -> isIn(kept, revocation));
        giveBack(
                missing.values().stream()
                        .map(revocation -> revocation.atLeastUntil(now.plus(ROW_MAY_STAY)))
                        .collect(Collectors.toCollection(ArrayList::new)),
                now);
        kept.values().forEach(this::learn);
        heard.alsoGotOthers();
        return ended.stream().map(LoginId::new).toList();
    }

    /** The mark is no measure if this node was at another server for longer, and another node has vouched meanwhile. */
    private List<String> ended(long lostSince, Set<Key> kept, Set<Key> live) {
        List<String> ended = endings.heardAfter(lostSince);
        Set<String> lately = Set.copyOf(ended);
        boolean lacksOlder = live.stream()
                .anyMatch(key -> key.grain() == Grain.LOGIN && !kept.contains(key) && !lately.contains(key.key()));
        return lacksOlder ? endings.all() : ended;
    }

    /**
     * Whether {@link #giveBack} does all that {@link #reconcile} would do. The mark and the feed have to agree about
     * the loss, this node has to remember which revocations it heard since, and the store must not have forgotten any
     * of them because its time was over.
     *
     * @param since as for {@code giveBack}
     */
    boolean canGiveBack(Continuity.Loss loss, long since) {
        boolean isRecent = nanos.getAsLong() - loss.lostSince(since) < LONGEST_LOSS;
        return isRecent && loss.isOfWritesAfter(since) && heard.isCompleteAfter(since);
    }

    /**
     * Writes the revocations to the store that it has lost, without reading those that it has. It also prolongs the
     * endings whose time is over before this node has deleted the rows that may be back.
     *
     * @param since the moment by {@link System#nanoTime()} after which all lost revocations were published
     * @param there the revocations that the store has, of those that were published after that moment
     * @return the logins whose rows the store may have again; empty if too many revocations were heard since, and
     *     nothing was written
     */
    Optional<List<LoginId>> giveBack(Continuity.Loss loss, long since, Collection<Revocation> there) {
        long unused = recoveries.incrementAndGet();
        Map<Key, Revocation> kept = merged(there);
        Map<Key, Revocation> missing = merged(heard.after(since));
        if (!heard.isCompleteAfter(since)) {
            return Optional.empty();
        }
        missing.values().removeIf(revocation -> isIn(kept, revocation));
        Instant now = clocks.steady();
        long lostSince = loss.lostSince(since);
        heard.after(lostSince).stream()
                .filter(each -> each.grain() == Grain.LOGIN && each.until().isBefore(now.plus(ROW_IS_DELETED)))
                .forEach(each -> missing.putIfAbsent(Key.of(each), each));
        List<Revocation> lost = missing.values().stream()
                .map(revocation -> revocation.atLeastUntil(now.plus(ROW_MAY_STAY)))
                .collect(Collectors.toCollection(ArrayList::new));
        giveBack(lost, now);
        // the next server may lack them again
        lost.forEach(heard::add);
        return Optional.of(
                endings.heardAfter(lostSince).stream().map(LoginId::new).toList());
    }

    private static Map<Key, Revocation> merged(Collection<Revocation> revocations) {
        Map<Key, Revocation> merged = new HashMap<>();
        revocations.forEach(each -> merged.merge(Key.of(each), each, Revocation::mergedWith));
        return merged;
    }

    private static boolean isIn(Map<Key, Revocation> kept, Revocation revocation) {
        Revocation there = kept.get(Key.of(revocation));
        return there != null
                && there.epoch() >= revocation.epoch()
                && !there.until().isBefore(revocation.until());
    }

    private void giveBack(List<Revocation> missing, Instant now) {
        long epoch = store.epoch();
        if (highest(epoch) > epoch) {
            missing.add(Revocation.ofGroup(NOBODY, highestEpoch.get(), now.plus(ROW_MAY_STAY)));
        }
        for (int from = 0; from < missing.size(); from += GIVEN_BACK_AT_ONCE) {
            store.revokeAll(missing.subList(from, Math.min(from + GIVEN_BACK_AT_ONCE, missing.size())), now);
        }
    }

    /** Ends all logins that have started until now, because too much was lost to know which ones have ended. */
    void endEverything(Instant until) {
        long epoch = store.raiseEpoch(ALL_REALMS, highestEpoch.get(), clocks.steady(), until);
        heard(Revocation.ofGroup(ALL_REALMS, epoch, until));
    }
}
