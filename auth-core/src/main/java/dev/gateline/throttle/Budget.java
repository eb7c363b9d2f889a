package dev.gateline.throttle;

import dev.gateline.store.RateLimitStore.Rate;

/**
 * A bucket of attempts.
 *
 * @param name in the store: 43 characters of base64url
 * @param rate at which it refills
 */
record Budget(String name, Rate rate) {}
