package dev.gateline.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.stream.IntStream;

/**
 * Random values that nobody can guess, and keys that were never random. A generator that fails throws; there is no
 * other to fall back on.
 */
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
    public static long number() {
        return RANDOM.nextLong() & Long.MAX_VALUE;
    }

    /** Whether {@code one} has, from an index on, what {@code other} is. Takes the same time wherever they differ. */
    public static boolean same(byte[] one, int from, byte[] other) {
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

    /**
     * Whether a key was never random: an array that nobody filled, one byte or block over and over, bytes that count. A
     * random key of 256 bits is taken for one with a probability below 2^-120.
     *
     * @param key of any length
     */
    public static boolean isPattern(byte[] key) {
        return isPeriodic(key) || isPeriodicWith(1, steps(key));
    }

    private static boolean isPeriodic(byte[] bytes) {
        return IntStream.rangeClosed(1, bytes.length / 2).anyMatch(period -> isPeriodicWith(period, bytes));
    }

    private static boolean isPeriodicWith(int period, byte[] bytes) {
        return IntStream.range(period, bytes.length).allMatch(i -> bytes[i] == bytes[i - period]);
    }

    private static byte[] steps(byte[] bytes) {
        byte[] steps = new byte[Math.max(0, bytes.length - 1)];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = (byte) (bytes[i + 1] - bytes[i]);
        }
        return steps;
    }
}
