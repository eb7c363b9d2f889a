package dev.gateline.store;

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
 * live, usually some minutes. A question costs at most six hash look-ups, for any number of entries.
 */
final class MemoryRevocationStore implements RevocationStore {
    private static final int LOOKS_PER_WRITE = 4;

    private final SteadyTime time;
    private final Map<String, Revocation> tokens = new ConcurrentHashMap<>();
    private final Map<String, Revocation> logins = new ConcurrentHashMap<>();
    private final Map<String, Revocation> groups = new ConcurrentHashMap<>();
    private final ConcurrentSkipListSet<Revocation> byTime =
            new ConcurrentSkipListSet<>(Comparator.comparing(Revocation::until)
                    .thenComparing(Revocation::grain)
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
        forgetDead(Micros.instant(time.at(Micros.of(now))));
        restore(revocation);
    }

    /** Adds a revocation of another store. */
    void restore(Revocation revocation) {
        highestEpoch.accumulateAndGet(revocation.epoch(), Math::max);
        AtomicBoolean isNew = new AtomicBoolean();
        of(revocation.grain()).compute(revocation.key(), (key, old) -> {
            if (old != null) {
                byTime.remove(old);
            }
            Revocation next = old == null ? revocation : revocation.mergedWith(old);
            isNew.set(old == null || next.epoch() > old.epoch());
            byTime.add(next);
            return next;
        });
        if (revocation.grain() == Grain.GROUP) {
            groupsEnded.incrementAndGet();
        }
        if (isNew.get()) {
            listeners.forEach(listener -> listener.revoked(revocation));
        }
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
        return tokens.containsKey(it.tokenId())
                || tokens.containsKey(it.tokensId())
                || logins.containsKey(it.loginId())
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
        byTime.stream().filter(entry -> entry.until().isAfter(now)).forEach(action);
    }

    private Map<String, Revocation> of(Grain grain) {
        return switch (grain) {
            case TOKEN -> tokens;
            case LOGIN -> logins;
            case GROUP -> groups;
        };
    }

    /** Forgets a few entries that cover no live token. Each write does so, so that no scan and no thread is needed. */
    private void forgetDead(Instant now) {
        for (int i = 0; i < LOOKS_PER_WRITE; i++) {
            Iterator<Revocation> earliest = byTime.iterator();
            if (!earliest.hasNext()) {
                return;
            }
            Revocation entry = earliest.next();
            if (entry.until().isAfter(now)) {
                return;
            }
            of(entry.grain()).remove(entry.key(), entry);
            byTime.remove(entry);
        }
    }
}
