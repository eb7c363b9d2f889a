package dev.gateline.spi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/** Random values that nobody can guess. A generator that fails throws; there is no other to fall back on. */
public final class Secrets {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

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

    /** A number that is never given twice: 63 random bits. */
    static long number() {
        return RANDOM.nextLong() & Long.MAX_VALUE;
    }

    /** Whether {@code one} has, from an index on, what {@code other} is. Takes the same time wherever they differ. */
    static boolean same(byte[] one, int from, byte[] other) {
        long different = 0;
        int i = 0;
        for (; i <= other.length - Long.BYTES; i += Long.BYTES) {
            different |= (long) LONGS.get(one, from + i) ^ (long) LONGS.get(other, i);
        }
        for (; i < other.length; i++) {
            different |= one[from + i] ^ other[i];
        }
        return different == 0;
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
