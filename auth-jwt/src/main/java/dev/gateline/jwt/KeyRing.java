package dev.gateline.jwt;

import dev.gateline.store.KeyRingStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The keys that an issuer signs with. A key is pending (published, not yet signing), active, then retired (verifying
 * until the last token that it signed has expired), and then dropped; on a schedule, or when told to. Thread-safe.
 *
 * <p>Starts no thread of its own: the schedule is kept by whoever asks for a key when something is due, one caller at a
 * time, while the others go on with what there is. Costs a look-up in memory otherwise.
 */
public final class KeyRing implements KeySource {
    private final RingRules rules;
    private final RingKeeper keeper;
    private final AtomicReference<@Nullable String> secretsAudience = new AtomicReference<>();

    private KeyRing(Builder builder) {
        builder.check();
        rules = builder.rules();
        Looks looks = new Looks(builder.staleFor, builder.clock);
        StoredRing stored = builder.store == null ? null : new StoredRing(builder.store);
        keeper = new RingKeeper(rules, builder.first, stored, builder.isReadOnly, looks, builder.clock);
        if (builder.store != null) {
            looks.listenTo(builder.store);
        }
    }

    /**
     * A ring of one new random key, which nobody else has, and which is never rotated by itself: tokens die with the
     * process.
     *
     * @param algorithm of the key
     */
    public static KeyRing generate(Algorithm algorithm) {
        JwtLibraries.check();
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
     * A ring in a file that somebody else writes: an orchestrator that mounts a secret, say. It is read again every ten
     * seconds at most, and never written: there is no rotation but theirs. Each key in the file verifies. Of the keys
     * without dates the first signs, else the one that became active last. While the file can't be read, the keys in
     * memory are good for an hour.
     *
     * @param file a JWK Set with private parts, that only its owner may read, or mounted by root for the group that the
     *     process is in (0440 or 0640)
     * @throws IllegalArgumentException if the file is not there, or not a ring, or others have rights to it
     */
    public static KeyRing readOnly(Path file) {
        return readOnlyBuilder(file).build();
    }

    static Builder readOnlyBuilder(Path file) {
        Builder builder = builder(Algorithm.ES256)
                .store(new FileKeyRingStore(file))
                .rotateEvery(Builder.NEVER)
                .tokensLiveFor(Builder.NEVER);
        builder.isReadOnly = true;
        return builder;
    }

    /**
     * A ring that is rotated on a schedule, and may be kept in a file or a store that nodes share.
     *
     * @param algorithm of the keys that are made from now on; those in the store may be of others
     */
    public static Builder builder(Algorithm algorithm) {
        JwtLibraries.check();
        return new Builder(algorithm);
    }

    SigningKey active() {
        return keeper.current().active().key();
    }

    /**
     * Notes whose tokens the keys are for. A shared secret is for one audience: whoever holds it to verify could sign
     * for the others with it.
     *
     * @throws IllegalArgumentException if a secret of this ring is for another audience already
     */
    void serve(String audience) {
        boolean shared = keeper.known().keys().stream()
                .anyMatch(key -> key.key().verification().algorithm().isSymmetric());
        if (shared && !audience.equals(secretsAudience.updateAndGet(first -> first == null ? audience : first))) {
            throw new IllegalArgumentException("this key ring holds a shared secret, and is for the audience "
                    + secretsAudience.get() + "; give " + audience + " a ring of its own, or sign with a key pair");
        }
    }

    /** The longest lifetime of tokens for which a retired key is kept. */
    Duration tokensLiveFor() {
        return rules.tokensLiveFor();
    }

    @Override
    public Optional<VerificationKey> find(String keyId) {
        Optional<VerificationKey> key = keeper.current().verifying(keyId);
        return key.isPresent() ? key : keeper.findNewest(keyId);
    }

    /** All keys, without the keys, in the order in which they become active. */
    public List<KeyInfo> keys() {
        RingView now = keeper.current();
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
        return keeper.current().keys().stream()
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
        return rules.publishAhead().dividedBy(2);
    }

    /**
     * Adds a new key, which will sign once it has been published for long enough. Nothing if one is pending already.
     *
     * @throws IllegalStateException if the ring is {@link #readOnly}, as for the other changes
     */
    public void rotate() {
        keeper.change(rules::rotated);
    }

    /** Signs with a new key at once, which others don't know yet. */
    public void rotateNow() {
        keeper.change(rules::rotatedNow);
    }

    /**
     * Takes a compromised key out, for ever: all that it signed is rejected from now on. If it was the active one, a
     * new key signs at once.
     *
     * <p>Other nodes hear of it if the store tells of changes, as those of {@code RedisStorage} and {@code JdbcStorage}
     * do: in milliseconds, and within two seconds while its feed is lost. With another store it takes up to ten
     * seconds. If this throws, the key may be removed or not; repeating it is harmless.
     *
     * @param keyId its {@code kid}; one that is not in the ring, as far as is known here, can't come into it any more
     * @return whether the ring had a key of that id until now; if not, is it the right id? See {@link #keys}
     */
    public boolean remove(String keyId) {
        AtomicBoolean had = new AtomicBoolean();
        keeper.change((view, now) -> {
            had.set(view.ring().has(keyId));
            return rules.without(view, keyId, now);
        });
        return had.get();
    }

    /** Makes a {@link KeyRing}. Not thread-safe. */
    public static final class Builder {
        private static final Duration NEVER = Duration.ofDays(36_500);

        private final Algorithm algorithm;
        private Supplier<SigningKey> first;
        private @Nullable KeyRingStore store;
        private boolean isReadOnly;
        private Duration rotateEvery = Duration.ofDays(90);
        private Duration publishAhead = Duration.ofHours(1);
        private Duration tokensLiveFor = Duration.ofHours(24);
        private Duration staleFor = Duration.ofHours(1);
        private Clock clock = Clock.systemUTC();

        private Builder(Algorithm algorithm) {
            this.algorithm = algorithm;
            this.first = () -> SigningKey.generate(algorithm);
        }

        private RingRules rules() {
            return new RingRules(algorithm, rotateEvery, publishAhead, tokensLiveFor);
        }

        private void check() {
            checkWithin("rotate every", Duration.ZERO, rotateEvery);
            check(publishAhead.compareTo(rotateEvery) < 0, "publish ahead", "less than rotate every", publishAhead);
            check(!publishAhead.isNegative(), "publish ahead", "not negative", publishAhead);
            checkWithin("tokens live for", Duration.ofSeconds(1), tokensLiveFor);
            checkWithin("stale for", Looks.BEHIND, staleFor);
        }

        /** The end of such a span from now is an instant, whatever now is. */
        private static void checkWithin(String what, Duration least, Duration was) {
            boolean fits = was.compareTo(least) >= 0 && was.compareTo(NEVER) <= 0;
            check(fits, what, "at least " + least + ", at most " + NEVER, was);
        }

        private static void check(boolean ok, String what, String rule, Duration was) {
            if (!ok) {
                throw new IllegalArgumentException(what + ": " + rule + "; was " + was);
            }
        }

        /**
         * Keeps the ring in a file, a JWK Set with private parts that only its owner may read. Made if it is not there.
         *
         * @param file for one process; in a folder where it can be replaced, else see {@link KeyRing#readOnly}
         * @throws IllegalArgumentException if the file is there and can't be replaced
         */
        public Builder file(Path file) {
            return store(new FileKeyRingStore(file).checkReplaceable());
        }

        /**
         * Keeps the ring where other nodes find it. They see a change at once if the store tells of changes, which may
         * start the threads of its feed, and within ten seconds otherwise. The dates of keys go by the store's clock.
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
         * @param span longer than keys are published ahead, at most 36,500 days; default 90 days
         */
        public Builder rotateEvery(Duration span) {
            rotateEvery = span;
            return this;
        }

        /**
         * How long a key is published before it signs. A key that would wait for longer, because a clock was wrong,
         * waits for this span and a minute.
         *
         * @param span longer than others keep the JWK Set; the same on all nodes; default 1 h
         */
        public Builder publishAhead(Duration span) {
            publishAhead = span;
            return this;
        }

        /**
         * How long a retired key verifies.
         *
         * @param lifetime at least that of the tokens, 1 s to 36,500 days; default 24 h
         */
        public Builder tokensLiveFor(Duration lifetime) {
            tokensLiveFor = lifetime;
            return this;
        }

        /**
         * How long the ring in memory is good while its store can't be read. After that nothing is signed or accepted:
         * a key that was removed elsewhere must not be trusted for ever.
         *
         * @param span 30 s to 36,500 days; default 1 h
         */
        public Builder staleFor(Duration span) {
            staleFor = span;
            return this;
        }

        /**
         * Sets the clock, for a ring whose store has none.
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
         * @throws IllegalArgumentException naming the rule that is broken; or that the file is not a ring, or that
         *     others have rights to it
         */
        public KeyRing build() {
            return new KeyRing(this);
        }
    }
}
