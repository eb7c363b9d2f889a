package dev.gateline.benchmarks;

import dev.gateline.jwt.Algorithm;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import javax.crypto.Mac;

/** Nothing but the signature of a token, by the platform's own API: no reader can be faster. */
final class Primitive {
    private final String name;
    private final Key key;
    private final byte[] signed;
    private final byte[] signature;

    Primitive(Algorithm algorithm, Key key, String token) {
        int dot = token.lastIndexOf('.');
        this.name = switch (algorithm) {
            case HS256 -> "HmacSHA256";
            case RS256 -> "SHA256withRSA";
            case ES256 -> "SHA256withECDSAinP1363Format";
            case EdDSA -> "Ed25519";
            default -> throw new IllegalArgumentException("not measured: " + algorithm);
        };
        this.key = key;
        this.signed = token.substring(0, dot).getBytes(StandardCharsets.US_ASCII);
        this.signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
    }

    boolean verify() throws GeneralSecurityException {
        if (key instanceof PublicKey publicKey) {
            Signature verifier = Signature.getInstance(name);
            verifier.initVerify(publicKey);
            verifier.update(signed);
            return verifier.verify(signature);
        }
        Mac mac = Mac.getInstance(name);
        mac.init(key);
        return MessageDigest.isEqual(mac.doFinal(signed), signature);
    }
}
