package dev.gateline.store;

import dev.gateline.LoginId;
import dev.gateline.internal.Base64Url;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The 128 bits of a login id. Immutable. */
class LoginKey {
    private final long high;
    private final long low;

    private LoginKey(long high, long low) {
        this.high = high;
        this.low = low;
    }

    /** Copies a key. */
    LoginKey(LoginKey same) {
        this(same.high, same.low);
    }

    /** Returns the key of an id, or null if Gateline did not make the id. */
    static @Nullable LoginKey of(LoginId id) {
        String text = id.value();
        if (text.length() != 22) {
            return null;
        }
        long high = sextets(text, 0, 10);
        long middle = Base64Url.sextet(text.charAt(10));
        long low = sextets(text, 11, 21);
        long last = Base64Url.sextet(text.charAt(21));
        boolean canonical = (high | middle | low | last) >= 0 && (last & 0xf) == 0;
        return canonical ? new LoginKey(high << 4 | middle >> 2, middle << 62 | low << 2 | last >> 4) : null;
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

    LoginId id() {
        return new LoginId(Base64Url.encode(
                ByteBuffer.allocate(16).putLong(high).putLong(low).array()));
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof LoginKey that && high == that.high && low == that.low;
    }

    @Override
    public final int hashCode() {
        return Long.hashCode(low);
    }
}
