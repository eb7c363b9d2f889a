package dev.gateline.jwt;

import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.security.Jwks;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** Private keys as text (RFC 7468 section 10). */
final class Pem {
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    private Pem() {}

    static String write(Key key) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return BEGIN + '\n' + base64 + '\n' + END + '\n';
    }

    /** Both keys: jjwt computes the public one. */
    static KeyPair read(Algorithm algorithm, String text) {
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("not a PKCS#8 private key in PEM: there is no " + BEGIN);
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end));
            PrivateKey key =
                    KeyFactory.getInstance(algorithm.keyFactory()).generatePrivate(new PKCS8EncodedKeySpec(der));
            var pair = Jwks.builder().key(key).build().toKeyPair();
            return new KeyPair(pair.getPublic(), pair.getPrivate());
        } catch (GeneralSecurityException | IllegalArgumentException | JwtException e) {
            throw new IllegalArgumentException("not a PKCS#8 private key for " + algorithm + " in PEM");
        }
    }
}
