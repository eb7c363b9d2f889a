package dev.gateline.store;

import dev.gateline.internal.IdTimes;
import dev.gateline.internal.Micros;
import dev.gateline.store.Revocation.Grain;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Keeps revocations in this process. Only time bounds their number: each is kept as long as the tokens that it covers
 * live, usually some minutes. A question costs at most six hash look-ups, for any number of entries. Tokens and logins
 * are kept without the reason of their end.
 */
final class MemoryRevocationStore implements RevocationStore {
    private static final int LOOKS_PER_WRITE = 4;

    private final SteadyTime time;
    private final IdTimes tokens = new IdTimes();
    private final IdTimes logins = new IdTimes();
    private final Map<String, Revocation> groups = new ConcurrentHashMap<>();
    private final ConcurrentSkipListSet<Revocation> groupsByTime =
            new ConcurrentSkipListSet<>(Comparator.comparing(Revocation::until)
                    .thenComparing(Revocation::key)
                    .thenComparingLong(Revocation::epoch));
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong groupsEnded = new AtomicLong();
    private final AtomicLong highestEpoch = new AtomicLong(Micros.of(Instant.now()));

    MemoryRevocationStore(SteadyTime time) {
        this.time = time;
    }

    @Override
    public void revoke(Revocation revocation, Instant now) {
        add(revocation, time.at(Micros.of(now)));
    }

    /** Adds a revocation of another store. */
    void restore(Revocation revocation) {
        add(revocation, Long.MIN_VALUE);
    }

    /** Raises the epoch at least to that of a login of another store. */
    void raiseTo(long epoch) {
        highestEpoch.accumulateAndGet(epoch, Math::max);
    }

    /** Adds a revocation, and forgets some that cover no live token. Neither a scan nor a thread is needed for that. */
    private void add(Revocation revocation, long dead) {
        raiseTo(revocation.epoch());
        long until = Micros.of(revocation.until());
        boolean isNew = switch (revocation.grain()) {
            case TOKEN -> tokens.put(revocation.key(), until, dead);
            case LOGIN -> logins.put(revocation.key(), until, dead);
            case GROUP -> endGroup(revocation, dead);
        };
        if (isNew) {
            listeners.forEach(listener -> listener.revoked(revocation));
        }
    }

    private boolean endGroup(Revocation revocation, long dead) {
        forgetDeadGroups(Micros.instant(dead));
        AtomicBoolean isNew = new AtomicBoolean();
        groups.compute(revocation.key(), (key, old) -> {
            if (old != null) {
                groupsByTime.remove(old);
            }
            Revocation next = old == null ? revocation : revocation.mergedWith(old);
            isNew.set(old == null || next.epoch() > old.epoch());
            groupsByTime.add(next);
            return next;
        });
        groupsEnded.incrementAndGet();
        return isNew.get();
    }

    /** Reports each revocation that was not known before. There is no gap within a process. */
    @Override
    public void subscribe(Listener listener) {
        listeners.add(listener);
    }

    /** The number of endings of groups. */
    long groupsEnded() {
        return groupsEnded.get();
    }

    /**
     * Raises the epoch. Epochs rise even if entries are forgotten or the clock is put back. The first epoch is the time
     * in microseconds, which is above every lost epoch.
     */
    @Override
    public long raiseEpoch(String group, long above, Instant now, Instant until) {
        long epoch = highestEpoch.updateAndGet(highest -> Math.max(highest, above) + 1);
        revoke(Revocation.ofGroup(group, epoch, until), now);
        return epoch;
    }

    @Override
    public long epoch() {
        return highestEpoch.get();
    }

    @Override
    public boolean isRevoked(Revocable it) {
        return tokens.has(it.tokenId())
                || tokens.has(it.tokensId())
                || logins.has(it.loginId())
                || (!groups.isEmpty()
                        && (isOfEarlierEpoch(it, it.subjectKey())
                                || isOfEarlierEpoch(it, it.realm())
                                || isOfEarlierEpoch(it, ALL_REALMS)));
    }

    @Override
    public boolean mayBeRevoked(Revocable it) {
        return isRevoked(it);
    }

    private boolean isOfEarlierEpoch(Revocable it, String group) {
        Revocation ended = groups.get(group);
        return ended != null && it.epoch() < ended.epoch();
    }

    @Override
    public void forEachLive(Instant now, Consumer<Revocation> action) {
        forEachLive(Grain.TOKEN, tokens, now, action);
        forEachLive(Grain.LOGIN, logins, now, action);
        groupsByTime.stream().filter(entry -> entry.until().isAfter(now)).forEach(action);
    }

    /** Makes no object for a token or a login, because a monitoring system asks every few seconds. */
    @Override
    public long countLive(Instant now) {
        long micros = Micros.of(now);
        long liveGroups = groupsByTime.stream()
                .filter(entry -> entry.until().isAfter(now))
                .count();
        return tokens.countLaterThan(micros) + logins.countLaterThan(micros) + liveGroups;
    }

    private static void forEachLive(Grain grain, IdTimes ids, Instant now, Consumer<Revocation> action) {
        long micros = Micros.of(now);
        ids.forEach((id, until) -> {
            if (until > micros) {
                action.accept(new Revocation(grain, id, 0, Micros.instant(until)));
            }
        });
    }

    private void forgetDeadGroups(Instant now) {
        for (int i = 0; i < LOOKS_PER_WRITE; i++) {
            Iterator<Revocation> earliest = groupsByTime.iterator();
            if (!earliest.hasNext()) {
                return;
            }
            Revocation entry = earliest.next();
            if (entry.until().isAfter(now)) {
                return;
            }
            groups.remove(entry.key(), entry);
            groupsByTime.remove(entry);
        }
    }
}
