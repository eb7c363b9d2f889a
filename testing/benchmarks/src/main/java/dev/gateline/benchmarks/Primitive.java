package dev.gateline.benchmarks;

import dev.gateline.jwt.Algorithm;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Base64;
import javax.crypto.Mac;

/** Nothing but the signature of a token, by the platform's own API. */
final class Primitive {
    private final Sample sample;
    private final String name;
    private final byte[] signed;
    private final byte[] signature;

    Primitive(Sample sample) {
        this.sample = sample;
        String token = sample.token();
        int dot = token.lastIndexOf('.');
        name = nameOf(sample.algorithm());
        signed = token.substring(0, dot).getBytes(StandardCharsets.US_ASCII);
        signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
    }

    private static String nameOf(Algorithm algorithm) {
        return switch (algorithm) {
            case HS256 -> "HmacSHA256";
            case RS256 -> "SHA256withRSA";
            case ES256 -> "SHA256withECDSAinP1363Format";
            case EdDSA -> "Ed25519";
            default -> throw new IllegalArgumentException("not measured: " + algorithm);
        };
    }

    boolean verify() throws GeneralSecurityException {
        if (sample.isSymmetric()) {
            return MessageDigest.isEqual(mac(), signature);
        }
        Signature verifier = Signature.getInstance(name);
        verifier.initVerify(sample.publicKey());
        verifier.update(signed);
        return verifier.verify(signature);
    }

    byte[] sign() throws GeneralSecurityException {
        if (sample.isSymmetric()) {
            return mac();
        }
        Signature signer = Signature.getInstance(name);
        signer.initSign(sample.privateKey());
        signer.update(signed);
        return signer.sign();
    }

    private byte[] mac() throws GeneralSecurityException {
        Mac mac = Mac.getInstance(name);
        mac.init(sample.secretKey());
        return mac.doFinal(signed);
    }
}
