package dev.gateline.near;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
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
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Copies of rows. This node keeps a row only if it has heard of no change to it since before the read. Every change
 * steps a counter that the row shares with some others. A copy is put in its place, atomically, only if the counter
 * still has the value from before the read. A change that overtakes a read therefore wins, and the row of an ended
 * login can't come back. Thread-safe; no lock is held while a call waits for the store.
 */
final class NearLogins implements LoginStore {
    private static final int COUNTERS = 1 << 12;

    /** The longest time for which a change without a report can do harm, because its node died in between. */
    private static final long LONGEST_KEPT = Duration.ofMinutes(5).toNanos();

    private final LoginStore store;
    private final Freshness freshness;
    private final Continuity continuity;
    private final Predicate<LoginId> hasEnded;
    private final Cache<LoginId, Copy> copies;
    private final AtomicLongArray changes = new AtomicLongArray(COUNTERS);
    private final AtomicLong gaps = new AtomicLong();
    private final LongSupplier nanos;

    private record Copy(LoginRow row, long readAt, long gaps) {}

    /** The values of the counters at a moment. */
    private record Mark(long changes, long gaps) {}

    /**
     * Starts without copies.
     *
     * @param hasEnded whether a login is known to have ended; such a login is not found, and the store is not asked
     * @param nanos {@link System#nanoTime()}
     */
    NearLogins(
            LoginStore store,
            Freshness freshness,
            Continuity continuity,
            Predicate<LoginId> hasEnded,
            int capacity,
            LongSupplier nanos) {
        this.store = store;
        this.freshness = freshness;
        this.continuity = continuity;
        this.hasEnded = hasEnded;
        this.nanos = nanos;
        copies = Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumSize(capacity)
                .build();
    }

    @Override
    public Optional<LoginRow> find(LoginId id) {
        if (!freshness.isTrusted()) {
            return hasEnded.test(id) ? Optional.empty() : store.find(id);
        }
        Copy copy = copies.getIfPresent(id);
        if (copy == null && hasEnded.test(id)) {
            return Optional.empty();
        }
        if (copy != null && isGood(copy)) {
            return Optional.of(copy.row);
        }
        return findAuthoritative(id);
    }

    private boolean isGood(Copy copy) {
        return copy.gaps == gaps.get() && nanos.getAsLong() - copy.readAt < LONGEST_KEPT;
    }

    @Override
    public Optional<LoginRow> findInMemory(LoginId id) {
        Copy copy = freshness.isTrustedQuietly() ? copies.getIfPresent(id) : null;
        return copy != null && isGood(copy) ? Optional.of(copy.row) : Optional.empty();
    }

    @Override
    public Optional<LoginRow> findAuthoritative(LoginId id) {
        Mark mark = mark(id);
        Optional<LoginRow> found = store.findAuthoritative(id);
        found.ifPresentOrElse(row -> keep(row, mark), () -> copies.invalidate(id));
        return found;
    }

    @Override
    public boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
        continuity.checkForWriting(now);
        Mark mark = mark(row.id());
        boolean in = store.insert(row, most, leaving, now);
        if (in) {
            keep(row, mark);
        }
        return in;
    }

    @Override
    public Written replace(LoginRow next, long version, Instant now) {
        continuity.checkForWriting(now);
        try {
            return store.replace(next, version, now);
        } finally {
            changed(next.id());
        }
    }

    @Override
    public Written touch(LoginId id, Instant seenAt) {
        continuity.checkForWriting(seenAt);
        Written written = store.touch(id, seenAt);
        if (written == Written.DONE) {
            seen(id, seenAt);
        } else {
            changed(id);
        }
        return written;
    }

    /**
     * Corrects the times first: a note may be old, because the store was away, and this node's clock may have been
     * wrong then.
     */
    @Override
    public Map<LoginId, Instant> touchAll(Map<LoginId, Instant> seenAt, Duration interval) {
        Map<LoginId, Instant> stored = store.touchAll(continuity.noted(seenAt), interval);
        stored.forEach(this::seen);
        return stored;
    }

    private void seen(LoginId id, Instant seenAt) {
        copies.asMap().computeIfPresent(id, (same, copy) -> new Copy(copy.row.seen(seenAt), copy.readAt, copy.gaps));
    }

    @Override
    public Written delete(LoginId id) {
        try {
            return store.delete(id);
        } finally {
            changed(id);
        }
    }

    @Override
    public void deleteAll(Collection<LoginId> ids) {
        try {
            store.deleteAll(ids);
        } finally {
            ids.forEach(this::changed);
        }
    }

    @Override
    public List<LoginRow> findBySubject(String realm, String subject) {
        return store.findBySubject(realm, subject);
    }

    private Mark mark(LoginId id) {
        return new Mark(changes.get(counterOf(id)), gaps.get());
    }

    private static int counterOf(LoginId id) {
        return id.hashCode() & (COUNTERS - 1);
    }

    private void keep(LoginRow row, Mark mark) {
        Copy read = new Copy(row, nanos.getAsLong(), mark.gaps);
        copies.asMap().compute(row.id(), (id, copy) -> mark(id).equals(mark) ? read : copy);
    }

    /** The approximate number of copies. */
    long size() {
        return copies.estimatedSize();
    }

    /** Drops the copy of a row that was replaced or deleted, by any node. */
    void changed(LoginId id) {
        changes.incrementAndGet(counterOf(id));
        copies.invalidate(id);
    }

    /** Drops all copies, because any row may have changed. */
    void forgetAll() {
        gaps.incrementAndGet();
        copies.invalidateAll();
    }
}
