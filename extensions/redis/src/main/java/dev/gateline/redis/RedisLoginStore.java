package dev.gateline.redis;

import dev.gateline.LoginId;
import dev.gateline.spi.LoginRow;
import dev.gateline.spi.LoginState;
import dev.gateline.spi.LoginStore;
import dev.gateline.spi.Written;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Logins on one server, or on a primary with replicas. Each call is one round trip. Thread-safe. */
class RedisLoginStore implements LoginStore {
    static final byte[] NONE = {};

    final Link link;
    final Keys keys;

    RedisLoginStore(Link link, Keys keys) {
        this.link = link;
        this.keys = keys;
    }

    @Override
    public boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
        byte[][] arguments = arguments(
                keys.beforeLogin(), row, most, leaving, now, row.state().write());
        List<byte[]> both = List.of(keys.subject(row.subject()), keys.login(row.id()));
        return !link.run(LoginScripts.INSERT, both, arguments).isEmpty();
    }

    /** For the scripts that insert. */
    static byte[][] arguments(String rows, LoginRow row, int most, Set<LoginId> leaving, Instant now, byte[] state) {
        return new byte[][] {
            Wire.bytes(rows),
            Wire.bytes(row.id().value()),
            most == ANY_NUMBER ? NONE : Wire.bytes(most),
            Wire.bytes(now),
            Wire.bytes(row.state().endsAt()),
            Wire.bytes(row.lastSeenAt()),
            micros(row.state().idleTimeout()),
            Wire.bytes(row.realm()),
            Wire.bytes(row.subject()),
            Wire.bytes(row.version()),
            state,
            Wire.bytes(leaving.stream().map(LoginId::value).collect(Collectors.joining(" ", " ", " ")))
        };
    }

    private static byte[] micros(Duration span) {
        return Wire.bytes(TimeUnit.MICROSECONDS.convert(span));
    }

    @Override
    public Optional<LoginRow> find(LoginId id) {
        List<?> parts = link.run(LoginScripts.FIND, List.of(keys.login(id)));
        return parts.isEmpty() ? Optional.empty() : Optional.of(parsed(parts));
    }

    static LoginRow parsed(List<?> parts) {
        return new LoginRow(
                idOf(Wire.text(parts.get(5))),
                Wire.text(parts.get(0)),
                Wire.text(parts.get(1)),
                Wire.number(parts.get(2)),
                Wire.instant(parts.get(3)),
                LoginState.read((byte[]) parts.get(4)));
    }

    /** The last part of an entry. */
    static LoginId idOf(String entry) {
        return new LoginId(entry.substring(entry.lastIndexOf(' ') + 1));
    }

    @Override
    public Written replace(LoginRow next, long version, Instant now) {
        List<?> replaced = link.run(
                LoginScripts.REPLACE,
                List.of(keys.login(next.id())),
                Wire.bytes(version),
                Wire.bytes(next.version()),
                Wire.bytes(now),
                Wire.bytes(next.state().endsAt()),
                Wire.bytes(next.lastSeenAt()),
                micros(next.state().idleTimeout()),
                next.state().write());
        if (replaced.isEmpty()) {
            return Written.GONE;
        }
        byte[] entry = (byte[]) replaced.get(0);
        if (entry.length == 0) {
            return Written.STALE;
        }
        replaced(next, entry, now);
        return Written.DONE;
    }

    /** A row that has this entry is there in a new version. */
    void replaced(LoginRow next, byte[] entry, Instant now) {}

    @Override
    public Written touch(LoginId id, Instant seenAt) {
        return link.run(LoginScripts.TOUCH, List.of(keys.login(id)), Wire.bytes(seenAt)) == 1
                ? Written.DONE
                : Written.GONE;
    }

    @Override
    public Written delete(LoginId id) {
        List<?> deleted =
                link.run(LoginScripts.DELETE, List.of(keys.login(id)), Wire.bytes(keys.beforeSubject()), NONE);
        return deleted.isEmpty() ? Written.GONE : Written.DONE;
    }

    @Override
    public List<LoginRow> findBySubject(String subject) {
        List<?> found =
                link.run(LoginScripts.FIND_BY_SUBJECT, List.of(keys.subject(subject)), Wire.bytes(keys.beforeLogin()));
        return found.stream().map(Wire::list).map(RedisLoginStore::parsed).toList();
    }
}
