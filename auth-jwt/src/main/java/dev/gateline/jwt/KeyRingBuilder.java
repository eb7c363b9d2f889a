package dev.gateline.jwt;

import dev.gateline.AuthUnavailableException;
import dev.gateline.internal.Rules;
import dev.gateline.store.KeyRingStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes a {@link KeyRing}. Not thread-safe. */
public final class KeyRingBuilder {
    /** A span that is never over, but whose end is still an instant. */
    private static final Duration NEVER = Duration.ofDays(36_500);

    private final Algorithm algorithm;
    private @Nullable SigningKey first;
    private SignatureProvider signatures = SignatureProvider.PLATFORM;
    private @Nullable KeyRingStore store;
    private boolean isReadOnly;
    private Duration rotateEvery = Duration.ofDays(90);
    private Duration publishAhead = Duration.ofHours(1);
    private Duration tokensLiveFor = Duration.ofHours(24);
    private Duration staleFor = Duration.ofHours(1);
    private Clock clock = Clock.systemUTC();

    KeyRingBuilder(Algorithm algorithm) {
        this.algorithm = algorithm;
    }

    /** Begins the ring with a key of the host, and never rotates the ring by itself. */
    KeyRingBuilder beginningWith(SigningKey key) {
        first = key;
        return signatures(key.verification().provider()).rotateEvery(NEVER);
    }

    /** Only reads the ring, which another program writes and rotates. */
    KeyRingBuilder writtenByOthers(KeyRingStore store) {
        isReadOnly = true;
        return store(store).rotateEvery(NEVER).tokensLiveFor(NEVER);
    }

    /**
     * Keeps the ring in a file, a JWK Set with private parts that only its owner may read. A missing file is created.
     *
     * @param file a file for one process, in a folder where it can be replaced; otherwise use {@link KeyRing#readOnly}
     * @throws IllegalArgumentException if the file exists and can't be replaced
     */
    public KeyRingBuilder file(Path file) {
        return store(new FileKeyRingStore(file).checkReplaceable());
    }

    /**
     * Keeps the ring in a store that other nodes share. If the store reports changes, other nodes see a change at once;
     * the threads of its feed may start then. Otherwise they see it within ten seconds. The dates of keys follow the
     * store's clock.
     *
     * @param store default: in memory, until the process ends
     */
    public KeyRingBuilder store(KeyRingStore store) {
        this.store = store;
        return this;
    }

    /**
     * Sets how long a key signs.
     *
     * @param span longer than {@link #publishAhead}, at most 36,500 days; default 90 days
     */
    public KeyRingBuilder rotateEvery(Duration span) {
        rotateEvery = span;
        return this;
    }

    /**
     * Sets how long a key is published before it signs. A key that would wait longer, because a clock was wrong, waits
     * for this span and a minute.
     *
     * @param span longer than verifiers keep the JWK Set, and the same on all nodes; default 1 h
     */
    public KeyRingBuilder publishAhead(Duration span) {
        publishAhead = span;
        return this;
    }

    /**
     * Sets how long a retired key verifies.
     *
     * @param lifetime at least that of the tokens, 1 s to 36,500 days; default 24 h
     */
    public KeyRingBuilder tokensLiveFor(Duration lifetime) {
        tokensLiveFor = lifetime;
        return this;
    }

    /**
     * Sets how long the ring in memory is used while its store can't be read. After that no token is signed or
     * accepted, because a key that was removed at another node must not be trusted for ever.
     *
     * @param span 30 s to 36,500 days; default 1 h
     */
    public KeyRingBuilder staleFor(Duration span) {
        staleFor = span;
        return this;
    }

    /**
     * Sets the provider that signs and checks signatures with the keys of the ring, new ones and stored ones.
     *
     * @param provider default: the platform's first provider of each algorithm
     */
    public KeyRingBuilder signatures(SignatureProvider provider) {
        signatures = provider;
        return this;
    }

    /**
     * Sets the clock, for a ring whose store has no clock.
     *
     * @param clock default: the system's
     */
    public KeyRingBuilder clock(Clock clock) {
        this.clock = clock;
        return this;
    }

    /**
     * Builds the ring, which is read or begins with a new key.
     *
     * @throws IllegalArgumentException if a setting breaks a rule, which the message names; if the file contains no
     *     ring, or other users have rights to it; or if the provider of signatures lacks the algorithm of new keys, or
     *     can't use a live key
     * @throws AuthUnavailableException if the store can't be read, or the provider of signatures is away
     */
    public KeyRing build() {
        if (!isReadOnly) {
            signatures.check(algorithm);
        }
        RingRules rules = rules();
        Looks looks = new Looks(staleFor, clock);
        StoredRing stored = store == null ? null : new StoredRing(store, signatures);
        SigningKey given = first;
        Supplier<SigningKey> begin = given == null ? rules.newKey() : () -> given;
        RingKeeper keeper = new RingKeeper(rules, begin, stored, isReadOnly, looks, clock);
        if (store != null) {
            looks.listenTo(store);
        }
        return new KeyRing(rules, keeper);
    }

    private RingRules rules() {
        Rules.within("rotate every", rotateEvery, Duration.ZERO, NEVER);
        Rules.require(
                !publishAhead.isNegative() && publishAhead.compareTo(rotateEvery) < 0,
                "publish ahead: not negative, and less than rotate every, " + rotateEvery + ", was " + publishAhead);
        Rules.within("tokens live for", tokensLiveFor, Duration.ofSeconds(1), NEVER);
        Rules.within("stale for", staleFor, Looks.BEHIND, NEVER);
        SignatureProvider provider = signatures;
        return new RingRules(
                () -> SigningKey.generate(algorithm).with(provider), rotateEvery, publishAhead, tokensLiveFor);
    }
}
