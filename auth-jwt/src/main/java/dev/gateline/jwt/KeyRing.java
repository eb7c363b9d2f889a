package dev.gateline.jwt;

import dev.gateline.AuthUnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The signing keys of an issuer. A key is pending (published, not yet signing), then active, then retired (verifying
 * until its last token has expired), and then dropped. This happens on a schedule or by a call. Thread-safe.
 *
 * <p>The ring starts no thread. A caller that asks for a key when work is due does that work, one caller at a time; the
 * other callers use the ring as it is. Otherwise a call costs a look-up in memory.
 */
public final class KeyRing implements KeySource {
    private final RingRules rules;
    private final RingKeeper keeper;
    private final AtomicReference<@Nullable String> secretsAudience = new AtomicReference<>();

    KeyRing(RingRules rules, RingKeeper keeper) {
        this.rules = rules;
        this.keeper = keeper;
    }

    /**
     * Creates a ring of one new random key, which no other process has and which is not rotated by itself. Tokens die
     * with the process.
     *
     * @param algorithm the algorithm of the key
     */
    public static KeyRing generate(Algorithm algorithm) {
        JwtLibraries.check();
        return of(SigningKey.generate(algorithm));
    }

    /**
     * Creates a ring that begins with a key of the host and is not rotated by itself.
     *
     * @param key the key, which signs and verifies
     */
    public static KeyRing of(SigningKey key) {
        return builder(key.verification().algorithm()).beginningWith(key).build();
    }

    /**
     * Reads a ring from a file that another program writes, for example an orchestrator that mounts a secret. The file
     * is read again at most every ten seconds and never written, so only the other program rotates the keys. Each key
     * in the file verifies. The key that became active last signs; if the keys have no dates, the first one signs.
     * While the file can't be read, the keys in memory are good for an hour.
     *
     * @param file a JWK Set with private parts; only its owner may read it, or root has mounted it for the group of the
     *     process (0440 or 0640)
     * @throws IllegalArgumentException if the file does not exist, contains no ring, or other users have rights to it
     */
    public static KeyRing readOnly(Path file) {
        return readOnly(file, SignatureProvider.PLATFORM);
    }

    /**
     * Reads a ring from a file that another program writes, as {@link #readOnly(Path)} does, with keys that sign and
     * check signatures by a provider.
     *
     * @param file as for {@link #readOnly(Path)}
     * @param provider the provider, which has the algorithms of all live keys in the file
     * @throws IllegalArgumentException as for {@link #readOnly(Path)}, or if the provider can't use a live key
     */
    public static KeyRing readOnly(Path file, SignatureProvider provider) {
        return readOnlyBuilder(file).signatures(provider).build();
    }

    static KeyRingBuilder readOnlyBuilder(Path file) {
        return builder(Algorithm.ES256).writtenByOthers(new FileKeyRingStore(file));
    }

    /**
     * Starts a ring that is rotated on a schedule, and may be kept in a file or in a store that nodes share.
     *
     * @param algorithm the algorithm of new keys; keys in the store may have others
     */
    public static KeyRingBuilder builder(Algorithm algorithm) {
        JwtLibraries.check();
        return new KeyRingBuilder(algorithm);
    }

    /**
     * The key that signs.
     *
     * @throws AuthUnavailableException if its provider can't use the key, or all keys were removed and no new one could
     *     be made yet
     */
    SigningKey active() {
        return keeper.signing()
                .active()
                .map(active -> active.key().signing())
                .orElseThrow(() -> new AuthUnavailableException(
                        "the key ring has no key to sign with: its keys were removed, and there is no new one yet"));
    }

    /**
     * Notes the audience of the tokens. A shared secret is for one audience, because a service that verifies with it
     * could also sign for the others.
     *
     * @throws IllegalArgumentException if a secret of this ring is for another audience already
     */
    void serve(String audience) {
        boolean shared = keeper.known().keys().stream()
                .anyMatch(key -> key.facts().algorithm().isSymmetric());
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

    /** Empty while the ring is due to be rotated or read again, because only {@link #find} does that. */
    @Override
    public Optional<VerificationKey> findInMemory(String keyId) {
        return keeper.currentInMemory().flatMap(view -> view.verifyingIfPrepared(keyId));
    }

    /** Facts about all keys, in the order in which they become active. */
    public List<KeyInfo> keys() {
        RingView now = keeper.current();
        return now.keys().stream()
                .map(key -> new KeyInfo(
                        key.id(), key.facts().algorithm(), stateOf(key, now), key.publishedAt(), key.activeFrom()))
                .toList();
    }

    private static KeyInfo.State stateOf(RingKey key, RingView view) {
        if (view.isActive(key.id())) {
            return KeyInfo.State.ACTIVE;
        }
        boolean isLater =
                view.active().filter(active -> key.compareTo(active) > 0).isPresent();
        return isLater ? KeyInfo.State.PENDING : KeyInfo.State.RETIRED;
    }

    /**
     * The JWK Set (RFC 7517) to publish for verifiers. It contains public keys only, pending ones included, and never a
     * shared secret.
     *
     * @return JSON, in the order in which the keys become active
     */
    public String jwks() {
        return keeper.current().keys().stream()
                .map(RingKey::facts)
                .filter(key -> !key.algorithm().isSymmetric())
                .map(VerificationKey::jwk)
                .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }

    /**
     * The time for which verifiers may keep {@link #jwks()}. All of them then know a pending key before it signs.
     *
     * @return for {@code Cache-Control: max-age}
     */
    public Duration jwksMaxAge() {
        return rules.publishAhead().dividedBy(2);
    }

    /**
     * Adds a new key, which signs after it has been published for long enough. If a key is pending already, nothing
     * happens.
     *
     * @throws IllegalStateException if the ring is {@link #readOnly}, as with all changes
     */
    public void rotate() {
        keeper.change(rules::rotated);
    }

    /** Signs with a new key at once, which verifiers don't know yet. */
    public void rotateNow() {
        keeper.change(rules::rotatedNow);
    }

    /**
     * Removes a compromised key for ever. Every token of the key is rejected from now on. If the key was active, the
     * pending key signs at once, or a new one if none is pending. The removal comes first, and holds even if no new key
     * can be made. The last retired key then signs. Without one, nothing can be signed until a key has been made, which
     * the ring tries at most once a second.
     *
     * <p>If the store reports changes, as those of {@code RedisStorage} and {@code JdbcStorage} do, other nodes hear of
     * the removal within milliseconds, and within two seconds while the feed is lost. With another store it takes up to
     * ten seconds. If this method throws, the key may have been removed; repeating the call is harmless.
     *
     * @param keyId the {@code kid}; an id that is not in the ring now can't come into it any more
     * @return whether the ring had a key of that id; if not, compare the id with {@link #keys}
     * @throws AuthUnavailableException if the store has failed, or no new key could be made; the message says which
     */
    public boolean remove(String keyId) {
        AtomicReference<RingView> before = new AtomicReference<>(keeper.known());
        keeper.change((view, now) -> {
            before.set(view);
            return rules.without(view, keyId, now);
        });
        RingView seen = Objects.requireNonNull(before.get());
        if (seen.isActive(keyId) && seen.next().isEmpty()) {
            succeed(seen);
        }
        return seen.ring().has(keyId);
    }

    private void succeed(RingView before) {
        try {
            keeper.change((view, now) -> rules.succeeding(before, view, now));
        } catch (RuntimeException e) {
            String rest = keeper.known().active().isPresent()
                    ? "the ring signs with the key before; call rotateNow"
                    : "the ring has no key to sign with, and tries again";
            throw new AuthUnavailableException("the key was removed, but no new key could be made: " + rest, e);
        }
    }
}
