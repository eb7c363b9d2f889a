package dev.gateline.internal;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The 128 bits of an id that {@link Secrets#id} made. Immutable. */
public class RandomId {
    private static final int LENGTH = 22;
    private static final int SHARED = 10;

    private final long high;
    private final long low;

    private RandomId(long high, long low) {
        this.high = high;
        this.low = low;
    }

    /** Copies an id. */
    protected RandomId(RandomId same) {
        this(same.high, same.low);
    }

    /** Returns the bits of an id, or null if Gateline did not make the id. */
    public static @Nullable RandomId of(String text) {
        if (!mayBe(text)) {
            return null;
        }
        long high = sextets(text, 0, SHARED);
        long shared = Base64Url.sextet(text.charAt(SHARED));
        long low = sextets(text, SHARED + 1, LENGTH - 1);
        long last = Base64Url.sextet(text.charAt(LENGTH - 1));
        boolean canonical = (high | shared | low | last) >= 0 && (last & 0xf) == 0;
        return canonical ? new RandomId((high << 4) | (shared >> 2), (shared << 62) | (low << 2) | (last >> 4)) : null;
    }

    /** Whether a text has the length of such an id. */
    static boolean mayBe(String text) {
        return text.length() == LENGTH;
    }

    /** Reads 6 bits from each character. The result is negative if a character is not base64url. */
    private static long sextets(String text, int from, int to) {
        long bits = 0;
        int seen = 0;
        for (int i = from; i < to; i++) {
            int sextet = Base64Url.sextet(text.charAt(i));
            seen |= sextet;
            bits = (bits << 6) | sextet;
        }
        return seen < 0 ? -1 : bits;
    }

    /** The first half. */
    final long high() {
        return high;
    }

    /** The second half. */
    final long low() {
        return low;
    }

    /** The text of the id. */
    public final String text() {
        return text(high, low);
    }

    static String text(long high, long low) {
        return Base64Url.encode(
                ByteBuffer.allocate(16).putLong(high).putLong(low).array());
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof RandomId that && high == that.high && low == that.low;
    }

    @Override
    public final int hashCode() {
        return Long.hashCode(low);
    }
}
