package dev.gateline.kit;

import dev.gateline.store.Revocable;
import dev.gateline.store.Revocation;
import dev.gateline.store.RevocationStore;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Consumer;

/** Passes everything on. */
class PassingRevocationStore implements RevocationStore {
    private final RevocationStore right;

    PassingRevocationStore(RevocationStore right) {
        this.right = right;
    }

    @Override
    public void revoke(Revocation revocation, Instant now) {
        right.revoke(revocation, now);
    }

    @Override
    public void revokeAll(Collection<Revocation> revocations, Instant now) {
        revocations.forEach(revocation -> revoke(revocation, now));
    }

    @Override
    public long raiseEpoch(String group, long above, Instant now, Instant until) {
        return right.raiseEpoch(group, above, now, until);
    }

    @Override
    public long epoch() {
        return right.epoch();
    }

    @Override
    public boolean isRevoked(Revocable it) {
        return right.isRevoked(it);
    }

    @Override
    public void forEachLive(Instant now, Consumer<Revocation> action) {
        right.forEachLive(now, action);
    }
}
