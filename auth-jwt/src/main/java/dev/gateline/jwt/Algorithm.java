package dev.gateline.jwt;

import dev.gateline.internal.Secrets;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwks;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;

/** The signature algorithms of RFC 7518 section 3 and RFC 8037. Each key is bound to exactly one. */
public enum Algorithm {
    /** HMAC with SHA-256; a key of at least 256 bits, which every verifier knows. */
    HS256(Family.HMAC, 256),
    /** HMAC with SHA-384; a key of at least 384 bits, which every verifier knows. */
    HS384(Family.HMAC, 384),
    /** HMAC with SHA-512; a key of at least 512 bits, which every verifier knows. */
    HS512(Family.HMAC, 512),
    /** RSASSA-PKCS1-v1_5 with SHA-256; a key of at least 2048 bits. */
    RS256(Family.RSA, 2048),
    /** RSASSA-PKCS1-v1_5 with SHA-384; a key of at least 2048 bits. */
    RS384(Family.RSA, 2048),
    /** RSASSA-PKCS1-v1_5 with SHA-512; a key of at least 2048 bits. */
    RS512(Family.RSA, 2048),
    /** RSASSA-PSS with SHA-256; a key of at least 2048 bits. */
    PS256(Family.RSA, 2048),
    /** RSASSA-PSS with SHA-384; a key of at least 2048 bits. */
    PS384(Family.RSA, 2048),
    /** RSASSA-PSS with SHA-512; a key of at least 2048 bits. */
    PS512(Family.RSA, 2048),
    /** ECDSA with SHA-256 on the curve P-256. */
    ES256(Family.EC, 256),
    /** ECDSA with SHA-384 on the curve P-384. */
    ES384(Family.EC, 384),
    /** ECDSA with SHA-512 on the curve P-521. */
    ES512(Family.EC, 521),
    /** Ed25519, or Ed448 if the key is on that curve. */
    EdDSA(Family.EDWARDS, 255);

    private static final int GENERATED_RSA_BITS = 3072;
    private static final int ED25519_SIGNATURE = 64;
    private static final int ED448_SIGNATURE = 114;
    private static final Set<String> EDWARDS_CURVES = Set.of("Ed25519", "Ed448");

    /**
     * The names of HMAC keys, which are object identifiers in a PKCS #12 store. A key that has a name of another use
     * does not sign tokens.
     */
    private static final Pattern HMAC_NAME =
            Pattern.compile("(?i)HmacSHA(256|384|512)|1\\.2\\.840\\.113549\\.2\\.(9|10|11)");

    private final Family family;
    private final int bits;

    private enum Family {
        HMAC,
        RSA,
        EC,
        EDWARDS
    }

    Algorithm(Family family, int bits) {
        this.family = family;
        this.bits = bits;
    }

    /** The algorithm of a JWK's {@code alg}; empty if it is none of these. */
    static Optional<Algorithm> find(String name) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.name().equals(name))
                .findFirst();
    }

    /** The JCA's name for the kind of its keys. */
    String keyFactory() {
        return switch (family) {
            case RSA -> "RSA";
            case EC -> "EC";
            case EDWARDS -> "EdDSA";
            case HMAC -> throw new IllegalArgumentException(this + " has no private key");
        };
    }

    boolean isSymmetric() {
        return family == Family.HMAC;
    }

    /** The JCA's name of the algorithm, if it is an HMAC. */
    String mac() {
        return "HmacSHA" + bits;
    }

    /** The JCA's name of the signature of most keys; those of Ed448 have another one. */
    String usualSignature() {
        return switch (this) {
            case PS256, PS384, PS512 -> "RSASSA-PSS";
            case RS256, RS384, RS512 -> "SHA" + hashBits() + "withRSA";
            case ES256, ES384, ES512 -> "SHA" + hashBits() + "withECDSA";
            case EdDSA -> "Ed25519";
            default -> throw new IllegalArgumentException(this + " has no key pair");
        };
    }

    /** The JCA's name of the signature of a key. */
    String signature(PublicKey key) {
        return key instanceof EdECKey ed ? ed.getParams().getName() : usualSignature();
    }

    /** The parameters of the signature (RFC 7518 section 3.5); empty if it has none. */
    Optional<AlgorithmParameterSpec> pss() {
        if (!name().startsWith("PS")) {
            return Optional.empty();
        }
        String hash = "SHA-" + hashBits();
        int saltBytes = Integer.parseInt(hashBits()) / Byte.SIZE;
        return Optional.of(new PSSParameterSpec(
                hash, "MGF1", new MGF1ParameterSpec(hash), saltBytes, PSSParameterSpec.TRAILER_FIELD_BC));
    }

    private String hashBits() {
        return name().substring(2);
    }

    SecretKey generateSecret() {
        JwtLibraries.check();
        return switch (this) {
            case HS256 -> Jwts.SIG.HS256.key().build();
            case HS384 -> Jwts.SIG.HS384.key().build();
            case HS512 -> Jwts.SIG.HS512.key().build();
            default -> throw new IllegalStateException(this + " has no secret key");
        };
    }

    KeyPair generatePair() {
        JwtLibraries.check();
        return switch (this) {
            case ES256 -> Jwts.SIG.ES256.keyPair().build();
            case ES384 -> Jwts.SIG.ES384.keyPair().build();
            case ES512 -> Jwts.SIG.ES512.keyPair().build();
            case EdDSA -> Jwks.CRV.Ed25519.keyPair().build();
            default -> generateRsa();
        };
    }

    private static KeyPair generateRsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(GENERATED_RSA_BITS);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has RSA", e);
        }
    }

    /**
     * Refuses a key that is weak or belongs to another algorithm.
     *
     * @throws IllegalArgumentException if the key is refused; the message says which key is needed, and nothing of this
     *     key
     */
    void check(Key key) {
        JwtLibraries.check();
        boolean fits = switch (family) {
            case HMAC -> key instanceof SecretKey && lengthOf(key) >= bits && mayBeRandomAndForHmac(key);
            case RSA -> key instanceof RSAKey rsa && rsa.getModulus().bitLength() >= bits && isStrong(rsa);
            case EC ->
                key instanceof ECKey ec && ec.getParams().getCurve().getField().getFieldSize() == bits;
            case EDWARDS ->
                key instanceof EdECKey ed
                        && EDWARDS_CURVES.contains(ed.getParams().getName())
                        && isStrong(ed);
        };
        if (!fits) {
            throw new IllegalArgumentException(this + " needs " + needs() + "; was " + describe(key));
        }
    }

    /**
     * The only permitted length of a signature, in bytes. Java's Ed25519 reads only the first 64 bytes.
     */
    int signatureLength(Key key) {
        return switch (family) {
            case HMAC -> bits / Byte.SIZE;
            case RSA -> (((RSAKey) key).getModulus().bitLength() + 7) / Byte.SIZE;
            case EC -> (bits + 7) / Byte.SIZE * 2;
            case EDWARDS -> ((EdECKey) key).getParams().getName().equals("Ed448") ? ED448_SIGNATURE : ED25519_SIGNATURE;
        };
    }

    private static boolean isStrong(RSAKey key) {
        return !(key instanceof RSAPublicKey publicKey) || RsaStrength.isStrong(publicKey);
    }

    private static boolean isStrong(EdECKey key) {
        return !(key instanceof EdECPublicKey publicKey) || EdwardsStrength.isStrong(publicKey);
    }

    private String needs() {
        return switch (family) {
            case HMAC -> "a secret key of at least " + bits + " bits, for HMAC, random and not a pattern";
            case RSA ->
                "an RSA key of at least " + bits + " bits, with an odd exponent of at least 65537, not of a ROCA card";
            case EC -> "an EC key on the curve P-" + bits;
            case EDWARDS -> "an Ed25519 or Ed448 key, whose public part is a point of its curve and not of small order";
        };
    }

    private static String describe(Key key) {
        if (key instanceof SecretKey) {
            return "a secret key of " + lengthOf(key) + " bits for " + key.getAlgorithm();
        }
        if (key instanceof RSAKey rsa) {
            return "an RSA key of " + rsa.getModulus().bitLength() + " bits";
        }
        if (key instanceof ECKey ec) {
            return "an EC key on a field of "
                    + ec.getParams().getCurve().getField().getFieldSize() + " bits";
        }
        if (key instanceof EdECKey ed) {
            return "an " + ed.getParams().getName() + " key";
        }
        boolean known = key instanceof PublicKey || key instanceof PrivateKey;
        return known ? "a key of the kind " + key.getAlgorithm() : "no key that signs";
    }

    private static boolean mayBeRandomAndForHmac(Key key) {
        return !Secrets.isPattern(key.getEncoded())
                && HMAC_NAME.matcher(key.getAlgorithm()).matches();
    }

    private static int lengthOf(Key key) {
        byte[] encoded = key.getEncoded();
        return encoded == null ? 0 : encoded.length * Byte.SIZE;
    }
}
