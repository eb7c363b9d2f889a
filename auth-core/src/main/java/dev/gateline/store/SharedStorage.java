package dev.gateline.store;

import dev.gateline.LoginId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A storage that several nodes use, and that tells each node of the changes of the others. Thread-safe. */
public interface SharedStorage extends Storage, AutoCloseable {

    /** The feed that reports changes after they are made. */
    ChangeFeed feed();

    /** Stops the feed, and closes the connections that this storage has opened. Idempotent. */
    @Override
    void close();

    /**
     * Joins a storage and a feed. Every change is published before the call returns. If the publication fails, the call
     * throws. As with any outage, the change may have been made, and another node may use its copy until the call is
     * repeated.
     *
     * @param storage the storage that does the work
     * @param feed the feed that reports changes; closed by {@link #close()}
     */
    static SharedStorage of(Storage storage, ChangeFeed feed) {
        LoginStore logins = new AnnouncedLogins(storage.logins(), feed);
        RevocationStore revocations = new AnnouncedRevocations(storage.revocations(), feed);
        return new SharedStorage() {
            @Override
            public LoginStore logins() {
                return logins;
            }

            @Override
            public RevocationStore revocations() {
                return revocations;
            }

            @Override
            public Optional<RateLimitStore> rateLimits() {
                return storage.rateLimits();
            }

            @Override
            public ChangeFeed feed() {
                return feed;
            }

            @Override
            public void close() {
                feed.close();
            }
        };
    }
}

/**
 * A new row is not announced, because no other node has a copy of it. A use is not announced either, because a node
 * reads it from the store when it decides something.
 */
record AnnouncedLogins(LoginStore store, ChangeFeed feed) implements LoginStore {

    @Override
    public boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
        return store.insert(row, most, leaving, now);
    }

    @Override
    public Optional<LoginRow> find(LoginId id) {
        return store.find(id);
    }

    @Override
    public Optional<LoginRow> findAuthoritative(LoginId id) {
        return store.findAuthoritative(id);
    }

    @Override
    public Optional<LoginRow> findInMemory(LoginId id) {
        return store.findInMemory(id);
    }

    @Override
    public Written replace(LoginRow next, long version, Instant now) {
        Written written = store.replace(next, version, now);
        if (written == Written.DONE) {
            feed.publish(new Change.OfRow(next.id()));
        }
        return written;
    }

    @Override
    public Written touch(LoginId id, Instant seenAt) {
        return store.touch(id, seenAt);
    }

    @Override
    public void touchAll(Map<LoginId, Instant> seenAt) {
        store.touchAll(seenAt);
    }

    @Override
    public Written delete(LoginId id) {
        return store.delete(id);
    }

    @Override
    public void deleteAll(Collection<LoginId> ids) {
        store.deleteAll(ids);
    }

    @Override
    public List<LoginRow> findBySubject(String realm, String subject) {
        return store.findBySubject(realm, subject);
    }
}

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
        feed.subscribe(new ChangeFeed.Subscriber() {
            @Override
            public void changed(Change change) {
                if (change instanceof Change.OfRevocation ended) {
                    listener.revoked(ended.revocation());
                }
            }

            @Override
            public void gap() {
                listener.missed();
            }

            @Override
            public void freshAsOf(long nanos) {}
        });
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
    public Standing standing() {
        return store.standing();
    }

    @Override
    public Standing mark(Instant last) {
        return store.mark(last);
    }

    @Override
    public Standing vouch() {
        return store.vouch();
    }
}
