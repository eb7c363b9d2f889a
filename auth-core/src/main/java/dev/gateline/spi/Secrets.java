package dev.gateline.spi;

import java.security.SecureRandom;

/** Random values that nobody can guess. A generator that fails throws; there is no other to fall back on. */
public final class Secrets {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    /**
     * Random bytes.
     *
     * @param length in bytes
     */
    public static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /**
     * A name that is never given twice: a login id, a {@code jti}.
     *
     * @return 128 random bits in 22 characters of base64url
     */
    public static String id() {
        return Base64Url.encode(bytes(16));
    }
}
