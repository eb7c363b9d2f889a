package dev.gateline.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gateline.internal.Base64Url;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Signs any text as a compact JWS with the platform's own cryptography, nothing checked. */
final class Forge {
    static final String ISSUER = "https://park.example";
    static final String AUDIENCE = "https://api.park.example";
    static final long NOW = 1_767_225_600L;

    private static final KeyPair RSA = pair("RSA", 2048);

    private final Algorithm algorithm;
    private final Key signer;
    private final VerificationKey key;

    private Forge(Algorithm algorithm, Key signer, VerificationKey key) {
        this.algorithm = algorithm;
        this.signer = signer;
        this.key = key;
    }

    /** With a key of its own, but that all RSA algorithms share one. */
    static Forge of(Algorithm algorithm) {
        String name = algorithm.name();
        if (algorithm.isSymmetric()) {
            byte[] secret = new byte[64];
            new java.security.SecureRandom().nextBytes(secret);
            SecretKey key = new SecretKeySpec(secret, "HmacSHA" + name.substring(2));
            return new Forge(algorithm, key, VerificationKey.of(algorithm, key));
        }
        KeyPair pair = switch (name.substring(0, 2)) {
            case "ES" -> curve(name.equals("ES512") ? "secp521r1" : "secp" + name.substring(2) + "r1");
            case "Ed" -> pair("Ed25519", 255);
            default -> RSA;
        };
        return new Forge(algorithm, pair.getPrivate(), VerificationKey.of(algorithm, pair.getPublic()));
    }

    static KeyPair pair(String kind, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static KeyPair curve(String name) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(name));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    VerificationKey key() {
        return key;
    }

    PublicKey publicKey() {
        return RSA.getPublic();
    }

    /** The key that checks its signatures, for other libraries. */
    Key verifier() {
        return signer instanceof SecretKey ? signer : key.publicKey();
    }

    /** Header members that are right, each value as JSON text. */
    Map<String, String> header() {
        Map<String, String> header = new LinkedHashMap<>();
        header.put("typ", "\"at+jwt\"");
        header.put("alg", "\"" + algorithm + "\"");
        header.put("kid", "\"" + key.id() + "\"");
        return header;
    }

    /** Claims that are right, each value as JSON text. */
    static Map<String, String> claims() {
        Map<String, String> claims = new LinkedHashMap<>();
        claims.put("iss", "\"" + ISSUER + "\"");
        claims.put("sub", "\"ada\"");
        claims.put("aud", "\"" + AUDIENCE + "\"");
        claims.put("iat", String.valueOf(NOW));
        claims.put("exp", String.valueOf(NOW + 300));
        claims.put("jti", "\"token-1\"");
        claims.put("sid", "\"login-1\"");
        claims.put("sub_epoch", "0");
        return claims;
    }

    static String json(Map<String, String> members) {
        return members.entrySet().stream().map(Forge::member).collect(Collectors.joining(",", "{", "}"));
    }

    private static String member(Entry<String, String> entry) {
        return "\"" + entry.getKey() + "\":" + entry.getValue();
    }

    String good() {
        return sign(json(header()), json(claims()));
    }

    /** The name is JSON text without its quotes; a value of "-" leaves the member out. */
    String withHeader(String name, String value) {
        return sign(json(with(header(), name, value)), json(claims()));
    }

    String withClaim(String name, String value) {
        return sign(json(header()), json(with(claims(), name, value)));
    }

    String withClaims(String members) {
        Map<String, String> claims = claims();
        for (String member : members.split(";", -1)) {
            with(claims, member.substring(0, member.indexOf(':')), member.substring(member.indexOf(':') + 1));
        }
        return sign(json(header()), json(claims));
    }

    static Map<String, String> with(Map<String, String> members, String name, String value) {
        if (value.equals("-")) {
            members.remove(name);
        } else {
            members.put(name, value);
        }
        return members;
    }

    String sign(String header, String payload) {
        return sign(header.getBytes(UTF_8), payload.getBytes(UTF_8));
    }

    String sign(byte[] header, byte[] payload) {
        return signed(Base64Url.encode(header) + "." + Base64Url.encode(payload));
    }

    /** Signs what stands before the last dot, whatever it is. */
    String signed(String input) {
        return input + "." + Base64Url.encode(signature(input));
    }

    byte[] signature(String input) {
        byte[] bytes = input.getBytes(UTF_8);
        String bits = algorithm.name().substring(2);
        try {
            if (signer instanceof SecretKey) {
                return mac(bits, signer.getEncoded(), bytes);
            }
            Signature signature = Signature.getInstance(
                    switch (algorithm.name().substring(0, 2)) {
                        case "RS" -> "SHA" + bits + "withRSA";
                        case "PS" -> "RSASSA-PSS";
                        case "ES" -> "SHA" + bits + "withECDSAinP1363Format";
                        default -> "Ed25519";
                    });
            if (algorithm.name().startsWith("PS")) {
                String hash = "SHA-" + bits;
                signature.setParameter(
                        new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), Integer.parseInt(bits) / 8, 1));
            }
            signature.initSign((PrivateKey) signer);
            signature.update(bytes);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] mac(String bits, byte[] secret, byte[] bytes) {
        try {
            Mac mac = Mac.getInstance("HmacSHA" + bits);
            mac.init(new SecretKeySpec(secret, "HmacSHA" + bits));
            return mac.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
