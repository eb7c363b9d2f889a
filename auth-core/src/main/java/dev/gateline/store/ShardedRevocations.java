package dev.gateline.store;

import dev.gateline.internal.Each;
import dev.gateline.store.Revocation.Grain;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/**
 * Revocations. The shard of a login has the endings of this login, the shard of a user has those of this user, and
 * every shard has all others. A question goes to the shard of the login, and to that of its user if it is another one,
 * as it may be for tokens of another issuer. Thread-safe.
 */
record ShardedRevocations(Shards<RevocationStore> shards) implements RevocationStore {

    /** A key of {@link Revocable#subjectKey} is the only group with a blank. */
    private static boolean isOfSubject(String group) {
        return group.indexOf(' ') >= 0;
    }

    private int placeOf(Revocation revocation) {
        boolean isOfOne = revocation.grain() == Grain.LOGIN
                || (revocation.grain() == Grain.GROUP && isOfSubject(revocation.key()));
        return isOfOne ? shards.placeOf(revocation.key()) : Shards.EVERYWHERE;
    }

    private boolean anyHome(Revocable revocable, BiPredicate<RevocationStore, Revocable> asks) {
        int ofLogin = shards.placeOf(revocable.loginId());
        int ofSubject = shards.placeOf(revocable.subjectKey());
        return asks.test(shards.all().get(ofLogin), revocable)
                || (ofSubject != ofLogin && asks.test(shards.all().get(ofSubject), revocable));
    }

    @Override
    public void revoke(Revocation revocation, Instant now) {
        shards.divide(List.of(revocation), this::placeOf, (shard, one) -> shard.revoke(revocation, now));
    }

    @Override
    public void revokeAll(Collection<Revocation> revocations, Instant now) {
        shards.divide(revocations, this::placeOf, (shard, some) -> shard.revokeAll(some, now));
    }

    @Override
    public long raiseEpoch(String group, long above, Instant now, Instant until) {
        return isOfSubject(group)
                ? shards.of(group).raiseEpoch(group, above, now, until)
                : raiseEverywhere(group, above, now, until);
    }

    /**
     * Each shard that can be reached ends its logins, also if another one can't be reached. All shards get the greatest
     * epoch in the end, so that no later epoch of a shard is below the earlier ones of another shard. The clocks of the
     * servers have to agree, because an epoch of one then stands at another.
     */
    private long raiseEverywhere(String group, long above, Instant now, Instant until) {
        AtomicLong epoch = new AtomicLong(above);
        Each.of(shards.all(), shard -> epoch.set(shard.raiseEpoch(group, epoch.get(), now, until)));
        Revocation raised = Revocation.ofGroup(group, epoch.get(), until);
        Each.of(shards.all(), shard -> shard.revoke(raised, now));
        return raised.epoch();
    }

    @Override
    public long epoch() {
        return shards.all().stream().mapToLong(RevocationStore::epoch).max().orElseThrow();
    }

    @Override
    public boolean isRevoked(Revocable revocable) {
        return anyHome(revocable, RevocationStore::isRevoked);
    }

    @Override
    public boolean isRevokedAuthoritatively(Revocable revocable) {
        return anyHome(revocable, RevocationStore::isRevokedAuthoritatively);
    }

    @Override
    public boolean mayBeRevoked(Revocable revocable) {
        return anyHome(revocable, RevocationStore::mayBeRevoked);
    }

    @Override
    public void forEachLive(Instant now, Consumer<Revocation> action) {
        shards.all().forEach(shard -> shard.forEachLive(now, action));
    }

    @Override
    public long countLive(Instant now) {
        return shards.all().stream().mapToLong(shard -> shard.countLive(now)).sum();
    }

    @Override
    public void subscribe(Listener listener) {
        shards.all().forEach(shard -> shard.subscribe(listener));
    }
}
