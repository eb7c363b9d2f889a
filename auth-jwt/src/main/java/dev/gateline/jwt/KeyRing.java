package dev.gateline.jwt;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
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

    KeyRing(RingRules rules, RingKeeper keeper) {
        this.rules = rules;
        this.keeper = keeper;
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
        return builder(key.verification().algorithm()).beginningWith(key).build();
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

    static KeyRingBuilder readOnlyBuilder(Path file) {
        return builder(Algorithm.ES256).writtenByOthers(new FileKeyRingStore(file));
    }

    /**
     * A ring that is rotated on a schedule, and may be kept in a file or a store that nodes share.
     *
     * @param algorithm of the keys that are made from now on; those in the store may be of others
     */
    public static KeyRingBuilder builder(Algorithm algorithm) {
        JwtLibraries.check();
        return new KeyRingBuilder(algorithm);
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
}
