/**
 * Logins, revocations and keys in Redis, for many nodes. Start with {@link dev.gateline.redis.RedisStorage}; then read
 * {@link dev.gateline.store.SharedStorage}, which it implements.
 */
@NullMarked
package dev.gateline.redis;

import org.jspecify.annotations.NullMarked;
