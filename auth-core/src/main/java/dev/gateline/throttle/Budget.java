package dev.gateline.throttle;

import dev.gateline.store.RateLimitStore.Rate;

/**
 * A bucket of attempts. Immutable.
 *
 * @param name the name in the store, 43 characters of base64url
 * @param rate the rate at which the bucket refills
 */
record Budget(String name, Rate rate) {}
