package dev.gateline.jwt;

import dev.gateline.AuthUnavailableException;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.security.Jwks;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.PublicKey;
import java.security.interfaces.EdECPublicKey;
import javax.crypto.SecretKey;

/** A key that checks signatures of exactly one algorithm. Immutable, thread-safe. */
public final class VerificationKey {
    private final Algorithm algorithm;
    private final Key key;
    private final String id;
    private final SignatureProvider provider;
    private final SignatureCheck check;

    /** The thumbprint by RFC 7638 with SHA-256, in base64url. */
    private final String thumbprint;

    private VerificationKey(Algorithm algorithm, Key key) {
        algorithm.check(key);
        this.algorithm = algorithm;
        this.key = key;
        try {
            thumbprint = thumbprint(key);
        } catch (JwtException e) {
            throw new IllegalArgumentException(algorithm + " needs a key on its own curve", e);
        }
        id = thumbprint;
        provider = SignatureProvider.PLATFORM;
        check = provider.check(algorithm, key);
    }

    private VerificationKey(VerificationKey same, String id, SignatureProvider provider, SignatureCheck check) {
        algorithm = same.algorithm;
        key = same.key;
        thumbprint = same.thumbprint;
        this.id = id;
        this.provider = provider;
        this.check = check;
    }

    /**
     * Uses a public key.
     *
     * @param algorithm the only algorithm of the key
     * @param key a key of that algorithm that is strong enough
     * @throws IllegalArgumentException if the key does not fit; the message says which key the algorithm needs
     */
    public static VerificationKey of(Algorithm algorithm, PublicKey key) {
        return new VerificationKey(algorithm, key);
    }

    /**
     * Uses a shared secret. Every service that can verify with it can also sign with it.
     *
     * @param algorithm the only algorithm of the key
     * @param key random, at least as long as the hash; never a password
     * @throws IllegalArgumentException if the key does not fit; the message says which key the algorithm needs
     */
    public static VerificationKey of(Algorithm algorithm, SecretKey key) {
        return new VerificationKey(algorithm, key);
    }

    /**
     * Reads a public key in PEM.
     *
     * @param algorithm the only algorithm of the key; not a symmetric one
     * @param pem the text, with one public key or certificate or a chosen block; only the key of a certificate is read
     * @throws IllegalArgumentException if it is no such key; the message names the block that was found and the remedy
     */
    public static VerificationKey of(Algorithm algorithm, Pem pem) {
        return of(algorithm, pem.publicKey(algorithm));
    }

    /**
     * Uses a public key of another issuer, with the name that the issuer gave it.
     *
     * @param id the name, of any content; empty if the issuer gave it none
     */
    static VerificationKey foreign(String id, Algorithm algorithm, PublicKey key) {
        return new VerificationKey(algorithm, key).knownAs(id);
    }

    /**
     * Returns the key with a name: the {@code kid} that its issuer gives it.
     *
     * @param id 1 to 255 characters, without control characters, and without white space at its ends
     * @throws IllegalArgumentException if readers of JSON would read the name in different ways
     */
    public VerificationKey named(String id) {
        boolean isClean = id.equals(id.strip())
                && id.chars().noneMatch(Character::isISOControl)
                && id.equals(new String(id.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
        if (id.isEmpty() || id.length() > 255 || !isClean) {
            throw new IllegalArgumentException(
                    "id of a key: 1 to 255 characters, without control characters, half surrogate"
                            + " pairs and white space at its ends; had " + id.length());
        }
        return knownAs(id);
    }

    /** The same key under the name by which it was found. */
    VerificationKey knownAs(String id) {
        return id.equals(this.id) ? this : new VerificationKey(this, id, provider, check);
    }

    /**
     * Returns the key with another provider, which checks its signatures.
     *
     * @param provider default: the platform's first provider of the algorithm
     * @throws IllegalArgumentException if the provider can't use the key, and no other one may take its place
     * @throws AuthUnavailableException if the provider is away, and no other one may take its place
     */
    public VerificationKey with(SignatureProvider provider) {
        return provider == this.provider
                ? this
                : new VerificationKey(this, id, provider, provider.check(algorithm, key));
    }

    /**
     * The key with another provider as for {@link #with}, also while the provider is away. Until it is back, {@link
     * #verify} throws.
     */
    VerificationKey withOnceBack(SignatureProvider provider) {
        try {
            return with(provider);
        } catch (AuthUnavailableException e) {
            return new VerificationKey(this, id, provider, provider.checkOnceBack(algorithm, key));
        }
    }

    /** The provider that checks its signatures. */
    SignatureProvider provider() {
        return provider;
    }

    /** The only algorithm of the key. */
    public Algorithm algorithm() {
        return algorithm;
    }

    /** The {@code kid}: the thumbprint of RFC 7638 with SHA-256, in base64url, unless it was {@link #named}. */
    public String id() {
        return id;
    }

    /** The thumbprint of the key. Two keys that differ only in their {@code kid} have the same thumbprint. */
    String thumbprint() {
        return thumbprint;
    }

    /**
     * Whether the {@code alg} of a token names the algorithm of this key. The name of the curve also names EdDSA (RFC
     * 9864).
     */
    boolean isFor(String name) {
        return name.equals(algorithm.name())
                || (key instanceof EdECPublicKey curve
                        && name.equals(curve.getParams().getName()));
    }

    /**
     * Checks a signature.
     *
     * @param signed the bytes as received
     * @param signature the signature as received, of any length and content
     * @throws IllegalStateException if nothing can be checked now, whatever the bytes are
     */
    boolean verify(byte[] signed, byte[] signature) {
        return signature.length == algorithm.signatureLength(key) && check.isGood(signed, signature);
    }

    /** The JWK (RFC 7517) of the key as JSON, for other verifiers. */
    String jwk() {
        return Jwks.json(Jwks.builder()
                .key(publicKey())
                .id(id)
                .algorithm(algorithm.name())
                .publicKeyUse("sig")
                .build());
    }

    PublicKey publicKey() {
        if (key instanceof PublicKey publicKey) {
            return publicKey;
        }
        throw new IllegalStateException("a secret key is never published");
    }

    private static String thumbprint(Key key) {
        return key instanceof SecretKey secret
                ? Jwks.builder().key(secret).build().thumbprint().toString()
                : Jwks.builder().key((PublicKey) key).build().thumbprint().toString();
    }

    /** Whether both are the same key with the same name and the same algorithm, perhaps fetched twice. */
    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof VerificationKey that
                        && algorithm == that.algorithm
                        && id.equals(that.id)
                        && key.equals(that.key));
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "VerificationKey[" + algorithm + ", " + id + "]";
    }
}
