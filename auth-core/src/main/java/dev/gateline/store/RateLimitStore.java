package dev.gateline.store;

import dev.gateline.internal.Rules;
import java.time.Duration;
import java.time.Instant;

/**
 * Keeps rate limits: buckets of attempts that refill one by one (the generic cell rate algorithm, ITU-T I.371). For
 * each bucket the store remembers the instant at which it is full again. A full bucket takes no room. A store that
 * nodes share uses the clock of its server.
 *
 * <p>Unknown clients cause writes here. A store without room for another name throws, or forgets the buckets of which
 * the smallest part is used up. It never uses the room that endings of logins need.
 *
 * <p>Thread-safe. Any exception counts as an outage.
 */
public interface RateLimitStore {

    /**
     * Takes one attempt from a bucket, in one atomic step. An empty bucket does not change.
     *
     * @param name 1 to 64 characters of base64url
     * @param rate the rate of the bucket, the same in each call
     * @param now the time by this node's clock, for a store without a server's clock
     * @return zero if one was taken; otherwise the time until the bucket has one
     */
    Duration take(String name, Rate rate, Instant now);

    /**
     * Puts one attempt back into a bucket, in one atomic step. A full bucket does not change.
     *
     * @param name as for {@link #take}
     * @param rate as for {@link #take}
     * @param now as for {@link #take}
     */
    void giveBack(String name, Rate rate, Instant now);

    /**
     * The rate of a bucket.
     *
     * @param atOnce the capacity of the bucket: 1 to 10,000
     * @param each the time after which one attempt is refilled: 1 ms to 1 day
     */
    record Rate(int atOnce, Duration each) {

        /**
         * Checks the rate.
         *
         * @throws IllegalArgumentException naming the rule and the value
         */
        public Rate {
            Rules.require(atOnce >= 1 && atOnce <= 10_000, "attempts at once: 1 to 10000, was " + atOnce);
            Rules.within("time for each attempt", each, Duration.ofMillis(1), Duration.ofDays(1));
        }

        /** The time after which an empty bucket is full. */
        public Duration span() {
            return each.multipliedBy(atOnce);
        }
    }
}
