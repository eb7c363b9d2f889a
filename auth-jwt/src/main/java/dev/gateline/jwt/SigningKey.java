package dev.gateline.jwt;

import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.security.SecureDigestAlgorithm;
import java.security.Key;
import java.security.KeyPair;
import javax.crypto.SecretKey;

/** A key that signs with exactly one algorithm. Immutable, thread-safe. */
public final class SigningKey {
    private final Key key;
    private final VerificationKey verification;

    private SigningKey(Key key, VerificationKey verification) {
        verification.algorithm().check(key);
        this.key = key;
        this.verification = verification;
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
        SigningKey key = new SigningKey(pair.getPrivate(), VerificationKey.of(algorithm, pair.getPublic()));
        byte[] probe = {1, 2, 3};
        if (!key.verification.verify(probe, key.sign(probe))) {
            throw new IllegalArgumentException("the private key does not belong to the public key");
        }
        return key;
    }

    /**
     * A shared secret. Whoever can verify with it can sign with it.
     *
     * @param algorithm the only one that it is for
     * @param key random, as long as the hash at least; never a password
     * @throws IllegalArgumentException saying what the algorithm needs
     */
    public static SigningKey of(Algorithm algorithm, SecretKey key) {
        return new SigningKey(key, VerificationKey.of(algorithm, key));
    }

    /** What checks its signatures. */
    public VerificationKey verification() {
        return verification;
    }

    private byte[] sign(byte[] bytes) {
        SecureDigestAlgorithm<Key, Key> jjwt = verification.algorithm().jjwt();
        return jjwt.digest(new SignatureRequest(bytes, key, new byte[0]));
    }

    /** Signs and writes the compact form; {@code kid} and {@code alg} are this key's. */
    String compact(JwtBuilder builder) {
        SecureDigestAlgorithm<Key, Key> jjwt = verification.algorithm().jjwt();
        return builder.header()
                .keyId(verification.id())
                .and()
                .signWith(key, jjwt)
                .compact();
    }

    @Override
    public String toString() {
        return "SigningKey[" + verification.algorithm() + ", " + verification.id() + "]";
    }
}
