package dev.gateline.jwt;

import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.security.Jwks;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.PublicKey;
import java.security.interfaces.EdECPublicKey;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** A key that checks signatures of exactly one algorithm. Immutable, thread-safe. */
public final class VerificationKey {
    private final Algorithm algorithm;
    private final Key key;
    private final String id;
    private final @Nullable Provider provider;

    /**
     * The MAC that is copied for each use, because a new one costs more than most tokens do. jjwt makes a new one each
     * time.
     */
    private final @Nullable Mac mac;

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
        provider = null;
        mac = algorithm.isSymmetric() ? copyable(algorithm.mac(), key) : null;
    }

    private VerificationKey(VerificationKey same, String id, @Nullable Provider provider, @Nullable Mac mac) {
        algorithm = same.algorithm;
        key = same.key;
        thumbprint = same.thumbprint;
        this.id = id;
        this.provider = provider;
        this.mac = mac;
    }

    private static @Nullable Mac copyable(String name, Key key) {
        try {
            Mac mac = Mac.getInstance(name);
            mac.init(key);
            // does the part of the work that depends on the key, which all copies then share
            mac.update(new byte[0]);
            return isCopyable(mac) ? mac : null;
        } catch (GeneralSecurityException | CloneNotSupportedException e) {
            return null;
        }
    }

    /** Whether copies of a MAC share nothing that changes. A provider may do this wrong. */
    private static boolean isCopyable(Mac mac) throws CloneNotSupportedException {
        Mac one = (Mac) mac.clone();
        Mac other = (Mac) mac.clone();
        one.update((byte) 1);
        other.update((byte) 2);
        one.update((byte) 3);
        return Arrays.equals(one.doFinal(), ((Mac) mac.clone()).doFinal(new byte[] {1, 3}));
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
        return id.equals(this.id) ? this : new VerificationKey(this, id, provider, mac);
    }

    /**
     * Returns the key with a JCA provider of the host's choice.
     *
     * @param provider a provider of the algorithm; default: the platform's first one
     */
    public VerificationKey with(Provider provider) {
        return new VerificationKey(this, id, provider, null);
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
     */
    boolean verify(byte[] signed, byte[] signature) {
        if (signature.length != algorithm.signatureLength(key)) {
            return false;
        }
        if (mac != null) {
            return MessageDigest.isEqual(copy(mac).doFinal(signed), signature);
        }
        try {
            return new SignatureRequest(signed, key, signature, provider).verify(algorithm);
        } catch (JwtException e) {
            return false;
        }
    }

    private static Mac copy(Mac mac) {
        try {
            return (Mac) mac.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("it was copied before", e);
        }
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
