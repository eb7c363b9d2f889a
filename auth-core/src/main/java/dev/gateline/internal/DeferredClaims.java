package dev.gateline.internal;

import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes claims whose values are read at the first look, for the written form of a login. Hosts have no use for such
 * claims, so their class has no public method that makes them. Instead, the class registers its constructor here when
 * it is loaded. Thread-safe.
 */
public final class DeferredClaims {
    private static volatile @Nullable Function<Supplier<Map<String, @Nullable Object>>, ?> constructor;

    private DeferredClaims() {}

    /**
     * Registers the constructor of claims.
     *
     * @param claims takes a supplier of the values; called by {@link dev.gateline.Claims} only
     * @throws IllegalStateException if a constructor has been registered
     */
    public static synchronized void register(Function<Supplier<Map<String, @Nullable Object>>, ?> claims) {
        if (constructor != null) {
            throw new IllegalStateException("the class of claims has registered itself already");
        }
        constructor = claims;
    }

    /**
     * Creates claims.
     *
     * @param values the values, which are the same at each call; called at the first look
     * @return an instance of {@link dev.gateline.Claims}, whose class has been loaded before
     */
    public static Object of(Supplier<Map<String, @Nullable Object>> values) {
        return Objects.requireNonNull(constructor, "the class of claims is loaded before")
                .apply(values);
    }
}
