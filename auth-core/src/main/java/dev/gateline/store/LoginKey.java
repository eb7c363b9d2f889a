package dev.gateline.store;

import dev.gateline.LoginId;
import dev.gateline.internal.RandomId;
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
        long high = RandomId.high(id.value());
        long low = RandomId.low(id.value());
        return high == 0 || low == 0 ? null : new LoginKey(high, low);
    }

    LoginId id() {
        return new LoginId(RandomId.text(high, low));
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
