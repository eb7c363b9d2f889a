package dev.gateline.store;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

record AnnouncedRevocations(RevocationStore store, ChangeFeed feed) implements RevocationStore {

    @Override
    public void revoke(Revocation revocation, Instant now) {
        store.revoke(revocation, now);
        feed.publish(new Change.OfRevocation(revocation));
    }

    @Override
    public void revokeAll(Collection<Revocation> revocations, Instant now) {
        store.revokeAll(revocations, now);
        feed.publishAll(
                revocations.stream().<Change>map(Change.OfRevocation::new).toList());
    }

    @Override
    public long raiseEpoch(String group, long above, Instant now, Instant until) {
        long epoch = store.raiseEpoch(group, above, now, until);
        feed.publish(new Change.OfRevocation(Revocation.ofGroup(group, epoch, until)));
        return epoch;
    }

    @Override
    public long epoch() {
        return store.epoch();
    }

    @Override
    public void subscribe(Listener listener) {
        feed.subscribe(listener);
    }

    @Override
    public boolean isRevoked(Revocable revocable) {
        return store.isRevoked(revocable);
    }

    @Override
    public boolean isRevokedAuthoritatively(Revocable revocable) {
        return store.isRevokedAuthoritatively(revocable);
    }

    @Override
    public boolean mayBeRevoked(Revocable revocable) {
        return store.mayBeRevoked(revocable);
    }

    @Override
    public void forEachLive(Instant now, Consumer<Revocation> action) {
        store.forEachLive(now, action);
    }

    @Override
    public long countLive(Instant now) {
        return store.countLive(now);
    }

    @Override
    public Standing standing() {
        return store.standing();
    }

    @Override
    public Standing mark(Instant last) {
        return store.mark(last);
    }

    @Override
    public Optional<Standing> vouch(Standing seen) {
        return store.vouch(seen);
    }
}
