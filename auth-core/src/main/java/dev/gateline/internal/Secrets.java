package dev.gateline.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.stream.IntStream;

/**
 * Makes random values that nobody can guess, and recognises keys that were never random. A generator that fails throws,
 * because there is no other generator to fall back on.
 */
public final class Secrets {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Secrets() {}

    /**
     * Random bytes.
     *
     * @param length the length in bytes
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

    /** Whether {@code one} contains {@code other} at an index. The time does not depend on where they differ. */
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
     * Whether a key was never random: zeros, a repeated byte or block, or counting bytes. The probability that a random
     * key of 256 bits looks so is below 2^-120.
     *
     * @param key a key of any length
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
