package dev.gateline.kit;

import dev.gateline.LoginId;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginStore;
import dev.gateline.store.Written;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Passes everything on. */
class PassingLoginStore implements LoginStore {
    private final LoginStore right;

    PassingLoginStore(LoginStore right) {
        this.right = right;
    }

    @Override
    public boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
        return right.insert(row, most, leaving, now);
    }

    @Override
    public Optional<LoginRow> find(LoginId id) {
        return right.find(id);
    }

    @Override
    public Written replace(LoginRow next, long version, Instant now) {
        return right.replace(next, version, now);
    }

    @Override
    public Written touch(LoginId id, Instant seenAt) {
        return right.touch(id, seenAt);
    }

    @Override
    public Map<LoginId, Instant> touchAll(Map<LoginId, Instant> seenAt, Duration interval) {
        return right.touchAll(seenAt, interval);
    }

    @Override
    public Written delete(LoginId id) {
        return right.delete(id);
    }

    @Override
    public void deleteAll(Collection<LoginId> ids) {
        right.deleteAll(ids);
    }

    @Override
    public List<LoginRow> findBySubject(String realm, String subject) {
        return right.findBySubject(realm, subject);
    }
}
