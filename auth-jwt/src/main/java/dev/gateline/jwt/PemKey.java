package dev.gateline.jwt;

import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.security.Jwks;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Makes a key of a block. PKCS#1 (RFC 8017 appendix A.1) and SEC 1 (RFC 5915) are put into the PKCS#8 (RFC 5958) that
 * the JCA reads.
 */
record PemKey(Algorithm algorithm, PemBlock block) {
    private static final Der RSA = Der.sequence(Der.identifier("2a864886f70d010101"), Der.of(Der.NULL));
    private static final Der EC = Der.identifier("2a8648ce3d0201");
    private static final Map<Algorithm, Der> CURVES = Map.of(
            Algorithm.ES256, Der.identifier("2a8648ce3d030107"),
            Algorithm.ES384, Der.identifier("2b81040022"),
            Algorithm.ES512, Der.identifier("2b81040023"));
    private static final int PARAMETERS = 0xa0;

    /** A function that reads a key. */
    private interface Reading<T> {
        T read() throws GeneralSecurityException, IOException;
    }

    KeyPair keyPair(char[] password) {
        String kind = algorithm.keyFactory();
        byte[] der = block.der();
        byte[] pkcs8 = block.label().equals("ENCRYPTED PRIVATE KEY") ? decrypted(der, password) : pkcs8(der);
        return reading(() -> {
            PrivateKey key = KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            algorithm.check(key);
            var pair = Jwks.builder().key(key).build().toKeyPair();
            return new KeyPair(pair.getPublic(), pair.getPrivate());
        });
    }

    PublicKey publicKey() {
        String kind = algorithm.keyFactory();
        byte[] der = block.der();
        return reading(() -> switch (block.label()) {
            case "CERTIFICATE" ->
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(der))
                        .getPublicKey();
            case "RSA PUBLIC KEY" -> {
                byte[] bits = new byte[der.length + 1];
                System.arraycopy(der, 0, bits, 1, der.length);
                byte[] spki = Der.sequence(RSA, Der.of(Der.BIT_STRING, bits)).encoded();
                yield KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(spki));
            }
            default -> KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(der));
        });
    }

    private <T> T reading(Reading<T> reading) {
        try {
            return reading.read();
        } catch (GeneralSecurityException | IOException | JwtException e) {
            throw new IllegalArgumentException(
                    block + " is not a key for " + algorithm
                            + " that Java reads; is it another kind of key, or damaged? Else" + " convert it ("
                            + block.command() + ")",
                    e);
        }
    }

    private byte[] pkcs8(byte[] der) {
        return switch (block.label()) {
            case "RSA PRIVATE KEY" -> pkcs8(RSA, der);
            case "EC PRIVATE KEY" -> pkcs8(Der.sequence(EC, curve(der)), der);
            default -> der;
        };
    }

    private static byte[] pkcs8(Der algorithm, byte[] key) {
        return Der.sequence(Der.of(Der.INTEGER, (byte) 0), algorithm, Der.of(Der.OCTET_STRING, key))
                .encoded();
    }

    /** The curve that the block names, or else the curve of the algorithm. */
    private Der curve(byte[] sec1) {
        try {
            List<Der> parts = Der.read(sec1).get(0).parts();
            return parts.stream()
                    .filter(part -> part.tag() == PARAMETERS)
                    .map(part -> part.parts().get(0))
                    .findFirst()
                    .orElseGet(() -> CURVES.getOrDefault(algorithm, EC));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException(block + " is damaged", e);
        }
    }

    private byte[] decrypted(byte[] der, char[] password) {
        if (password.length == 0) {
            throw new IllegalArgumentException(
                    block + " is encrypted: give the password, or decrypt it (openssl pkcs8 -in"
                            + " key.pem -out plain.pem)");
        }
        EncryptedPrivateKeyInfo info = encrypted(der);
        String scheme = scheme(info);
        PBEKeySpec spec = new PBEKeySpec(password);
        try {
            Cipher cipher = Cipher.getInstance(scheme);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    SecretKeyFactory.getInstance(scheme).generateSecret(spec),
                    info.getAlgParameters());
            return info.getKeySpec(cipher).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    block + " can't be decrypted: the password (ASCII) does not fit, or Java does not know " + scheme
                            + "; convert it (" + block.command() + ")",
                    e);
        } finally {
            spec.clearPassword();
        }
    }

    private EncryptedPrivateKeyInfo encrypted(byte[] der) {
        try {
            return new EncryptedPrivateKeyInfo(der);
        } catch (IOException e) {
            throw notPbes2(e);
        }
    }

    /**
     * The JCA's name of the encryption. Before Java 19 only the parameters tell it. Schemes older than PBES2 are weak.
     */
    private String scheme(EncryptedPrivateKeyInfo info) {
        String name = info.getAlgName();
        if (!name.startsWith("PBEWithHmac") && info.getAlgParameters() != null) {
            name = info.getAlgParameters().toString();
        }
        if (!name.startsWith("PBEWithHmac")) {
            throw notPbes2(null);
        }
        return name;
    }

    private IllegalArgumentException notPbes2(@org.jspecify.annotations.Nullable Throwable cause) {
        return new IllegalArgumentException(
                block + " is not encrypted by PBES2 with AES and HMAC; convert it (" + block.command() + ")", cause);
    }
}
