package dev.gateline.store;

import java.time.Duration;
import java.time.Instant;

/** Rate limits, each of which one shard keeps. Thread-safe. */
record ShardedRateLimits(Shards<RateLimitStore> shards) implements RateLimitStore {

    @Override
    public Duration take(String name, Rate rate, Instant now) {
        return shards.of(name).take(name, rate, now);
    }

    @Override
    public void giveBack(String name, Rate rate, Instant now) {
        shards.of(name).giveBack(name, rate, now);
    }
}
