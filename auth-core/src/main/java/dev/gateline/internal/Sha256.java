package dev.gateline.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Digests by SHA-256, which every Java platform has. */
public final class Sha256 {
    private Sha256() {}

    /** Starts a digest. */
    public static MessageDigest start() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * The digest of bytes.
     *
     * @return 43 characters of base64url
     */
    public static String base64url(byte[] bytes) {
        return Base64Url.encode(start().digest(bytes));
    }

    /**
     * The digest of a text in UTF-8.
     *
     * @return 43 characters of base64url
     */
    public static String base64url(String text) {
        return base64url(text.getBytes(StandardCharsets.UTF_8));
    }
}
