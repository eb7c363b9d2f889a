package dev.gateline.store;

import dev.gateline.internal.Rules;
import java.time.Duration;
import java.time.Instant;

/**
 * Keeps rate limits: buckets of attempts that refill one by one, of which it remembers when each is full again (the
 * generic cell rate algorithm, ITU-T I.371). A full bucket takes no place. Where nodes share a store, time is its
 * server's.
 *
 * <p>Clients that nobody knows make a store write here. One that has no room for another name throws, or forgets the
 * buckets of which the smallest part is used up; it never takes room that endings of logins need.
 *
 * <p>Thread-safe. Any exception is taken as an outage.
 */
public interface RateLimitStore {

    /**
     * Takes one from a bucket, in one atomic step. Nothing is taken from an empty one.
     *
     * @param name 1 to 64 characters of base64url
     * @param rate of the bucket, the same in each call
     * @param now by this node's clock, for a store that has no other
     * @return zero if one was taken; else how long until there is one
     */
    Duration take(String name, Rate rate, Instant now);

    /**
     * Puts one back into a bucket, in one atomic step. A full one stays as it is.
     *
     * @param name as for {@link #take}
     * @param rate as for {@link #take}
     * @param now as for {@link #take}
     */
    void giveBack(String name, Rate rate, Instant now);

    /**
     * How often something may be done.
     *
     * @param atOnce how many times in a row at most: 1 to 10,000
     * @param each after how long one of them is there again: 1 ms to 1 day
     */
    record Rate(int atOnce, Duration each) {

        /**
         * Checks it.
         *
         * @throws IllegalArgumentException naming the rule and the value
         */
        public Rate {
            Rules.require(atOnce >= 1 && atOnce <= 10_000, "attempts at once: 1 to 10000, was " + atOnce);
            Rules.within("time for each attempt", each, Duration.ofMillis(1), Duration.ofDays(1));
        }

        /** How long an empty bucket takes to be full. */
        public Duration span() {
            return each.multipliedBy(atOnce);
        }
    }
}
