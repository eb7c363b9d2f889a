package dev.gateline.near;

import dev.gateline.LoginId;
import dev.gateline.spi.Revocation;
import dev.gateline.spi.RevocationStore;
import dev.gateline.spi.Storage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * All live revocations, in memory and never evicted. They only grow, so that those which the store has lost are offered to it
 * again. Thread-safe.
 */
final class NearRevocations implements RevocationStore {
    /** After a gap, until it has been deleted. */
    private static final Duration ROW_MAY_STAY = Duration.ofMinutes(5);

    private final RevocationStore store;
    private final RevocationStore known = Storage.inMemory(1).revocations();
    private final Freshness freshness;
    private final Clock clock;

    /** When this node last knew that it had heard of all. What was live then is not forgotten: a store may be away for long. */
    private volatile Instant heardAllAt = Instant.EPOCH;

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
        heard(revocation);
    }

    @Override
    public long raiseEpoch(String subject, Instant now, Instant until) {
        long epoch = store.raiseEpoch(subject, now, until);
        heard(new Revocation(Revocation.Grain.SUBJECT, subject, epoch, until));
        return epoch;
    }

    /** A store that has lost its last writes gives a lower one than this node knows of. */
    @Override
    public long epoch() {
        return Math.max(store.epoch(), known.epoch());
    }

    @Override
    public void forEachLive(Instant now, Consumer<Revocation> action) {
        store.forEachLive(now, action);
    }

    /** Has been revoked, here or elsewhere. */
    void heard(Revocation revocation) {
        known.revoke(revocation, heardAllAt);
    }

    /** Has been told of all by now. */
    void heardAll() {
        heardAllAt = clock.instant();
    }

    /**
     * Takes in all that the store has, and gives it what it has not.
     *
     * @return the logins that this node knew to have ended: if the store has lost writes, their rows may be there again
     */
    List<LoginId> reconcile() {
        Instant now = clock.instant();
        Map<Key, Revocation> kept = new HashMap<>();
        List<LoginId> ended = new ArrayList<>();
        store.forEachLive(now, revocation -> kept.put(Key.of(revocation), revocation));
        known.forEachLive(heardAllAt, revocation -> {
            Revocation there = kept.get(Key.of(revocation));
            if (there == null
                    || there.epoch() < revocation.epoch()
                    || there.until().isBefore(revocation.until())) {
                revoke(revocation.atLeastUntil(now.plus(ROW_MAY_STAY)), now);
            }
            if (revocation.grain() == Revocation.Grain.LOGIN) {
                ended.add(new LoginId(revocation.key()));
            }
        });
        kept.values().forEach(this::heard);
        return ended;
    }
}
