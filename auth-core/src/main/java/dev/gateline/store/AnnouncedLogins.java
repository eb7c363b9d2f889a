package dev.gateline.store;

import dev.gateline.LoginId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A login store that publishes each replacement of a row before the call returns. A new row is not announced, because
 * no other node has a copy of it. A use is not announced either: a node hears of it from the store when it notes a use
 * of its own, and before it decides that a login has expired. Thread-safe.
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
    public Map<LoginId, Instant> touchAll(Map<LoginId, Instant> seenAt, Duration interval) {
        return store.touchAll(seenAt, interval);
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
