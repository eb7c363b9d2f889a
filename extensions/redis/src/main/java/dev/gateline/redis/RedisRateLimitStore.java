package dev.gateline.redis;

import dev.gateline.internal.Micros;
import dev.gateline.store.RateLimitStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Rate limits as strings. Each string is the instant at which its bucket is full again by the server's clock, and
 * expires then. Each call is one round trip. Unknown clients write here, so a full server takes no attempt and keeps
 * its last memory for endings. Thread-safe.
 */
final class RedisRateLimitStore implements RateLimitStore {

    /**
     * The time at which the bucket is full, in microseconds: now at the earliest, and no later than that of an empty
     * bucket.
     */
    private static final String FULL_AT = """
            local now = serverNow()
            local each = tonumber(ARGV[1])
            local span = tonumber(ARGV[2])
            local kept = tonumber(redis.call('GET', KEYS[1]) or 0)
            local full = math.min(math.max(kept, now), now + span)
            local function keep(at)
              local millis = math.ceil((at - now) / 1000) + 1
              redis.call('SET', KEYS[1], string.format('%.0f', at), 'PX', string.format('%.0f', millis))
            end
            """;

    /** Key: bucket. Arguments: microseconds for one, and for all. Answers 0, or the microseconds to wait. */
    private static final Script<Long> TAKE = Script.number(Opening.NEW_STRING, ServerClock.LUA, FULL_AT, """
            local next = full + each
            if next > now + span then return next - now - span end
            keep(next)
            return 0
            """);

    /** Takes the keys and arguments of {@link #TAKE}. A full server carries it out, too. Answers 0. */
    private static final Script<Long> GIVE_BACK = Script.number(Opening.STRING, ServerClock.LUA, FULL_AT, """
            if full - each > now then keep(full - each) else redis.call('DEL', KEYS[1]) end
            return 0
            """);

    private final Link link;
    private final KeyNames keys;

    RedisRateLimitStore(Link link, KeyNames keys) {
        this.link = link;
        this.keys = keys;
    }

    @Override
    public Duration take(String name, Rate rate, Instant now) {
        return Micros.duration(run(TAKE, name, rate));
    }

    @Override
    public void giveBack(String name, Rate rate, Instant now) {
        long unused = run(GIVE_BACK, name, rate);
    }

    private long run(Script<Long> script, String name, Rate rate) {
        return link.run(script, List.of(keys.rateLimit(name)), Wire.bytes(rate.each()), Wire.bytes(rate.span()));
    }
}
