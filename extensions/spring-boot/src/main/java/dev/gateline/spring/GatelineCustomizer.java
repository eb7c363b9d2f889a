package dev.gateline.spring;

/**
 * Goes over one of Gateline's builders after the properties have been applied, and before {@code build()}. The type of
 * the builder says which one: {@code HttpAuthBuilder}, {@code SessionAuthenticatorBuilder},
 * {@code JwtAuthenticatorBuilder}, {@code KeyRingBuilder}, {@code NearStorageBuilder}, {@code JdbcStorageBuilder},
 * {@code RedisStorageBuilder} or {@code StoredLoginThrottleBuilder}. Several customizers of one type run in the order
 * of {@code @Order}.
 *
 * @param <B> the builder
 */
@FunctionalInterface
public interface GatelineCustomizer<B> {

    /**
     * Changes what the properties say, or adds what no property says.
     *
     * @param builder to be changed
     */
    void customize(B builder);
}
