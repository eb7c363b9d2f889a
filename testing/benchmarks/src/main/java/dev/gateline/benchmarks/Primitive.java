package dev.gateline.benchmarks;

import dev.gateline.jwt.Algorithm;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.Signature;
import java.util.Base64;
import java.util.concurrent.Callable;
import javax.crypto.Mac;

/**
 * Nothing but the signature of one token, by an object of the platform's own that has its key already. For one thread.
 */
final class Primitive {
    private final Sample sample;
    private final byte[] signed;
    private final byte[] signature;

    Primitive(Sample sample) {
        this.sample = sample;
        String token = sample.token();
        int dot = token.lastIndexOf('.');
        signed = token.substring(0, dot).getBytes(StandardCharsets.US_ASCII);
        signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
    }

    Callable<Boolean> verification() throws GeneralSecurityException {
        if (sample.isSymmetric()) {
            Mac mac = mac();
            return () -> MessageDigest.isEqual(mac.doFinal(signed), signature);
        }
        Signature verifier = signature();
        verifier.initVerify(sample.publicKey());
        return () -> {
            verifier.update(signed);
            return verifier.verify(signature);
        };
    }

    Callable<byte[]> signing() throws GeneralSecurityException {
        if (sample.isSymmetric()) {
            Mac mac = mac();
            return () -> mac.doFinal(signed);
        }
        Signature signer = signature();
        signer.initSign(sample.privateKey());
        return () -> {
            signer.update(signed);
            return signer.sign();
        };
    }

    private Signature signature() throws GeneralSecurityException {
        Provider provider = sample.provider();
        return provider == null ? Signature.getInstance(name()) : Signature.getInstance(name(), provider);
    }

    private Mac mac() throws GeneralSecurityException {
        Mac mac = Mac.getInstance(name());
        mac.init(sample.secretKey());
        return mac;
    }

    private String name() {
        Algorithm algorithm = sample.algorithm();
        return switch (algorithm) {
            case HS256 -> "HmacSHA256";
            case RS256 -> "SHA256withRSA";
            case ES256 -> "SHA256withECDSAinP1363Format";
            case EdDSA -> "Ed25519";
            default -> throw new IllegalArgumentException("not measured: " + algorithm);
        };
    }
}
