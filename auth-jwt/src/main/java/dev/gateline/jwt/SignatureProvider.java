package dev.gateline.jwt;

import dev.gateline.AuthUnavailableException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * The JCA provider that makes and checks the signatures of keys, for example one with native code. It changes nothing
 * else: the platform generates, reads and writes the keys, and the provider takes them as they are. Thread-safe.
 *
 * <pre>{@code
 * SignatureProvider fast = SignatureProvider.preferred(AmazonCorrettoCryptoProvider.INSTANCE);
 * KeyRing ring = KeyRing.builder(Algorithm.ES256).file(Path.of("keys.json")).signatures(fast).build();
 * RemoteKeys remote = RemoteKeys.issuer("https://id.example").signatures(fast).build();
 * SigningKey own = SigningKey.of(Algorithm.RS256, Pem.file(Path.of("key.pem"))).with(fast);
 * }</pre>
 *
 * <p>A provider is tried with each key when the key is made, and with the keys of a ring that were read as long as they
 * are live. If it fails while it signs or checks, no other provider takes its place.
 *
 * <p>A provider lacks an algorithm if it names no service for it and never had one, and it lacks a key that it calls
 * invalid. Any other failure is an outage, for example of a hardware module that is away.
 */
public final class SignatureProvider {
    /** The platform's first provider of each algorithm. */
    static final SignatureProvider PLATFORM = new SignatureProvider(null, false);

    private static final System.Logger LOG = System.getLogger(SignatureProvider.class.getName());

    private static final String MAC = "Mac";
    private static final String SIGNATURE = "Signature";

    private final @Nullable Provider provider;
    private final boolean hasFallback;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /** The algorithms that the provider has had. Some providers take back their services while they are away. */
    private final Set<String> had = ConcurrentHashMap.newKeySet();

    /** Makes an object of the JCA that has its key. */
    interface Making<T> {
        T by(@Nullable Provider provider) throws GeneralSecurityException;
    }

    private SignatureProvider(@Nullable Provider provider, boolean hasFallback) {
        this.provider = provider;
        this.hasFallback = hasFallback;
    }

    /**
     * Uses a provider and no other one. A key whose algorithm the provider lacks is refused: by {@code build()} and by
     * {@code with(...)} with an exception, by sets of keys as any other key that can't be used, and by a ring that has
     * been built as an outage when a token needs the key.
     *
     * <p>While the provider is away, {@code build()} of a ring and {@code with(...)} of a key throw an {@link
     * AuthUnavailableException}. Sets of keys keep the key. A token that needs it is an outage, until the provider is
     * back.
     *
     * @param provider the provider, which need not be installed
     */
    public static SignatureProvider only(Provider provider) {
        return new SignatureProvider(provider, false);
    }

    /**
     * Uses a provider, and the platform for keys that the provider can't take when they are made, because it lacks the
     * algorithm or is away. A warning in the log names each such algorithm once.
     *
     * @param provider the provider, which need not be installed
     */
    public static SignatureProvider preferred(Provider provider) {
        return new SignatureProvider(provider, true);
    }

    /**
     * Tries an algorithm before there is a key for it.
     *
     * @throws IllegalArgumentException if the provider lacks the algorithm, and no other one may take its place
     * @throws AuthUnavailableException if the provider is away, and no other one may take its place
     */
    void check(Algorithm algorithm) {
        if (algorithm.isSymmetric()) {
            prepared(MAC, algorithm.mac(), by -> mac(algorithm, by));
        } else {
            prepared(SIGNATURE, algorithm.usualSignature(), by -> signature(algorithm, algorithm.usualSignature(), by));
        }
    }

    /**
     * Prepares a secret for signing.
     *
     * @throws IllegalArgumentException if the provider can't use the key
     * @throws AuthUnavailableException if the provider is away
     */
    Signer signer(Algorithm algorithm, Key secret) {
        return new MacSigner(prepared(MAC, algorithm.mac(), mac(algorithm, secret)));
    }

    /**
     * Prepares a private key for signing.
     *
     * @param publicKey its public key, which says more about the algorithm than a private key that stays in hardware
     * @throws IllegalArgumentException if the provider can't use the key
     * @throws AuthUnavailableException if the provider is away
     */
    Signer signer(Algorithm algorithm, PrivateKey key, PublicKey publicKey) {
        String name = algorithm.signature(publicKey);
        Prepared<Signature> signing = prepared(SIGNATURE, name, by -> {
            Signature signature = signature(algorithm, name, by);
            signature.initSign(key);
            return signature;
        });
        PairSignatures signatures = new PairSignatures(signing, EcdsaForm.of(publicKey));
        return signatures::sign;
    }

    /**
     * Prepares a key for checking.
     *
     * @throws IllegalArgumentException if the provider can't use the key
     * @throws AuthUnavailableException if the provider is away
     */
    SignatureCheck check(Algorithm algorithm, Key key) {
        if (!(key instanceof PublicKey publicKey)) {
            return check(prepared(MAC, algorithm.mac(), mac(algorithm, key)));
        }
        String name = algorithm.signature(publicKey);
        return check(prepared(SIGNATURE, name, checking(algorithm, name, publicKey)), publicKey);
    }

    /**
     * Returns a check by a provider that is away. Each use asks the provider again, and throws an {@link
     * IllegalStateException} until the provider is back.
     */
    SignatureCheck checkOnceBack(Algorithm algorithm, Key key) {
        if (!(key instanceof PublicKey publicKey)) {
            Making<Mac> making = mac(algorithm, key);
            return check(Prepared.later(() -> making.by(provider)));
        }
        Making<Signature> making = checking(algorithm, algorithm.signature(publicKey), publicKey);
        return check(Prepared.later(() -> making.by(provider)), publicKey);
    }

    private static SignatureCheck check(Prepared<Mac> prepared) {
        Signer again = new MacSigner(prepared);
        return (signed, signature) -> MessageDigest.isEqual(again.sign(signed), signature);
    }

    private static SignatureCheck check(Prepared<Signature> prepared, PublicKey key) {
        PairSignatures signatures = new PairSignatures(prepared, EcdsaForm.of(key));
        return signatures::isGood;
    }

    private static Making<Signature> checking(Algorithm algorithm, String name, PublicKey key) {
        return by -> {
            Signature signature = signature(algorithm, name, by);
            signature.initVerify(key);
            return signature;
        };
    }

    private static Making<Mac> mac(Algorithm algorithm, Key secret) {
        return by -> {
            Mac mac = mac(algorithm, by);
            mac.init(secret);
            return mac;
        };
    }

    private static Mac mac(Algorithm algorithm, @Nullable Provider by) throws GeneralSecurityException {
        return by == null ? Mac.getInstance(algorithm.mac()) : Mac.getInstance(algorithm.mac(), by);
    }

    private static Signature signature(Algorithm algorithm, String name, @Nullable Provider by)
            throws GeneralSecurityException {
        Signature signature = by == null ? Signature.getInstance(name) : Signature.getInstance(name, by);
        if (algorithm.pss().isPresent()) {
            signature.setParameter(algorithm.pss().get());
        }
        return signature;
    }

    private <T> Prepared<T> prepared(String service, String name, Making<T> making) {
        try {
            Prepared<T> prepared = Prepared.of(() -> making.by(provider));
            had.add(name);
            return prepared;
        } catch (GeneralSecurityException | RuntimeException | LinkageError e) {
            if (!hasFallback) {
                throw lacks(service, name, e)
                        ? new IllegalArgumentException(unusable(name, e) + wayOut())
                        : new AuthUnavailableException(unusable(name, e) + "; it has the algorithm, so it may be away");
            }
            if (told.add(name)) {
                LOG.log(System.Logger.Level.WARNING, unusable(name, e) + "; the platform signs and checks instead");
            }
            return PLATFORM.prepared(service, name, making);
        }
    }

    /**
     * Whether a failure says that the provider lacks the algorithm, or can't use the key. Any other failure may pass.
     * The platform asks all its providers, so it has no outage.
     */
    private boolean lacks(String service, String name, Throwable e) {
        if (e instanceof NoSuchAlgorithmException && provider != null) {
            return provider.getService(service, name) == null && !had.contains(name);
        }
        return provider == null || e instanceof GeneralSecurityException || e instanceof UnsupportedOperationException;
    }

    /** Says what is not possible. The provider's exception is left out, because its message might quote a key. */
    private String unusable(String name, Throwable e) {
        String who = provider == null ? "the platform" : "the provider " + provider.getName();
        return who + " can't be used for " + name + ": " + e.getClass().getSimpleName();
    }

    private String wayOut() {
        return provider == null
                ? ""
                : "; choose another algorithm or provider, or SignatureProvider.preferred(...), which allows the"
                        + " platform's";
    }

    @Override
    public String toString() {
        return provider == null ? "SignatureProvider[platform]" : "SignatureProvider[" + provider.getName() + "]";
    }
}
