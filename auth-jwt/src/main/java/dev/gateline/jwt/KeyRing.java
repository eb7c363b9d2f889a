package dev.gateline.jwt;

import dev.gateline.AuthUnavailableException;
import dev.gateline.spi.KeyRingStore;
import dev.gateline.spi.KeyRingStore.Document;
import dev.gateline.spi.Written;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The keys that an issuer signs with. A key is pending (published, not yet signing), active, then retired (verifying
 * until the last token that it signed has expired), and then dropped; on a schedule, or when told to. Thread-safe.
 *
 * <p>Starts no thread: the schedule is kept by whoever asks for a key when something is due, one caller at a time, while
 * the others go on with what there is. Costs a look-up in memory otherwise.
 */
public final class KeyRing implements KeySource {
    private static final int ATTEMPTS = 10;
    private static final Duration CLOCK_MARGIN = Duration.ofMinutes(1);
    private static final Duration RELOAD_EVERY = Duration.ofSeconds(10);

    /** Who comes so long after the last look at the store waits for the next. */
    private static final Duration BEHIND = RELOAD_EVERY.multipliedBy(3);

    /** How often an unknown key makes a node look. */
    private static final Duration UNKNOWN_EVERY = Duration.ofSeconds(1);

    private static final System.Logger LOG = System.getLogger(KeyRing.class.getName());

    private final Algorithm algorithm;
    private final @Nullable KeyRingStore store;
    private final Duration rotateEvery;
    private final Duration publishAhead;
    private final Duration tokensLiveFor;
    private final Duration staleFor;
    private final Clock clock;
    private final ReentrantLock tending = new ReentrantLock();
    private final AtomicReference<@Nullable String> secretsAudience = new AtomicReference<>();
    private volatile @Nullable Read lastRead;
    private volatile RingView view;
    private volatile Instant triedAt;
    private volatile Instant loadedAt;

    private KeyRing(Builder builder) {
        algorithm = builder.algorithm;
        store = builder.store;
        rotateEvery = builder.rotateEvery;
        publishAhead = builder.publishAhead;
        tokensLiveFor = builder.tokensLiveFor;
        staleFor = builder.staleFor;
        clock = builder.clock;
        check(publishAhead.compareTo(rotateEvery) < 0, "publish ahead", "less than rotate every", publishAhead);
        check(!publishAhead.isNegative(), "publish ahead", "not negative", publishAhead);
        check(tokensLiveFor.compareTo(Duration.ofSeconds(1)) >= 0, "tokens live for", "at least 1 s", tokensLiveFor);
        check(staleFor.compareTo(BEHIND) >= 0, "stale for", "at least " + BEHIND, staleFor);
        Instant now = now();
        triedAt = now;
        loadedAt = now;
        view = stored(now).orElseGet(() -> begin(builder.first, now));
    }

    private static void check(boolean ok, String what, String rule, Duration was) {
        if (!ok) {
            throw new IllegalArgumentException(what + ": " + rule + "; was " + was);
        }
    }

    /**
     * A ring of one new random key, which nobody else has, and which is never rotated by itself: tokens die with the
     * process.
     *
     * @param algorithm of the key
     */
    public static KeyRing generate(Algorithm algorithm) {
        return of(SigningKey.generate(algorithm));
    }

    /**
     * A ring that begins with a key of the host's, and is never rotated by itself.
     *
     * @param key signs and verifies
     */
    public static KeyRing of(SigningKey key) {
        Builder builder = builder(key.verification().algorithm()).rotateEvery(Builder.NEVER);
        builder.first = () -> key;
        return builder.build();
    }

    /**
     * A ring that is rotated on a schedule, and may be kept in a file or a store that nodes share.
     *
     * @param algorithm of the keys that are made from now on; those in the store may be of others
     */
    public static Builder builder(Algorithm algorithm) {
        return new Builder(algorithm);
    }

    SigningKey active() {
        return current().active().key();
    }

    /**
     * Notes whose tokens the keys are for. A shared secret is for one audience: whoever holds it to verify could sign for
     * the others with it.
     *
     * @throws IllegalArgumentException if a secret of this ring is for another audience already
     */
    void serve(String audience) {
        boolean shared = view.keys().stream()
                .anyMatch(key -> key.key().verification().algorithm().isSymmetric());
        if (shared && !audience.equals(secretsAudience.updateAndGet(first -> first == null ? audience : first))) {
            throw new IllegalArgumentException("this key ring holds a shared secret, and is for the audience "
                    + secretsAudience.get() + "; give " + audience + " a ring of its own, or sign with a key pair");
        }
    }

    /** The longest lifetime of tokens for which a retired key is kept. */
    Duration tokensLiveFor() {
        return tokensLiveFor;
    }

    @Override
    public Optional<VerificationKey> find(String keyId) {
        Optional<VerificationKey> key = current().verifying(keyId);
        return key.isPresent() || store == null ? key : findNewest(keyId);
    }

    /** Another node may have begun to sign with it just now. If that can't be known, it is an outage. */
    private Optional<VerificationKey> findNewest(String keyId) {
        Instant now = clock.instant();
        if (!isLessThanAgo(UNKNOWN_EVERY, triedAt, now) && tending.tryLock()) {
            try {
                tend();
            } finally {
                tending.unlock();
            }
        }
        if (loadedAt.isBefore(triedAt)) {
            throw new AuthUnavailableException("a key is unknown, and the key ring could not be read lately");
        }
        return viewAt(now).verifying(keyId);
    }

    /** All keys, without the keys, in the order in which they become active. */
    public List<KeyInfo> keys() {
        RingView now = current();
        return now.keys().stream()
                .map(key -> new KeyInfo(
                        key.id(),
                        key.key().verification().algorithm(),
                        stateOf(key, now),
                        key.publishedAt(),
                        key.activeFrom()))
                .toList();
    }

    private static KeyInfo.State stateOf(RingKey key, RingView view) {
        int order = key.compareTo(view.active());
        if (order == 0) {
            return KeyInfo.State.ACTIVE;
        }
        return order > 0 ? KeyInfo.State.PENDING : KeyInfo.State.RETIRED;
    }

    /**
     * The JWK Set (RFC 7517) to publish, so that others can verify: public keys only, pending ones too. A shared secret
     * is never in it.
     *
     * @return JSON, in the order in which the keys become active
     */
    public String jwks() {
        return current().keys().stream()
                .map(ring -> ring.key().verification())
                .filter(key -> !key.algorithm().isSymmetric())
                .map(VerificationKey::jwk)
                .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }

    /**
     * How long others may keep {@link #jwks()}: a pending key is known to all of them before it signs.
     *
     * @return for {@code Cache-Control: max-age}
     */
    public Duration jwksMaxAge() {
        return publishAhead.dividedBy(2);
    }

    /** Adds a new key, which will sign once it has been published for long enough. Nothing if one is pending already. */
    public void rotate() {
        Instant now = now();
        change(
                now,
                view -> view.pending().isPresent()
                        ? view.ring()
                        : withNewKey(view.ring(), now, now.plus(publishAhead)));
    }

    /** Signs with a new key at once, which others don't know yet. */
    public void rotateNow() {
        Instant now = now();
        change(now, view -> withNewKey(view.ring(), now, now));
    }

    /**
     * Takes a compromised key out, for ever: all that it signed is rejected from now on. If it was the active one, a new key
     * signs at once.
     *
     * @param keyId its {@code kid}; one that is not in the ring, as far as is known here, can't come into it any more
     */
    public void remove(String keyId) {
        Instant now = now();
        change(now, view -> without(view, keyId, now));
    }

    private RingKeys without(RingView view, String keyId, Instant now) {
        RingKeys left = view.ring().without(keyId);
        return view.active().id().equals(keyId) ? withNewKey(left, now, now) : left;
    }

    /** Of keys that become active in the same millisecond, the one that was published last signs. */
    private RingKeys withNewKey(RingKeys ring, Instant now, Instant activeFrom) {
        Instant publishedAt = ring.keys().stream()
                .filter(key -> key.activeFrom().equals(activeFrom))
                .map(key -> key.publishedAt().plusMillis(1))
                .filter(now::isBefore)
                .max(Comparator.naturalOrder())
                .orElse(now);
        return ring.with(new RingKey(SigningKey.generate(algorithm), publishedAt, activeFrom));
    }

    /** The view of now; tends to what is due on the way. Whoever comes to a ring that nobody has asked for long waits for that. */
    private RingView current() {
        Instant now = clock.instant();
        RingView seen = viewAt(now);
        boolean due = isRotationDue(seen, now) || !isLessThanAgo(RELOAD_EVERY, triedAt, now);
        boolean mine = due && (isLessThanAgo(BEHIND, triedAt, now) ? tending.tryLock() : waitToTend());
        if (mine) {
            try {
                tendIfDue(now);
            } finally {
                tending.unlock();
            }
            seen = viewAt(now);
        }
        if (store != null && !isLessThanAgo(staleFor, loadedAt, now)) {
            throw new AuthUnavailableException("the key ring could not be read for " + staleFor);
        }
        return seen;
    }

    private boolean waitToTend() {
        tending.lock();
        return true;
    }

    private void tendIfDue(Instant now) {
        if (isRotationDue(view, now) || !isLessThanAgo(RELOAD_EVERY, triedAt, now)) {
            tend();
        }
    }

    /** Whether something happened at most so long ago; what is to come does not count: the clock has been put back. */
    private static boolean isLessThanAgo(Duration span, Instant then, Instant now) {
        return now.isBefore(then.plus(span)) && !then.isAfter(now.plus(CLOCK_MARGIN));
    }

    private RingView viewAt(Instant now) {
        RingView seen = view;
        return now.isBefore(seen.until()) ? seen : show(RingKeys.NONE, now);
    }

    private boolean isRotationDue(RingView seen, Instant now) {
        Instant due = seen.active().activeFrom().plus(rotateEvery).minus(publishAhead);
        return !now.isBefore(due) && seen.pending().isEmpty();
    }

    /** The ring in memory is good for as long as the store is away; it is asked again after the usual time. */
    private void tend() {
        Instant now = now();
        try {
            change(
                    now,
                    view -> isRotationDue(view, now)
                            ? withNewKey(view.ring(), now, now.plus(publishAhead))
                            : view.ring());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "the key ring could not be brought up to date", e);
        } finally {
            triedAt = now;
        }
    }

    private interface Change {
        RingKeys of(RingView newest);
    }

    private record Read(Document document, RingKeys ring) {}

    private void change(Instant now, Change change) {
        boolean done = false;
        for (int i = 0; i < ATTEMPTS && !done; i++) {
            done = store == null ? changeHere(now, change) : changeStored(store, now, change);
        }
        if (!done) {
            throw new AuthUnavailableException("others have changed the key ring " + ATTEMPTS + " times meanwhile");
        }
    }

    private boolean changeHere(Instant now, Change change) {
        RingView from = viewAt(now);
        return follow(from, at(now, change.of(from)));
    }

    /**
     * Merges what is stored with what is known, changes that, and writes it if it differs and nobody else has written
     * meanwhile. So a store gets back what it has lost. What was read counts, even if nothing can be written.
     */
    private boolean changeStored(KeyRingStore store, Instant now, Change change) {
        Optional<Document> document = store.load();
        RingKeys stored = document.map(found -> read(found, now)).orElse(RingKeys.NONE);
        loadedAt = now;
        RingKeys next = at(now, change.of(show(stored, now))).ring();
        if (next.equals(stored.at(now, retiredFor()))) {
            return true;
        }
        boolean written = write(store, next, document.map(Document::tag).orElse(KeyRingStore.NONE));
        if (written) {
            show(next, now);
        }
        return written;
    }

    private Optional<RingView> stored(Instant now) {
        return store == null ? Optional.empty() : store.load().map(found -> at(now, read(found, now)));
    }

    /** Once for each text: that takes milliseconds, and keys of a document made by hand are there since it was first read. */
    private RingKeys read(Document document, Instant now) {
        Read last = lastRead;
        if (last == null || !last.document().text().equals(document.text())) {
            last = new Read(document, RingDocument.read(document.text(), now));
            lastRead = last;
        }
        return last.ring();
    }

    private RingView begin(Supplier<SigningKey> first, Instant now) {
        RingView begun = at(now, RingKeys.NONE.with(new RingKey(first.get(), now, now)));
        return store == null || write(store, begun.ring(), KeyRingStore.NONE)
                ? begun
                : stored(now).orElseThrow(() -> new AuthUnavailableException("the key ring's store has lost the ring"));
    }

    private static boolean write(KeyRingStore store, RingKeys ring, long tag) {
        return store.replace(Document.of(RingDocument.write(ring)), tag) == Written.DONE;
    }

    /** The compare-and-set of a ring without a store. */
    private synchronized boolean follow(RingView from, RingView next) {
        boolean follows = view == from;
        view = follows ? next : view;
        return follows;
    }

    /** What is shown is only ever added to; what others have shown meanwhile stays. */
    private synchronized RingView show(RingKeys more, Instant now) {
        view = at(now, view.ring().merge(more));
        return view;
    }

    /** If nodes that did not know of each other have removed all keys between them, a new one signs at once. */
    private RingView at(Instant now, RingKeys ring) {
        RingKeys live = ring.at(now, retiredFor());
        return new RingView(live.keys().isEmpty() ? withNewKey(live, now, now) : live, retiredFor(), now);
    }

    /** In milliseconds, as the document has it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private Duration retiredFor() {
        return tokensLiveFor.plus(CLOCK_MARGIN);
    }

    /** Makes a {@link KeyRing}. Not thread-safe. */
    public static final class Builder {
        private static final Duration NEVER = Duration.ofDays(36_500);

        private final Algorithm algorithm;
        private Supplier<SigningKey> first;
        private @Nullable KeyRingStore store;
        private Duration rotateEvery = Duration.ofDays(90);
        private Duration publishAhead = Duration.ofHours(1);
        private Duration tokensLiveFor = Duration.ofHours(24);
        private Duration staleFor = Duration.ofHours(1);
        private Clock clock = Clock.systemUTC();

        private Builder(Algorithm algorithm) {
            this.algorithm = algorithm;
            this.first = () -> SigningKey.generate(algorithm);
        }

        /**
         * Keeps the ring in a file, a JWK Set with private parts that only its owner may read. Made if it is not there.
         *
         * @param file for one process; in a folder where it can be replaced
         */
        public Builder file(Path file) {
            return store(new FileKeyRingStore(file));
        }

        /**
         * Keeps the ring where other nodes find it. They see a change within ten seconds.
         *
         * @param store default: in memory, where it ends with the process
         */
        public Builder store(KeyRingStore store) {
            this.store = store;
            return this;
        }

        /**
         * How long a key signs.
         *
         * @param span longer than keys are published ahead; default 90 days
         */
        public Builder rotateEvery(Duration span) {
            rotateEvery = span;
            return this;
        }

        /**
         * How long a key is published before it signs.
         *
         * @param span longer than others keep the JWK Set; default 1 h
         */
        public Builder publishAhead(Duration span) {
            publishAhead = span;
            return this;
        }

        /**
         * How long a retired key verifies.
         *
         * @param lifetime at least that of the tokens; default 24 h
         */
        public Builder tokensLiveFor(Duration lifetime) {
            tokensLiveFor = lifetime;
            return this;
        }

        /**
         * How long the ring in memory is good while its store can't be read. After that nothing is signed or accepted: a key
         * that was removed elsewhere must not be trusted for ever.
         *
         * @param span at least 30 s; default 1 h
         */
        public Builder staleFor(Duration span) {
            staleFor = span;
            return this;
        }

        /**
         * Sets the clock.
         *
         * @param clock default: the system's
         */
        public Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        /**
         * Checks the whole, and reads the ring or makes it.
         *
         * @throws IllegalArgumentException naming the rule that is broken; or that the file is not a ring, or that others
         *     have rights to it
         */
        public KeyRing build() {
            return new KeyRing(this);
        }
    }
}
