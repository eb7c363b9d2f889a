package dev.gateline.near;

import dev.gateline.spi.Revocation;
import dev.gateline.spi.RevocationStore;
import dev.gateline.spi.Storage;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * All live revocations, in memory and never evicted. They only grow, so that those which the store has lost are offered to it
 * again. Thread-safe.
 */
final class NearRevocations implements RevocationStore {
    private final RevocationStore store;
    private final RevocationStore known = Storage.inMemory(1).revocations();
    private final Freshness freshness;
    private final Clock clock;

    private record Key(Revocation.Grain grain, String key) {
        static Key of(Revocation revocation) {
            return new Key(revocation.grain(), revocation.key());
        }
    }

    NearRevocations(RevocationStore store, Freshness freshness, Clock clock) {
        this.store = store;
        this.freshness = freshness;
        this.clock = clock;
    }

    @Override
    public boolean isRevoked(Revocable revocable) {
        return known.isRevoked(revocable) || (!freshness.isTrusted() && store.isRevoked(revocable));
    }

    @Override
    public RevocationStore authoritative() {
        return store.authoritative();
    }

    @Override
    public void revoke(Revocation revocation, Instant now) {
        store.revoke(revocation, now);
        known.revoke(revocation, now);
    }

    @Override
    public long raiseEpoch(String subject, Instant now, Instant until) {
        long epoch = store.raiseEpoch(subject, now, until);
        known.revoke(new Revocation(Revocation.Grain.SUBJECT, subject, epoch, until), now);
        return epoch;
    }

    @Override
    public long epoch(String subject) {
        return store.epoch(subject);
    }

    @Override
    public void forEachLive(Instant now, Consumer<Revocation> action) {
        store.forEachLive(now, action);
    }

    /** Has been revoked, here or elsewhere. */
    void heard(Revocation revocation) {
        known.revoke(revocation, clock.instant());
    }

    /** Takes in all that the store has, and gives it what it has not. */
    void reconcile() {
        Instant now = clock.instant();
        Map<Key, Revocation> kept = new HashMap<>();
        store.forEachLive(now, revocation -> kept.put(Key.of(revocation), revocation));
        known.forEachLive(now, revocation -> {
            Revocation there = kept.get(Key.of(revocation));
            if (there == null
                    || there.epoch() < revocation.epoch()
                    || there.until().isBefore(revocation.until())) {
                store.revoke(revocation, now);
            }
        });
        kept.values().forEach(revocation -> known.revoke(revocation, now));
    }
}
