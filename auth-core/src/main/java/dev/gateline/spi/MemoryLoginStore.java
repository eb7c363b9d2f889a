package dev.gateline.spi;

import dev.gateline.LoginId;
import dev.gateline.LoginRefusedException;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/**
 * Logins in this process. Holds at most {@code capacity} rows: when full it drops expired ones and then refuses.
 * Lock-free but for the bins of {@link ConcurrentHashMap}.
 *
 * <p>{@code dues} says when each row is next worth a look. It is not moved as a login is used: a row that turns out to be
 * live when its due comes is given a new one. So use costs nothing here, and no scan is ever needed.
 */
final class MemoryLoginStore implements LoginStore {
    private static final int LOOKS_PER_INSERT = 4;

    private final int capacity;
    private final AtomicInteger size = new AtomicInteger();
    private final Map<LoginId, Held> rows = new ConcurrentHashMap<>();
    private final Map<String, Set<LoginId>> bySubject = new ConcurrentHashMap<>();
    private final ConcurrentSkipListSet<Due> dues = new ConcurrentSkipListSet<>();

    private record Due(Instant at, LoginId id) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : id.value().compareTo(other.id.value());
        }
    }

    private record Held(LoginRow row, Due due) {
        static Held of(LoginRow row) {
            return new Held(row, new Due(row.expiresAt(), row.id()));
        }

        Held with(LoginRow next) {
            return new Held(next, due);
        }
    }

    MemoryLoginStore(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity: at least 1 login, was " + capacity);
        }
        this.capacity = capacity;
    }

    @Override
    public boolean insert(LoginRow row, int most, Instant now) {
        dropExpired(now, LOOKS_PER_INSERT);
        if (!reservePlace()) {
            dropExpired(now, Integer.MAX_VALUE);
            if (!reservePlace()) {
                throw new LoginRefusedException("the store is full: it holds " + capacity + " live logins");
            }
        }
        Held held = Held.of(row);
        AtomicBoolean in = new AtomicBoolean();
        bySubject.compute(row.subject(), (subject, ids) -> {
            Set<LoginId> with = ids == null ? ConcurrentHashMap.newKeySet(1) : ids;
            in.set(most == ANY_NUMBER || live(with, row.realm(), now) < most);
            if (in.get()) {
                rows.put(row.id(), held);
                with.add(row.id());
            }
            return with.isEmpty() ? null : with;
        });
        if (in.get()) {
            dues.add(held.due());
        } else {
            size.decrementAndGet();
        }
        return in.get();
    }

    private long live(Set<LoginId> ids, String realm, Instant now) {
        return ids.stream()
                .flatMap(id -> find(id).stream())
                .filter(row -> row.realm().equals(realm) && now.isBefore(row.expiresAt()))
                .count();
    }

    @Override
    public Optional<LoginRow> find(LoginId id) {
        return Optional.ofNullable(rows.get(id)).map(Held::row);
    }

    @Override
    public Written replace(LoginRow next, Instant now) {
        AtomicReference<Written> written = new AtomicReference<>(Written.GONE);
        rows.computeIfPresent(next.id(), (id, held) -> {
            boolean follows = held.row().version() == next.version() - 1;
            written.set(follows ? Written.DONE : Written.STALE);
            return follows ? held.with(next.seen(held.row().lastSeenAt())) : held;
        });
        return Objects.requireNonNull(written.get());
    }

    @Override
    public Written touch(LoginId id, Instant seenAt) {
        Held touched =
                rows.computeIfPresent(id, (same, held) -> held.with(held.row().seen(seenAt)));
        return touched == null ? Written.GONE : Written.DONE;
    }

    @Override
    public Written delete(LoginId id) {
        Held held = rows.get(id);
        return held != null && removeIf(held, current -> true) ? Written.DONE : Written.GONE;
    }

    @Override
    public List<LoginRow> findBySubject(String subject) {
        return bySubject.getOrDefault(subject, Set.of()).stream()
                .flatMap(id -> find(id).stream())
                .toList();
    }

    private boolean reservePlace() {
        return size.getAndUpdate(count -> count < capacity ? count + 1 : count) < capacity;
    }

    /** Takes a row out together with its entry in the index, as {@link #insert} put them in together. */
    private boolean removeIf(Held held, Predicate<LoginRow> condition) {
        AtomicBoolean removed = new AtomicBoolean();
        bySubject.computeIfPresent(held.row().subject(), (subject, ids) -> {
            LoginId id = held.row().id();
            rows.computeIfPresent(id, (same, current) -> {
                removed.set(condition.test(current.row()));
                return removed.get() ? null : current;
            });
            if (removed.get()) {
                ids.remove(id);
            }
            return ids.isEmpty() ? null : ids;
        });
        if (removed.get()) {
            size.decrementAndGet();
            dues.remove(held.due());
        }
        return removed.get();
    }

    private void dropExpired(Instant now, int looks) {
        for (int i = 0; i < looks; i++) {
            Iterator<Due> earliest = dues.iterator();
            if (!earliest.hasNext()) {
                return;
            }
            Due due = earliest.next();
            if (due.at().isAfter(now)) {
                return;
            }
            dues.remove(due);
            Held held = rows.get(due.id());
            if (held != null && !removeIf(held, row -> !row.expiresAt().isAfter(now))) {
                rows.computeIfPresent(due.id(), (id, current) -> Held.of(current.row()));
                Optional.ofNullable(rows.get(due.id())).ifPresent(live -> dues.add(live.due()));
            }
        }
    }
}
