package dev.gateline.jwt;

import dev.gateline.AuthUnavailableException;
import dev.gateline.store.KeyRingStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a ring up to date in memory, and in its store if there is one. It starts no thread. A caller that asks for a
 * key when work is due does the work, one caller at a time, while the others use the ring as it is. Only callers who
 * ask for an unknown key wait for each other. Thread-safe.
 */
final class RingKeeper {
    private static final int ATTEMPTS = 10;

    private static final System.Logger LOG = System.getLogger(RingKeeper.class.getName());

    private final RingRules rules;
    private final @Nullable StoredRing store;
    private final boolean isReadOnly;
    private final Looks looks;
    private final Clock clock;
    private final ReentrantLock updating = new ReentrantLock();
    private volatile Duration storeIsAhead = Duration.ZERO;

    /** Whether the last look has failed. Only the holder of {@code updating} uses this field and the next one. */
    private boolean isFailing;

    /** The keys that can't be used, each of which a warning has named. */
    private Set<String> unusable = Set.of();

    private volatile RingView view;

    /**
     * Reads the ring, or begins it.
     *
     * @param rules the rules of rotation
     * @param begin makes the first key
     * @param store null for a ring in memory only
     * @param isReadOnly whether the store is never written
     * @param looks says when to read the store again
     * @param clock the clock of a ring whose store has none
     */
    RingKeeper(
            RingRules rules,
            Supplier<SigningKey> begin,
            @Nullable StoredRing store,
            boolean isReadOnly,
            Looks looks,
            Clock clock) {
        this.rules = rules;
        this.store = store;
        this.isReadOnly = isReadOnly;
        this.looks = looks;
        this.clock = clock;
        Instant now = now();
        view = rules.view(store == null ? first(begin, now) : stored(store, begin, now), now);
        if (!isReadOnly && view.active().isEmpty()) {
            change(rules::rotatedIfDue);
        }
        prepare().values().stream().findFirst().ifPresent(failure -> {
            throw failure;
        });
    }

    private static RingKeys first(Supplier<SigningKey> begin, Instant now) {
        return RingKeys.NONE.with(new RingKey(LazyKey.of(begin.get()), now, now));
    }

    private RingKeys stored(StoredRing store, Supplier<SigningKey> begin, Instant now) {
        StoredRing.Read found = store.read(now);
        if (isReadOnly) {
            return written(found);
        }
        if (found.tag() == KeyRingStore.NONE) {
            RingKeys begun = first(begin, now);
            if (store.replace(begun, KeyRingStore.NONE)) {
                return begun;
            }
            found = store.read(now);
        }
        if (found.tag() == KeyRingStore.NONE) {
            throw new AuthUnavailableException("the key ring's store has lost the ring");
        }
        return rules.tidy(found.ring(), now);
    }

    private static RingKeys written(StoredRing.Read found) {
        if (found.tag() == KeyRingStore.NONE) {
            throw new IllegalArgumentException("there is no file with a key ring");
        }
        return found.ring();
    }

    /** The last view, even if work is due. */
    RingView known() {
        return view;
    }

    /**
     * Finds a key that is not in the {@link #current} view, because another node may have begun to sign with it just
     * now.
     *
     * @throws AuthUnavailableException if the store can't tell
     */
    Optional<VerificationKey> findNewest(String keyId) {
        if (store == null) {
            return Optional.empty();
        }
        Looks.Moment now = looks.now();
        if (looks.isDueForUnknownKey(now)) {
            if (updating.getQueueLength() >= RemoteKeys.MOST_WAITING) {
                throw new AuthUnavailableException(
                        "a key is unknown, and " + RemoteKeys.MOST_WAITING + " callers wait for the ring already");
            }
            updating.lock();
            try {
                // another caller may have looked since
                if (looks.isDueForUnknownKey(now)) {
                    update();
                }
            } finally {
                updating.unlock();
            }
        }
        if (looks.hasFailed()) {
            throw new AuthUnavailableException("a key is unknown, and the key ring could not be read lately");
        }
        return viewAt(timeAt(clock.instant())).verifying(keyId);
    }

    /**
     * The view of this moment. If work is due, it rotates the ring or reads it again first. The caller waits for that
     * if nobody has asked for a long time.
     */
    RingView current() {
        Looks.Moment now;
        boolean outdated;
        do {
            now = updateIfDue(false);
            outdated = looks.isOutdated();
            // a change that is reported during a look may have come after the look has read
        } while (looks.isNews());
        if (store != null) {
            looks.check(now, outdated);
        }
        return viewAt(timeAt(now.at()));
    }

    /** The view of this moment for signing. Without a key to sign with, the caller waits for one that is being made. */
    RingView signing() {
        RingView now = current();
        if (now.active().isPresent()) {
            return now;
        }
        updateIfDue(true);
        return known();
    }

    /** The view of this moment, unless work is due for which a caller of {@link #current} may have to wait. */
    Optional<RingView> currentInMemory() {
        Looks.Moment now = looks.now();
        boolean isGood = !isDue(now) && (store == null || (!looks.isOutdated() && looks.isLoaded(now)));
        return isGood ? Optional.of(viewAt(timeAt(now.at()))) : Optional.empty();
    }

    /** Does the work that is due, and returns the moment before. */
    private Looks.Moment updateIfDue(boolean waits) {
        Looks.Moment now = looks.now();
        if (isDue(now) && ((waits || looks.isWorthWaitingFor(now)) ? waitForTurn() : updating.tryLock())) {
            try {
                if (isDue(now)) {
                    update();
                }
            } finally {
                updating.unlock();
            }
        }
        return now;
    }

    private boolean waitForTurn() {
        updating.lock();
        return true;
    }

    private boolean isDue(Looks.Moment now) {
        Instant time = timeAt(now.at());
        return looks.isDue(now)
                || (!isReadOnly && !looks.hasJustFailed(now) && rules.isRotationDue(viewAt(time), time));
    }

    /** The view at an instant. The dates in the ring stay, because only {@link #change} asks the store for the time. */
    private RingView viewAt(Instant now) {
        RingView seen = view;
        return seen.isAt(now) ? seen : viewAnew(now);
    }

    private synchronized RingView viewAnew(Instant now) {
        view = rules.view(view.ring(), now);
        return view;
    }

    /**
     * Brings the ring up to date. If the store fails, the ring in memory is used, and the store is read again after the
     * usual time. The log has the first of a streak of failures.
     */
    private void update() {
        Looks.Moment began = looks.now();
        try {
            if (isReadOnly && store != null) {
                readAnew(store);
            } else {
                change(rules::rotatedIfDue);
            }
            if (isFailing) {
                LOG.log(System.Logger.Level.INFO, "the key ring is up to date again");
            }
            isFailing = false;
            tellUnusable(prepare());
        } catch (RuntimeException e) {
            looks.failed(began);
            if (!isFailing) {
                LOG.log(System.Logger.Level.WARNING, "the key ring could not be brought up to date", e);
            }
            isFailing = true;
        } finally {
            looks.tried(began);
        }
    }

    /** Has the providers take the live keys before a request needs them. Returns the failures by the id of the key. */
    private Map<String, RuntimeException> prepare() {
        Map<String, RuntimeException> failed = new LinkedHashMap<>();
        for (RingKey key : known().keys()) {
            try {
                key.key().prepare();
            } catch (IllegalArgumentException | AuthUnavailableException e) {
                failed.put(key.id(), e);
            }
        }
        return failed;
    }

    private void tellUnusable(Map<String, RuntimeException> failed) {
        failed.forEach((id, failure) -> {
            if (!unusable.contains(id)) {
                LOG.log(System.Logger.Level.WARNING, "a key of the ring can't be used", failure);
            }
        });
        if (failed.isEmpty() && !unusable.isEmpty()) {
            LOG.log(System.Logger.Level.INFO, "all keys of the ring can be used");
        }
        unusable = Set.copyOf(failed.keySet());
    }

    /** Reads the file again. A key that is missing in the file is not in the ring any more. */
    private void readAnew(StoredRing store) {
        Looks.Moment began = looks.now();
        Instant now = now();
        RingKeys ring = written(store.read(now));
        synchronized (this) {
            view = rules.view(ring, now);
        }
        looks.loaded(began);
    }

    /** A change of the ring. */
    interface Change {
        /** Returns the changed ring; called again if somebody else has changed the ring meanwhile. */
        RingKeys of(RingView newest, Instant now);
    }

    /**
     * Changes the ring, here and in its store.
     *
     * @throws IllegalStateException if the ring is only read
     * @throws AuthUnavailableException if the store has failed; the change may have been made
     */
    void change(Change change) {
        if (isReadOnly) {
            throw new IllegalStateException("this key ring is read only: whoever writes its file changes it");
        }
        boolean done = false;
        for (int i = 0; i < ATTEMPTS && !done; i++) {
            done = store == null ? changeHere(change) : changeStored(store, change);
        }
        if (!done) {
            throw new AuthUnavailableException("others have changed the key ring " + ATTEMPTS + " times meanwhile");
        }
    }

    private boolean changeHere(Change change) {
        Instant now = now();
        RingView seen = view;
        RingView from = rules.view(rules.tidy(seen.ring(), now), now);
        return replaceIfSame(seen, rules.view(rules.tidy(change.of(from, now), now), now));
    }

    /**
     * Merges the stored ring with the known one, changes the result, and writes it if it differs and no other node has
     * written meanwhile. A store thus gets back the keys that it has lost. The read ring counts, even if nothing can be
     * written.
     */
    private boolean changeStored(StoredRing store, Change change) {
        Looks.Moment began = looks.now();
        Instant now = now();
        StoredRing.Read stored = store.read(now);
        RingView merged = add(stored.ring(), now);
        looks.loaded(began);
        RingKeys next = rules.tidy(change.of(merged, now), now);
        if (rules.alive(next, now).equals(rules.alive(stored.ring(), now))) {
            return true;
        }
        boolean written = store.replace(next, stored.tag());
        if (written) {
            add(next, now);
        }
        return written;
    }

    /** The compare-and-set of a ring without a store. */
    private synchronized boolean replaceIfSame(RingView from, RingView next) {
        boolean follows = view == from;
        view = follows ? next : view;
        return follows;
    }

    /** Adds keys to the view. Keys that others have added meanwhile stay. */
    private synchronized RingView add(RingKeys more, Instant now) {
        view = rules.view(rules.tidy(view.ring().merge(more), now), now);
        return view;
    }

    /** Asks the store for the time, so that a node with a wrong clock writes no wrong dates. */
    private Instant now() {
        Instant here = clock.instant();
        if (store == null) {
            return here.truncatedTo(ChronoUnit.MILLIS);
        }
        Instant there = store.now(here);
        storeIsAhead = Duration.between(here.truncatedTo(ChronoUnit.MILLIS), there);
        return there;
    }

    /** The time by the store's clock, as of the last look. */
    private Instant timeAt(Instant here) {
        Duration ahead = storeIsAhead;
        return ahead.isZero() ? here : here.plus(ahead);
    }
}
