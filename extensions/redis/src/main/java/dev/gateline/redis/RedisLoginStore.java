package dev.gateline.redis;

import static dev.gateline.LoginLimit.UNLIMITED;

import dev.gateline.LoginId;
import dev.gateline.LoginRefusedException;
import dev.gateline.store.Change;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginState;
import dev.gateline.store.LoginStore;
import dev.gateline.store.Written;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Logins on one server, or on a primary with replicas. Each call is one round trip. Thread-safe. */
class RedisLoginStore implements LoginStore {
    static final byte[] NONE = {};

    private static final int AT_ONCE = 500;

    final Link link;
    final KeyNames keys;
    final RedisChangeFeed feed;
    private final Endings endings;

    RedisLoginStore(Endings endings, KeyNames keys, RedisChangeFeed feed) {
        this.link = endings.link();
        this.endings = endings;
        this.keys = keys;
        this.feed = feed;
    }

    @Override
    public final boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
        try {
            return enter(row, most, leaving, now);
        } catch (FullException e) {
            // this is no outage, because all other calls continue
            throw new LoginRefusedException(FullException.REASON);
        }
    }

    /**
     * Does what {@link #insert} does.
     *
     * @throws FullException if the server has no room; then no row is left
     */
    boolean enter(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
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
            most == UNLIMITED ? NONE : Wire.bytes(most),
            Wire.bytes(now),
            Wire.bytes(row.state().endsAt()),
            Wire.bytes(row.lastSeenAt()),
            Wire.bytes(row.state().idleTimeout()),
            Wire.bytes(row.realm()),
            Wire.bytes(row.subject()),
            Wire.bytes(row.version()),
            state,
            Wire.bytes(leaving.stream().map(LoginId::value).collect(Collectors.joining(" ", " ", " ")))
        };
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
        Change change = new Change.OfRow(next.id());
        List<?> replaced = link.run(
                LoginScripts.REPLACE,
                replaced(next.id()),
                Wire.bytes(version),
                Wire.bytes(next.version()),
                Wire.bytes(next.state().endsAt()),
                Wire.bytes(next.lastSeenAt()),
                Wire.bytes(next.state().idleTimeout()),
                next.state().write(),
                Wire.bytes(change.write()));
        if (replaced.isEmpty()) {
            return Written.GONE;
        }
        byte[] entry = (byte[]) replaced.get(0);
        if (entry.length == 0) {
            return Written.STALE;
        }
        tell(next, change, replaced);
        return Written.DONE;
    }

    /** The keys of the script that replaces a row. */
    List<byte[]> replaced(LoginId id) {
        return List.of(keys.login(id), feed.stream());
    }

    /** Called after a row was replaced, with the answer of the script. */
    void tell(LoginRow next, Change change, List<?> replaced) {
        feed.published(Wire.text(replaced.get(1)));
    }

    @Override
    public Written touch(LoginId id, Instant seenAt) {
        return touchAll(Map.of(id, seenAt), Duration.ZERO).isEmpty() ? Written.GONE : Written.DONE;
    }

    @Override
    public Map<LoginId, Instant> touchAll(Map<LoginId, Instant> seenAt, Duration interval) {
        Map<LoginId, Instant> stored = new HashMap<>();
        inPages(List.copyOf(seenAt.keySet()), ids -> {
            List<byte[]> seen = ids.stream().map(seenAt::get).map(Wire::bytes).toList();
            List<?> answer = touch(rows(ids), Wire.bytes(interval), seen);
            for (int i = 0; i < ids.size(); i++) {
                if (((byte[]) answer.get(i)).length > 0) {
                    stored.put(ids.get(i), Wire.instant(answer.get(i)));
                }
            }
        });
        return stored;
    }

    /** Notes a use of each row. Returns the last use of each, or "" if there is no row. */
    List<?> touch(List<byte[]> rows, byte[] interval, List<byte[]> seen) {
        return link.run(
                LoginScripts.TOUCH,
                rows,
                Stream.concat(Stream.of(interval), seen.stream()).toArray(byte[][]::new));
    }

    private static void inPages(List<LoginId> all, Consumer<List<LoginId>> action) {
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            action.accept(all.subList(from, Math.min(from + AT_ONCE, all.size())));
        }
    }

    private List<byte[]> rows(List<LoginId> ids) {
        return ids.stream().map(keys::login).toList();
    }

    @Override
    public void deleteAll(Collection<LoginId> all) {
        inPages(List.copyOf(all), ids -> {
            List<?> unused = endings.run(LoginScripts.DELETE, rows(ids), Wire.bytes(keys.beforeSubject()), NONE);
        });
    }

    @Override
    public Written delete(LoginId id) {
        List<?> deleted =
                endings.run(LoginScripts.DELETE, List.of(keys.login(id)), Wire.bytes(keys.beforeSubject()), NONE);
        return deleted.isEmpty() ? Written.GONE : Written.DONE;
    }

    @Override
    public List<LoginRow> findBySubject(String realm, String subject) {
        List<?> found = link.run(
                LoginScripts.FIND_BY_SUBJECT,
                List.of(keys.subject(subject)),
                Wire.bytes(keys.beforeLogin()),
                Wire.bytes(realm));
        return found.stream().map(Wire::list).map(RedisLoginStore::parsed).toList();
    }
}
