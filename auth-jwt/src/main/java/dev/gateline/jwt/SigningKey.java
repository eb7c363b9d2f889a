package dev.gateline.jwt;

import dev.gateline.AuthUnavailableException;
import dev.gateline.internal.Base64Url;
import dev.gateline.internal.OwnerOnlyFile;
import io.jsonwebtoken.security.JwkBuilder;
import io.jsonwebtoken.security.Jwks;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Provider;
import java.util.Arrays;
import javax.crypto.SecretKey;

/** A key that signs with exactly one algorithm. Immutable, thread-safe. */
public final class SigningKey {
    private final Key key;
    private final VerificationKey verification;
    private final Signer signer;

    /** The first part of the tokens, which is the same in all of them. */
    private final byte[] header;

    private SigningKey(Key key, VerificationKey verification, Signer signer) {
        this.key = key;
        this.verification = verification;
        this.signer = signer;
        header = JoseHeader.write(
                        TokenKind.ACCESS_TOKEN, verification.algorithm().name(), verification.id())
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static SigningKey checked(Key key, VerificationKey verification, Signer signer) {
        byte[] probe = {1, 2, 3};
        try {
            if (verification.verify(probe, signer.sign(probe))) {
                return new SigningKey(key, verification, signer);
            }
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException("the private key can't sign for the public key", e);
        }
        throw new IllegalArgumentException("the private key does not belong to the public key");
    }

    /**
     * Creates a new random key. RSA keys have 3072 bits, and secrets have the length of the hash.
     *
     * @param algorithm the only algorithm of the key
     */
    public static SigningKey generate(Algorithm algorithm) {
        return algorithm.isSymmetric()
                ? of(algorithm, algorithm.generateSecret())
                : of(algorithm, algorithm.generatePair());
    }

    /**
     * Uses a key pair.
     *
     * @param algorithm the only algorithm of the key
     * @param pair a pair of that algorithm that is strong enough
     * @throws IllegalArgumentException if the key does not fit; the message says which key the algorithm needs
     */
    public static SigningKey of(Algorithm algorithm, KeyPair pair) {
        algorithm.check(pair.getPrivate());
        return of(algorithm, pair, SignatureProvider.PLATFORM);
    }

    /**
     * Uses a key pair whose private key is in a JCA provider and need not leave it, for example a hardware module. The
     * platform checks the signatures. Such a key can be in {@link KeyRing#of}, and in no file.
     *
     * @param algorithm the only algorithm of the key
     * @param pair a pair of that algorithm; the public key is checked, and whether the private key belongs to it
     * @param provider the provider that signs
     * @throws IllegalArgumentException if the key does not fit; the message says which key the algorithm needs
     * @throws AuthUnavailableException if the provider is away
     */
    public static SigningKey of(Algorithm algorithm, KeyPair pair, Provider provider) {
        return of(algorithm, pair, SignatureProvider.only(provider));
    }

    private static SigningKey of(Algorithm algorithm, KeyPair pair, SignatureProvider provider) {
        VerificationKey verification = VerificationKey.of(algorithm, pair.getPublic());
        Signer signer = provider.signer(algorithm, pair.getPrivate(), pair.getPublic());
        return checked(pair.getPrivate(), verification, signer);
    }

    /**
     * Uses a shared secret. Every service that can verify with it can also sign with it.
     *
     * @param algorithm the only algorithm of the key
     * @param key random, at least as long as the hash; never a password
     * @throws IllegalArgumentException if the key does not fit; the message says which key the algorithm needs
     */
    public static SigningKey of(Algorithm algorithm, SecretKey key) {
        VerificationKey verification = VerificationKey.of(algorithm, key);
        return checked(key, verification, SignatureProvider.PLATFORM.signer(algorithm, key));
    }

    /**
     * Reads a private key in PEM. The public key is computed from it.
     *
     * @param algorithm the only algorithm of the key; not a symmetric one
     * @param pem the text, with one private key or a chosen block
     * @throws IllegalArgumentException if other users have rights to its file, or it is no such key; the message names
     *     the block that was found and the remedy, and quotes nothing of the key
     */
    public static SigningKey of(Algorithm algorithm, Pem pem) {
        return of(algorithm, pem.keyPair(algorithm));
    }

    /**
     * Returns the key with a name, which is the {@code kid} of the tokens that it signs.
     *
     * @param id as for {@link VerificationKey#named}; default: the key's thumbprint
     * @throws IllegalArgumentException as for {@link VerificationKey#named}
     */
    public SigningKey named(String id) {
        return new SigningKey(key, verification.named(id), signer);
    }

    /**
     * Returns the key with another provider, which signs, and checks the signatures.
     *
     * @param provider default: the platform's first provider of the algorithm
     * @throws IllegalArgumentException if the provider can't use the key, and no other one may take its place
     * @throws AuthUnavailableException if the provider is away, and no other one may take its place
     */
    public SigningKey with(SignatureProvider provider) {
        if (provider == verification.provider()) {
            return this;
        }
        VerificationKey checking = verification.with(provider);
        Algorithm algorithm = verification.algorithm();
        Signer signing = key instanceof PrivateKey hidden
                ? provider.signer(algorithm, hidden, verification.publicKey())
                : provider.signer(algorithm, key);
        return checked(key, checking, signing);
    }

    /** The key that checks the signatures of this key. */
    public VerificationKey verification() {
        return verification;
    }

    /**
     * Writes the private key to a PEM file (PKCS#8) that only its owner may read.
     *
     * @param file the file, which is replaced if it exists
     * @throws IllegalStateException for a shared secret, which has no such form
     */
    public void writePem(Path file) {
        if (verification.algorithm().isSymmetric()) {
            throw new IllegalStateException("a shared secret has no PEM form; keep it in a KeyRing's file");
        }
        OwnerOnlyFile.write(file, Pem.write(key));
    }

    Signer signer() {
        return signer;
    }

    /** Starts the JWK of the key with the private part. */
    JwkBuilder<?, ?, ?> jwk() {
        JwkBuilder<?, ?, ?> builder = key instanceof SecretKey secret
                ? Jwks.builder().key(secret)
                : Jwks.builder().keyPair(new KeyPair(verification.publicKey(), (PrivateKey) key));
        return builder.id(verification.id()).algorithm(verification.algorithm().name());
    }

    /**
     * Signs an access token, and writes its compact form (RFC 7515 section 7.1). Its {@code kid} and {@code alg} are
     * this key's.
     */
    String compact(byte[] payload) {
        byte[] body = Base64Url.encodeLatin1(payload);
        byte[] signed = joined(header, body);
        return new String(joined(signed, Base64Url.encodeLatin1(signer.sign(signed))), StandardCharsets.ISO_8859_1);
    }

    /** Joins two parts with a dot between them. */
    private static byte[] joined(byte[] one, byte[] other) {
        byte[] joined = Arrays.copyOf(one, one.length + 1 + other.length);
        joined[one.length] = '.';
        System.arraycopy(other, 0, joined, one.length + 1, other.length);
        return joined;
    }

    @Override
    public String toString() {
        return "SigningKey[" + verification.algorithm() + ", " + verification.id() + "]";
    }
}
