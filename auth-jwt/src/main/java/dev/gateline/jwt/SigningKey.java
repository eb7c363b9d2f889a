package dev.gateline.jwt;

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
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** A key that signs with exactly one algorithm. Immutable, thread-safe. */
public final class SigningKey {
    private final Key key;
    private final VerificationKey verification;
    private final @Nullable Provider provider;

    private SigningKey(Key key, VerificationKey verification, @Nullable Provider provider) {
        this.key = key;
        this.verification = verification;
        this.provider = provider;
        byte[] probe = {1, 2, 3};
        if (!verification.verify(probe, sign(probe))) {
            throw new IllegalArgumentException("the private key does not belong to the public key");
        }
    }

    /**
     * A new random key: RSA keys have 3072 bits, secrets the length of the hash.
     *
     * @param algorithm the only one that it is for
     */
    public static SigningKey generate(Algorithm algorithm) {
        return algorithm.isSymmetric()
                ? of(algorithm, algorithm.generateSecret())
                : of(algorithm, algorithm.generatePair());
    }

    /**
     * A key pair.
     *
     * @param algorithm the only one that it is for
     * @param pair of that algorithm and strong enough
     * @throws IllegalArgumentException saying what the algorithm needs
     */
    public static SigningKey of(Algorithm algorithm, KeyPair pair) {
        algorithm.check(pair.getPrivate());
        return new SigningKey(pair.getPrivate(), VerificationKey.of(algorithm, pair.getPublic()), null);
    }

    /**
     * A key pair whose private key signs by a JCA provider of the host's choice, and need not ever leave it: a hardware
     * module, say. It can then be in {@link KeyRing#of}, and in no file.
     *
     * @param algorithm the only one that it is for
     * @param pair of that algorithm; the public key is checked, the private one by whether they belong together
     * @param provider signs
     * @throws IllegalArgumentException saying what the algorithm needs
     */
    public static SigningKey of(Algorithm algorithm, KeyPair pair, Provider provider) {
        return new SigningKey(pair.getPrivate(), VerificationKey.of(algorithm, pair.getPublic()), provider);
    }

    /**
     * A shared secret. Whoever can verify with it can sign with it.
     *
     * @param algorithm the only one that it is for
     * @param key random, as long as the hash at least; never a password
     * @throws IllegalArgumentException saying what the algorithm needs
     */
    public static SigningKey of(Algorithm algorithm, SecretKey key) {
        return new SigningKey(key, VerificationKey.of(algorithm, key), null);
    }

    /**
     * A private key in PEM; the public one is computed from it.
     *
     * @param algorithm the only one that it is for; not a symmetric one
     * @param pem has one private key, or says which
     * @throws IllegalArgumentException if others have rights to its file, or it is not such a key, naming the block
     *     that was found and what to do; nothing of the key in the message
     */
    public static SigningKey of(Algorithm algorithm, Pem pem) {
        return of(algorithm, pem.keyPair(algorithm));
    }

    /**
     * The same key under a name, which is the {@code kid} of the tokens that it signs.
     *
     * @param id as for {@link VerificationKey#named}; default: the key's thumbprint
     * @throws IllegalArgumentException as for {@link VerificationKey#named}
     */
    public SigningKey named(String id) {
        return new SigningKey(key, verification.named(id), provider);
    }

    /** What checks its signatures. */
    public VerificationKey verification() {
        return verification;
    }

    /**
     * Writes the private key to a PEM file (PKCS#8) that only its owner may read.
     *
     * @param file replaced if it is there
     * @throws IllegalStateException for a shared secret, which has no such form
     */
    public void writePem(Path file) {
        if (verification.algorithm().isSymmetric()) {
            throw new IllegalStateException("a shared secret has no PEM form; keep it in a KeyRing's file");
        }
        OwnerOnlyFile.write(file, Pem.write(key));
    }

    /** Its JWK with the private part, as far as built. */
    JwkBuilder<?, ?, ?> jwk() {
        JwkBuilder<?, ?, ?> builder = key instanceof SecretKey secret
                ? Jwks.builder().key(secret)
                : Jwks.builder().keyPair(new KeyPair(verification.publicKey(), (PrivateKey) key));
        return builder.id(verification.id()).algorithm(verification.algorithm().name());
    }

    private byte[] sign(byte[] bytes) {
        return new SignatureRequest(bytes, key, new byte[0], provider).sign(verification.algorithm());
    }

    /** Signs, and writes the compact form (RFC 7515 section 7.1); {@code kid} and {@code alg} are this key's. */
    String compact(String type, byte[] payload) {
        String header = JoseHeader.write(type, verification.algorithm().name(), verification.id());
        String signed = header + '.' + Base64Url.encode(payload);
        return signed + '.' + Base64Url.encode(sign(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    @Override
    public String toString() {
        return "SigningKey[" + verification.algorithm() + ", " + verification.id() + "]";
    }
}
