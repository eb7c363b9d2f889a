package dev.gateline.kit;

import dev.gateline.LoginId;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Has a time of the last use of its own for some rows. */
abstract class RedatingLoginStore extends PassingLoginStore {
    private final Map<LoginId, Instant> seen = new ConcurrentHashMap<>();

    RedatingLoginStore(LoginStore right) {
        super(right);
    }

    final void see(LoginId id, Instant seenAt) {
        seen.put(id, seenAt);
    }

    @Override
    public final Optional<LoginRow> find(LoginId id) {
        return super.find(id).map(this::dated);
    }

    @Override
    public final List<LoginRow> findBySubject(String realm, String subject) {
        return super.findBySubject(realm, subject).stream().map(this::dated).toList();
    }

    private LoginRow dated(LoginRow row) {
        Instant at = seen.getOrDefault(row.id(), row.lastSeenAt());
        return new LoginRow(row.id(), row.realm(), row.subject(), row.version(), at, row.state());
    }
}
