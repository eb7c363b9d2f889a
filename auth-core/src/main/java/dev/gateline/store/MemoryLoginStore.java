package dev.gateline.store;

import dev.gateline.LoginId;
import dev.gateline.LoginLimit;
import dev.gateline.LoginRefusedException;
import dev.gateline.internal.Micros;
import dev.gateline.internal.RandomId;
import dev.gateline.internal.Rules;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps logins in this process. It holds at most {@code capacity} rows. A full store drops expired rows, and refuses a
 * new row if none has expired. To be small, a row is one object and one array of bytes, and the object is its own key
 * and its place in two lists.
 *
 * <p>{@code dues} has, for each span of four seconds, the rows that are checked next in that span. A use of the login
 * does not move its row. A row that is live when it is checked gets a later span. Uses therefore cost nothing here, and
 * no scan is needed. Everything else is atomic by the bins of {@link ConcurrentHashMap}. The bin of the subject is
 * locked before the bin of the row.
 */
final class MemoryLoginStore implements LoginStore {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int LOOKS_PER_INSERT = 4;
    private static final int SPAN_BITS = 22;

    private final int capacity;
    private final SteadyTime time;
    private final MemoryRevocationStore revocations;
    private final AtomicInteger size = new AtomicInteger();
    private final Map<RandomId, Held> rows = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Held>> byRealm = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Long, Held> dues = new ConcurrentSkipListMap<>();
    private final ReentrantLock upkeep = new ReentrantLock();
    private @Nullable Held overdue;
    private long groupsSwept;

    /**
     * A row, with the version and then the state in one array. A deleted row has no array, and is only in a list of
     * dues.
     */
    private static final class Held extends RandomId {
        private final String realm;
        private final String subject;
        private volatile long seenAt;
        private volatile byte @Nullable [] content;
        private @Nullable Held nextDue;
        private @Nullable Held next;
        private @Nullable Held previous;

        Held(RandomId key, LoginRow row) {
            super(key);
            realm = row.realm();
            subject = row.subject();
            put(row);
        }

        LoginId id() {
            return new LoginId(text());
        }

        void put(LoginRow row) {
            byte[] state = row.state().write();
            content = ByteBuffer.allocate(Long.BYTES + state.length)
                    .putLong(row.version())
                    .put(state)
                    .array();
            seen(row.lastSeenAt());
        }

        void seen(Instant at) {
            seenAt = Math.max(seenAt, Micros.of(at));
        }

        Optional<LoginRow> row(LoginId id) {
            byte[] bytes = content;
            if (bytes == null) {
                return Optional.empty();
            }
            return Optional.of(new LoginRow(id, realm, subject, version(bytes), Micros.instant(seenAt), state(bytes)));
        }

        boolean hasVersion(long version) {
            byte[] bytes = content;
            return bytes != null && version(bytes) == version;
        }

        /** The time at which the row expires, in microseconds; for a deleted row the least number. */
        long expiresAt() {
            byte[] bytes = content;
            return bytes == null ? Long.MIN_VALUE : state(bytes).expiresAt(seenAt);
        }

        private static long version(byte[] content) {
            return (long) LONGS.get(content, 0);
        }

        private static LoginState state(byte[] content) {
            return LoginState.trusted(content, Long.BYTES);
        }
    }

    MemoryLoginStore(int capacity, SteadyTime time, MemoryRevocationStore revocations) {
        Rules.require(capacity >= 1, "capacity: at least 1 login, was " + capacity);
        this.capacity = capacity;
        this.time = time;
        this.revocations = revocations;
    }

    @Override
    public boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
        long micros = Micros.of(now);
        long over = time.at(micros);
        dropExpired(over, LOOKS_PER_INSERT);
        if (size.get() >= capacity) {
            dropExpired(over, Integer.MAX_VALUE);
            dropEnded();
        }
        return add(row, most, leaving, micros);
    }

    /** Drops the rows of logins that ended as a group. A full store looks for them once after each such ending. */
    private void dropEnded() {
        upkeep.lock();
        try {
            long groupsEnded = revocations.groupsEnded();
            if (size.get() >= capacity && groupsEnded != groupsSwept) {
                rows.values().stream().filter(this::hasEnded).forEach(held -> unlinkIf(held, Long.MAX_VALUE));
                groupsSwept = groupsEnded;
            }
        } finally {
            upkeep.unlock();
        }
    }

    private boolean hasEnded(Held held) {
        return held.row(held.id())
                .filter(row -> revocations.isRevoked(row.revocable()))
                .isPresent();
    }

    /** Adds a row of another store, which may have expired since. */
    void restore(LoginRow row) {
        if (!add(row, LoginLimit.UNLIMITED, Set.of(), Long.MIN_VALUE)) {
            throw new IllegalStateException("any number is never too many");
        }
    }

    private boolean add(LoginRow row, int most, Set<LoginId> leaving, long now) {
        RandomId key = key(row.id());
        if (key == null) {
            throw new IllegalArgumentException("login id: 22 characters of base64url");
        }
        if (size.getAndUpdate(count -> Math.min(capacity, count + 1)) >= capacity) {
            throw new LoginRefusedException("the store is full: it holds " + capacity + " live logins");
        }
        Held held = new Held(key, row);
        Set<RandomId> uncounted = leaving.stream()
                .map(MemoryLoginStore::key)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        boolean in = link(held, most, uncounted, now);
        if (in) {
            awaitDue(held);
        } else {
            size.decrementAndGet();
        }
        return in;
    }

    private boolean link(Held held, int most, Set<RandomId> leaving, long now) {
        AtomicBoolean in = new AtomicBoolean();
        bySubject(held.realm).compute(held.subject, (subject, first) -> {
            in.set(most == LoginLimit.UNLIMITED || live(first, leaving, now) < most);
            if (!in.get()) {
                return first;
            }
            rows.put(held, held);
            held.next = first;
            if (first != null) {
                first.previous = held;
            }
            return held;
        });
        return in.get();
    }

    /** The rows of a realm by subject. There are as many realms as authenticators, so a realm is never removed. */
    private Map<String, Held> bySubject(String realm) {
        return byRealm.computeIfAbsent(realm, first -> new ConcurrentHashMap<>());
    }

    private static int live(@Nullable Held first, Set<RandomId> leaving, long now) {
        int count = 0;
        for (Held held = first; held != null; held = held.next) {
            count += now < held.expiresAt() && !leaving.contains(held) ? 1 : 0;
        }
        return count;
    }

    @Override
    public Optional<LoginRow> find(LoginId id) {
        Held held = held(id);
        return held == null ? Optional.empty() : held.row(id);
    }

    @Override
    public Optional<LoginRow> findInMemory(LoginId id) {
        return find(id);
    }

    private static @Nullable RandomId key(LoginId id) {
        return RandomId.of(id.value());
    }

    private @Nullable Held held(LoginId id) {
        RandomId key = key(id);
        return key == null ? null : rows.get(key);
    }

    @Override
    public Written replace(LoginRow next, long version, Instant now) {
        AtomicReference<Written> written = new AtomicReference<>(Written.STALE);
        boolean there = onRow(next.id(), held -> {
            if (held.hasVersion(version)) {
                held.put(next);
                written.set(Written.DONE);
            }
        });
        return there ? Objects.requireNonNull(written.get()) : Written.GONE;
    }

    @Override
    public Written touch(LoginId id, Instant seenAt) {
        return onRow(id, held -> held.seen(seenAt)) ? Written.DONE : Written.GONE;
    }

    /** Changes a row in one atomic step, and says whether there is such a row. */
    private boolean onRow(LoginId id, Consumer<Held> change) {
        RandomId key = key(id);
        return key != null
                && rows.computeIfPresent(key, (same, held) -> {
                            change.accept(held);
                            return held;
                        })
                        != null;
    }

    @Override
    public Written delete(LoginId id) {
        Held held = held(id);
        return held != null && unlinkIf(held, Long.MAX_VALUE) ? Written.DONE : Written.GONE;
    }

    @Override
    public List<LoginRow> findBySubject(String realm, String subject) {
        List<LoginRow> found = new ArrayList<>();
        bySubject(realm).computeIfPresent(subject, (same, first) -> {
            for (Held held = first; held != null; held = held.next) {
                held.row(held.id()).ifPresent(found::add);
            }
            return first;
        });
        return found;
    }

    /** Deletes a row that has expired by a time, except from the dues. */
    private boolean unlinkIf(Held held, long expiredBy) {
        AtomicBoolean out = new AtomicBoolean();
        bySubject(held.realm).computeIfPresent(held.subject, (subject, first) -> {
            rows.computeIfPresent(held, (key, current) -> {
                out.set(held.expiresAt() <= expiredBy);
                return out.get() ? null : current;
            });
            return out.get() ? without(first, held) : first;
        });
        if (out.get()) {
            size.decrementAndGet();
        }
        return out.get();
    }

    private static @Nullable Held without(Held first, Held held) {
        Held next = held.next;
        Held previous = held.previous;
        if (next != null) {
            next.previous = previous;
        }
        if (previous != null) {
            previous.next = next;
        }
        held.content = null;
        held.next = null;
        held.previous = null;
        return first.equals(held) ? next : first;
    }

    private void awaitDue(Held held) {
        dues.compute(held.expiresAt() >> SPAN_BITS, (span, first) -> {
            held.nextDue = first;
            return held;
        });
    }

    /**
     * Checks some of the rows whose span has come, and drops the expired ones. Only a full store checks more than a
     * few.
     */
    private void dropExpired(long now, int looks) {
        boolean full = looks == Integer.MAX_VALUE;
        if (full) {
            upkeep.lock();
        } else if (!upkeep.tryLock()) {
            return;
        }
        List<Held> live = new ArrayList<>();
        try {
            for (int i = 0; i < looks && nextOverdue(full ? now : now - (1L << SPAN_BITS)); i++) {
                Held held = Objects.requireNonNull(overdue);
                overdue = held.nextDue;
                if (held.content != null && !unlinkIf(held, now) && held.content != null) {
                    live.add(held);
                }
            }
            live.forEach(this::awaitDue);
        } finally {
            upkeep.unlock();
        }
    }

    private boolean nextOverdue(long now) {
        if (overdue == null) {
            Map.Entry<Long, Held> earliest = dues.firstEntry();
            boolean due = earliest != null && earliest.getKey() <= now >> SPAN_BITS;
            overdue = due ? dues.remove(earliest.getKey()) : null;
        }
        return overdue != null;
    }

    /** Calls an action for all rows, in no order, while other threads add and delete rows. */
    void forEach(Consumer<LoginRow> action) {
        rows.values().forEach(held -> held.row(held.id()).ifPresent(action));
    }
}
