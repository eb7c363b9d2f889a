package dev.gateline.store;

import dev.gateline.LoginId;
import dev.gateline.internal.Rules;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Rows, each of which one shard keeps. A row is found by its id alone. The id of a new row belongs to the shard of its
 * subject, so one shard counts and lists all rows of a subject in a realm. Thread-safe.
 */
record ShardedLogins(Shards<LoginStore> shards) implements LoginStore {

    private LoginStore of(LoginId id) {
        return shards.of(id.value());
    }

    private int placeOf(LoginId id) {
        return shards.placeOf(id.value());
    }

    @Override
    public boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
        Rules.require(
                placeOf(row.id()) == shards.placeOf(Revocable.subjectKey(row.realm(), row.subject())),
                "row of a new login: an id by newLoginId for its subject, was one of another shard");
        return of(row.id()).insert(row, most, leaving, now);
    }

    @Override
    public Optional<LoginRow> find(LoginId id) {
        return of(id).find(id);
    }

    @Override
    public Optional<LoginRow> findAuthoritative(LoginId id) {
        return of(id).findAuthoritative(id);
    }

    @Override
    public Optional<LoginRow> findInMemory(LoginId id) {
        return of(id).findInMemory(id);
    }

    @Override
    public Written replace(LoginRow next, long version, Instant now) {
        return of(next.id()).replace(next, version, now);
    }

    @Override
    public Written touch(LoginId id, Instant seenAt) {
        return of(id).touch(id, seenAt);
    }

    @Override
    public Map<LoginId, Instant> touchAll(Map<LoginId, Instant> seenAt, Duration interval) {
        Map<LoginId, Instant> stored = new HashMap<>();
        shards.divide(seenAt.keySet(), this::placeOf, (shard, ids) -> {
            Map<LoginId, Instant> part = new HashMap<>();
            ids.forEach(id -> part.put(id, seenAt.get(id)));
            stored.putAll(shard.touchAll(part, interval));
        });
        return stored;
    }

    @Override
    public Written delete(LoginId id) {
        return of(id).delete(id);
    }

    @Override
    public void deleteAll(Collection<LoginId> ids) {
        shards.divide(ids, this::placeOf, LoginStore::deleteAll);
    }

    @Override
    public List<LoginRow> findBySubject(String realm, String subject) {
        return shards.of(Revocable.subjectKey(realm, subject)).findBySubject(realm, subject);
    }
}
