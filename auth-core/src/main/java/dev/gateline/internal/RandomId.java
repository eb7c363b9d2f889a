package dev.gateline.internal;

import java.nio.ByteBuffer;

/**
 * The 128 bits of an id that {@link Secrets#id} made, as two numbers. Neither number is 0, so that 0 can say that a
 * text is no such id. A random id with such a half has a probability of 2^-63, and counts as an id of another shape.
 */
public final class RandomId {
    private static final int LENGTH = 22;
    private static final int SHARED = 10;

    /** 2^32 by the golden ratio, odd. */
    private static final int GOLDEN = 0x9e3779b9;

    private RandomId() {}

    /** Whether a text is such an id. */
    static boolean is(String text) {
        return high(text) != 0 && low(text) != 0;
    }

    /** Whether a text has the length of such an id. */
    static boolean mayBe(String text) {
        return text.length() == LENGTH;
    }

    /**
     * A number for hash tables, never 0. The first bits depend on all characters. It begins with the hash that a string
     * remembers, because an id is looked up more often than made. Nobody can choose ids that share a number: they are
     * random, or those of an issuer whose tokens this process accepts.
     */
    static int tag(String id) {
        int tag = id.hashCode() * GOLDEN;
        return tag == 0 ? 1 : tag;
    }

    /** The first half of an id; 0 if its characters are no random id. */
    public static long high(String id) {
        if (id.length() != LENGTH) {
            return 0;
        }
        long first = sextets(id, 0, SHARED);
        int shared = Base64Url.sextet(id.charAt(SHARED));
        return (first | shared) < 0 ? 0 : first << 4 | shared >> 2;
    }

    /** The second half of an id; 0 if its characters are no random id. */
    public static long low(String id) {
        if (id.length() != LENGTH) {
            return 0;
        }
        long shared = Base64Url.sextet(id.charAt(SHARED));
        long middle = sextets(id, SHARED + 1, LENGTH - 1);
        int last = Base64Url.sextet(id.charAt(LENGTH - 1));
        boolean canonical = (shared | middle | last) >= 0 && (last & 0xf) == 0;
        return canonical ? shared << 62 | middle << 2 | last >> 4 : 0;
    }

    /** Reads 6 bits from each character. The result is negative if a character is not base64url. */
    private static long sextets(String text, int from, int to) {
        long bits = 0;
        int seen = 0;
        for (int i = from; i < to; i++) {
            int sextet = Base64Url.sextet(text.charAt(i));
            seen |= sextet;
            bits = bits << 6 | sextet;
        }
        return seen < 0 ? -1 : bits;
    }

    /** The text of an id. */
    public static String text(long high, long low) {
        return Base64Url.encode(
                ByteBuffer.allocate(16).putLong(high).putLong(low).array());
    }
}
